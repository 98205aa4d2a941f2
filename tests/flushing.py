"""What a test committed is deleted, table by table.

Django's own flush truncates every table, which makes the files of each and of its indexes anew: seven tenths of a
second for tables that are nearly all empty, after each test with several connections.
"""

import os
from collections.abc import Callable

import psycopg
from django.core.management.color import Style
from django.db.backends.base.base import BaseDatabaseWrapper

# Of the models and not of a test: to write them again took as long as to empty all the others.
OF_THE_MODELS = {"django_content_type", "auth_permission"}
# It waits for whoever still writes, as truncating does. Keys and rules look away meanwhile: every row of every table
# goes, and nothing is left to point to it.
EMPTY = """
do $$
declare each text;
begin
    perform set_config('lock_timeout', '60s', true);
    lock table {tables} in access exclusive mode;
    perform set_config('session_replication_role', 'replica', true);
    foreach each in array array[{names}] loop
        execute format('delete from %I', each);
    end loop;
end $$;
"""
Flush = Callable[..., list[str]]


def deleting(truncating: Flush) -> Flush:
    """In the place of ``sql_flush``: rows go by the server's own administrator, as no role of the product may.

    On a server that ``bin/test`` did not make, whose administrator nobody told us, tables are truncated.
    """

    def delete_every_row(
        style: Style,
        connection: BaseDatabaseWrapper,
        reset_sequences: bool = True,
        allow_cascade: bool = False,
    ) -> list[str]:
        admin = os.environ.get("DATABASE_ADMIN_URL")
        if reset_sequences or not admin:
            return truncating(style, connection, reset_sequences, allow_cascade)
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
        emptied = sorted(tables - OF_THE_MODELS)
        named = {
            "tables": ", ".join(map(connection.ops.quote_name, emptied)),
            "names": ", ".join(f"'{table}'" for table in emptied),
        }
        with psycopg.connect(admin, dbname=connection.settings_dict["NAME"], autocommit=True) as asked:
            asked.execute(EMPTY.format(**named))
        return []

    return delete_every_row
