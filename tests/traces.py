"""Where words stand: in every table, and in every file that is kept."""

from pathlib import Path

from django.apps import apps
from django.core.files.storage import storages
from django.db import connection


def traces_of(words):
    """Every table in which these words stand."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(f'select count(*) from "{table}" t where t::text ilike %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def files_kept():
    """Every file of the private store, a folder here."""
    root = Path(storages["private"].location)
    return sorted(path for path in root.rglob("*") if path.is_file())
