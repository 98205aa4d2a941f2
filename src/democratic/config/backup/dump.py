"""The database as it is at one instant: one snapshot for its dump, its counts and its journal's head."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.errors import ReadOnlySqlTransaction, UndefinedTable

from democratic.config.backup.tools import find_tool, output_of
from democratic.config.server.checks import CONNECT_TIMEOUT

# What a row says, whatever the order of rows: 60 bits of its hash, summed over the table.
_TABLE = """
select count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text from {} t
"""
_TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' order by c.relname collate "C"
"""


# As JSON: a database that is about to be upgraded may not have this column yet.
_SHOWN = """
select sha256 from kernel_storedfile f where sha256 = any(%s) and to_jsonb(f) ->> 'erase_after' is null
"""

# Of someone whose age is not known: she may be a child, and no backup is to hold what a child wrote.
_AGELESS = """
update messaging_incomingmessage set state = 'done', text = '', address = '', choice = '', media = '[]'
where state = 'held'
"""


class Table(NamedTuple):
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    connection: psycopg.Connection[Any]
    url: str
    name: str

    @property
    def server_major(self) -> int:
        return self.connection.info.server_version // 10_000

    def release(self) -> None:
        """What follows needs no snapshot: the database need not keep for it what is deleted meanwhile."""
        self.connection.rollback()

    @contextmanager
    def dump(self) -> Iterator[IO[bytes]]:
        """In pg_dump's custom format, as it comes."""
        program = find_tool("pg_dump", server_major=self.server_major)
        words = (
            "--format=custom",
            "--compress=1",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={self.name}",
        )
        with output_of(program, *words, url=self.url) as stream:
            yield stream


def forget_words_without_an_age(url: str) -> None:
    """Nothing, in a database that knows of none yet, or that may not be written to."""
    with (
        suppress(UndefinedTable, ReadOnlySqlTransaction),
        psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection,
    ):
        connection.execute(_AGELESS)


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    """Nobody waits for it, and it sees nothing of what is written meanwhile."""
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        row = connection.execute("select pg_export_snapshot()").fetchone()
        yield Snapshot(connection, url, row[0] if row else "")


def count_tables(connection: psycopg.Connection[Any]) -> dict[str, Table]:
    connection.execute("set local timezone = 'UTC'")
    connection.execute("set local datestyle = 'ISO, YMD'")
    connection.execute("set local extra_float_digits = 1")
    connection.execute("set local bytea_output = 'hex'")
    return {name: _counted(connection, name) for name in table_names(connection)}


def table_names(connection: psycopg.Connection[Any]) -> list[str]:
    return [name for (name,) in connection.execute(_TABLES).fetchall()]


def _counted(connection: psycopg.Connection[Any], name: str) -> Table:
    row = connection.execute(sql.SQL(_TABLE).format(sql.Identifier(name))).fetchone()
    return Table(*row) if row else Table(0, "0")


def migrations_of(connection: psycopg.Connection[Any]) -> list[str]:
    rows = connection.execute("select app || '.' || name from django_migrations order by id").fetchall()
    return [name for (name,) in rows]


def journal_of(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    row = connection.execute("select epoch, size, encode(root, 'hex') from thread_head").fetchone()
    epoch, size, root = row or (1, 0, "")
    return {"epoch": epoch, "size": size, "root": root}


def files_of(connection: psycopg.Connection[Any]) -> list[tuple[str, int]]:
    """The hash and the size of each file that this snapshot names."""
    return connection.execute("select sha256, size from kernel_storedfile order by sha256").fetchall()


def shown_now(url: str, files: Iterable[str]) -> set[str]:
    """Those of them that something still shows: others are on their way in, or were erased meanwhile."""
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        return {sha256 for (sha256,) in connection.execute(_SHOWN, [list(files)])}
