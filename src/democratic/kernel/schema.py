"""The tables as all migrations leave them, written down as one text: an empty database needs no more.

Played one after the other, migrations cost half a minute of processor, as Django makes every model anew after each of
them. What they execute is the same each time: ``schema.sql`` holds it, and a first installation says it at once. Only
where nothing was migrated, and only while each migration that the text tells of is, byte by byte, the one that it was
written from. Otherwise migrations play as ever; those that came since play after it.
"""

import hashlib
import inspect
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FILE = Path(__file__).with_name("schema.sql")
_MARK, _TELLS = "-- written from: ", "-- migrations: "
_READS = ("select", "savepoint", "release")
# Kept by Django itself, which fills them after the migrations.
_BOOKS = ("django_migrations", 'INSERT INTO "auth_permission"', 'INSERT INTO "django_content_type"')

# A column that was added with the moment of its migration for rows that were there: none are.
_MOMENT = re.compile(r"'\d{4}-\d\d-\d\d [0-9:.+]+'::timestamptz")

# Values that a type was given later.
_GIVEN = re.compile(r"^ALTER TYPE (\w+) ADD VALUE '(\w+)'(?: (BEFORE|AFTER) '(\w+)')?;\n", re.MULTILINE)

Step = tuple[str, str]  # application, name


def lay_down(connection: BaseDatabaseWrapper, file: Path = FILE) -> int:
    """How many migrations that stands for; 0 when the database is not empty, or the text is not of these files."""
    book = MigrationRecorder(connection)
    if connection.introspection.table_names() or not file.is_file():
        return 0
    mark, steps, text = _read(file)
    if mark != _mark_of(steps, MigrationLoader(None)):
        return 0
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute(text)
        book.ensure_schema()
        for application, name in steps:
            book.record_applied(application, name)
    return len(steps)


class Writer:
    """What changes something while migrations play (``connection.execute_wrapper``), ready to be said again."""

    def __init__(self) -> None:
        self._said: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: object, context: dict[str, Any]
    ) -> Any:
        said = str(sql)
        if not said.lstrip().lower().startswith(_READS) and not any(book in said for book in _BOOKS):
            self._said.append(_whole(context["connection"], said, params))
        return execute(sql, params, many, context)

    def text(self, steps: Iterable[Step]) -> str:
        known = sorted(steps)
        told = " ".join(f"{application}.{name}" for application, name in known)
        mark = _mark_of(known, MigrationLoader(None))
        body = "".join(f"{one.strip().rstrip(';')};\n" for one in self._said)
        return f"{_MARK}{mark}\n{_TELLS}{told}\n{with_whole_types(body)}"


def with_whole_types(text: str) -> str:
    """Each enumeration made with all its values: PostgreSQL 15 uses none in the transaction that added it."""
    for name, value, side, other in _GIVEN.findall(text):
        made = re.compile(rf"(CREATE TYPE {name} AS ENUM \().*?(\n\);)", re.DOTALL)
        [known] = made.finditer(text)
        values = re.findall(r"^\s*'(\w+)'", known[0], re.MULTILINE)
        values.insert(values.index(other) + (side == "AFTER") if other else len(values), value)
        whole = ",".join(f"\n    '{each}'" for each in values)
        text = text.replace(known[0], f"{known[1]}{whole}{known[2]}")
    return _GIVEN.sub("", text)


def _whole(connection: BaseDatabaseWrapper, sql: str, params: Any) -> str:
    said = sql if params is None else psycopg.ClientCursor(connection.connection).mogrify(sql, params)
    return _MOMENT.sub("now()", said)


def _read(file: Path) -> tuple[str, list[Step], str]:
    mark, told, body = file.read_text(encoding="utf-8").split("\n", 2)
    named = (each.partition(".") for each in told.removeprefix(_TELLS).split())
    steps = [(application, name) for application, _dot, name in named]
    return mark.removeprefix(_MARK), steps, body


def _mark_of(steps: Iterable[Step], loader: MigrationLoader) -> str:
    """Of the files of these migrations, ours and those of the libraries; empty when one is gone."""
    found = hashlib.sha256()
    for step in steps:
        if step not in loader.disk_migrations:
            return ""
        module = import_module(type(loader.disk_migrations[step]).__module__)
        found.update(f"{step}".encode() + Path(inspect.getfile(module)).read_bytes())
    return found.hexdigest()
