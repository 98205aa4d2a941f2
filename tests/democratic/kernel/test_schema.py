"""An empty database takes the tables at once, and they are those that the migrations make one after the other."""

import os

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from democratic.kernel.management.commands import migrate
from democratic.kernel.schema import FILE, Writer, lay_down, with_whole_types

REMEDY = "WRITE_SCHEMA=1 bin/test -- tests/democratic/kernel/test_schema.py writes it again"

CATALOGUES = {
    "columns": """select table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable,
        column_default, generation_expression, identity_generation
        from information_schema.columns where table_schema = 'public' order by 1, 2""",
    "constraints": """select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace order by 1, 2""",
    "indexes": "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2",
    "triggers": """select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger
        where not tgisinternal order by 1, 2""",
    "functions": """select proname, pg_get_functiondef(p.oid) from pg_proc p
        where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1, 2""",
    "views": "select viewname, definition from pg_views where schemaname = 'public' order by 1",
    "types": """select typname, typtype,
        array(select enumlabel::text from pg_enum where enumtypid = t.oid order by enumsortorder)
        from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('e', 'd') order by 1""",
    "extensions": "select extname from pg_extension order by 1",
    "statistics": "select stxname, pg_get_statisticsobjdef(oid) from pg_statistic_ext order by 1",
    "settings": """select relname, reloptions::text from pg_class where relnamespace = 'public'::regnamespace
        and reloptions is not null order by 1""",
    "migrations": "select app, name from django_migrations order by 1, 2",
}


@pytest.fixture
def empty(django_db_blocker):
    """A database of its own, where nothing is."""
    with django_db_blocker.unblock():
        here = connections["default"]
        outside, inside = here.copy(), here.copy()
        name = f"{here.settings_dict['NAME']}_empty"
        inside.settings_dict = {**here.settings_dict, "NAME": name}
        _say(outside, f"drop database if exists {name}", f"create database {name}")
        connections["default"] = inside
        yield inside
        inside.close()
        connections["default"] = here
        _say(outside, f"drop database {name}")
        outside.close()


def _say(connection, *statements):
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


def catalogues(connection):
    with connection.cursor() as cursor:
        found = {}
        for name, question in CATALOGUES.items():
            cursor.execute(question)
            found[name] = cursor.fetchall()
    return found


def test_the_text_is_what_the_migrations_execute_and_leaves_the_same_tables(db, empty, monkeypatch):
    monkeypatch.setattr(migrate, "lay_down", lambda _connection: 0)
    writer = Writer()
    with empty.execute_wrapper(writer):
        call_command("migrate", interactive=False, verbosity=0)
    text = writer.text(MigrationRecorder(empty).applied_migrations())
    if os.environ.get("WRITE_SCHEMA"):
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text, REMEDY
    one_by_one = catalogues(empty)
    _say(empty, "drop schema public cascade; create schema public")
    assert lay_down(empty) == len(one_by_one["migrations"])
    at_once = catalogues(empty)
    for name, rows in one_by_one.items():
        assert at_once[name] == rows, name


def test_a_database_that_holds_something_is_left_alone(db):
    assert lay_down(connections["default"]) == 0


def test_a_text_that_is_not_of_these_migrations_is_not_used(empty, tmp_path):
    changed = tmp_path / "schema.sql"
    changed.write_text(FILE.read_text(encoding="utf-8").replace("written from: ", "written from: 0", 1))
    assert lay_down(empty, changed) == 0
    assert lay_down(empty, tmp_path / "none.sql") == 0
    assert empty.introspection.table_names() == []


def test_a_type_is_made_with_the_values_that_it_was_given_later():
    text = """CREATE TYPE mood AS ENUM (
    'calm', -- as one's (own)
    'glad'
);
ALTER TYPE mood ADD VALUE 'late';
ALTER TYPE mood ADD VALUE 'first' BEFORE 'calm';
ALTER TYPE mood ADD VALUE 'next' AFTER 'calm';
select 1;
"""
    values = ("first", "calm", "next", "glad", "late")
    listed = ",".join(f"\n    '{value}'" for value in values)
    assert with_whole_types(text) == f"CREATE TYPE mood AS ENUM ({listed}\n);\nselect 1;\n"
