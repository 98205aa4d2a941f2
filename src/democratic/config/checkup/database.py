"""The database: whether it keeps what it acknowledged, tells the right time, and is ours to open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, LiteralString

import psycopg

from democratic.config.checkup.findings import Finding, refused, warned, well
from democratic.config.server.binaries import OLDEST
from democratic.config.server.checks import CLOCK_SLACK, CONNECT_TIMEOUT, reason_of

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
FEW_CONNECTIONS = 20

# Who turned it off, and where: the session's own value is what counts, this says where to mend it.
_LEVEL = """
select case when s.setrole <> 0 and s.setdatabase <> 0 then 'pour ce rôle dans cette base'
            when s.setrole <> 0 then 'pour ce rôle' else 'pour cette base' end
from pg_db_role_setting s, unnest(s.setconfig) as line
where s.setrole in (0, (select oid from pg_roles where rolname = current_user))
  and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and line = %s
order by (s.setrole <> 0)::int + (s.setdatabase <> 0)::int desc limit 1
"""
_FREE = """
select current_setting('max_connections')::int
  - (select count(*) from pg_stat_activity where backend_type = 'client backend')
"""
Now = Callable[[], datetime]


def look_at_database(url: str, now: Now = lambda: datetime.now(UTC)) -> Iterator[Finding]:
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
            yield from _looks(connection, now)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        yield refused(
            "database",
            f"Base injoignable ({reason_of(error)}).",
            "Vérifiez qu'elle tourne, et que DATABASE_URL est juste.",
        )


def _looks(connection: psycopg.Connection, now: Now) -> Iterator[Finding]:
    yield _version(connection)
    yield from _durability(connection)
    yield _replica(connection)
    yield _clock(connection, now)
    yield _last_head(connection)
    yield _demonstration(connection)
    yield _connections(connection)


def _version(connection: psycopg.Connection) -> Finding:
    version = connection.info.server_version
    if version < OLDEST * 10_000:
        return refused(
            "database_version",
            f"Base trop ancienne : PostgreSQL {version // 10_000}.",
            f"Il faut PostgreSQL {OLDEST} ou plus récent.",
        )
    return well("database_version", f"Base : PostgreSQL {version // 10_000}.")


def _durability(connection: psycopg.Connection) -> Iterator[Finding]:
    for setting in DURABLE:
        if _one(connection, "select current_setting(%s)", setting) != "off":
            yield well(setting, f"Base : {setting} n'est pas éteint.")
            continue
        level = _one(connection, _LEVEL, f"{setting}=off")
        yield refused(
            setting,
            f"La base peut perdre des écrits acceptés : {setting} = off{f' {level}' if level else ''}.",
            f"Mettez {setting} = on{f' {level}' if level else ' dans postgresql.conf'}, puis relancez.",
        )


def _replica(connection: psycopg.Connection) -> Finding:
    if _one(connection, "select pg_is_in_recovery()"):
        return refused(
            "replica", "Cette base est une copie en lecture seule.", "Donnez l'adresse de la principale."
        )
    return well("replica", "Base : la principale, pas une copie.")


def _clock(connection: psycopg.Connection, now: Now) -> Finding:
    gap = (_one(connection, "select clock_timestamp()") - now()).total_seconds()
    if abs(gap) > CLOCK_SLACK:
        return refused(
            "clock",
            f"L'horloge de la base et la nôtre diffèrent de {abs(gap):.0f} s.",
            "Réglez les deux par NTP (timedatectl set-ntp true).",
        )
    return well("clock", f"Horloge : à {abs(gap):.1f} s de celle de la base.".replace(".", ",", 1))


def _last_head(connection: psycopg.Connection) -> Finding:
    """A head signed later than now: the clock has gone back, and acts would be dated before others."""
    with _unmade():
        ahead = _one(
            connection,
            "select extract(epoch from max(signed_at) - clock_timestamp())::float from thread_signedhead",
        )
        if ahead is not None and ahead > CLOCK_SLACK:
            return refused(
                "time_jump_database",
                f"L'horloge a reculé : la dernière tête est signée {ahead:.0f} s plus tard que maintenant.",
                "Réglez l'horloge par NTP, puis relancez : rien n'est signé avant l'heure juste.",
            )
    return well("time_jump_database", "Horloge : elle n'a pas reculé depuis la dernière tête signée.")


def _demonstration(connection: psycopg.Connection) -> Finding:
    with _unmade():
        if _one(connection, "select exists (select from thread_authority where is_demo)"):
            return refused(
                "demonstration",
                "Cette base contient le territoire de démonstration, où chacun entre au bureau sans mot de passe.",
                "Prenez une base vide, ou : bin/democratic demo purge. Puis bin/run --no-demo.",
            )
    return well("demonstration", "Démonstration : il n'y en a pas dans cette base.")


def _connections(connection: psycopg.Connection) -> Finding:
    free = int(_one(connection, _FREE))
    if free < FEW_CONNECTIONS:
        return warned(
            "connections",
            f"Il ne reste que {free} connexions libres à la base.",
            "Augmentez max_connections, ou baissez --workers (docs/operate/sizes.md).",
        )
    return well("connections", f"Base : {free} connexions libres.")


@contextmanager
def _unmade() -> Iterator[None]:
    """A base without its tables yet has nothing to say here: pending migrations are another check's."""
    try:
        yield
    except psycopg.errors.UndefinedTable:
        return


def _one(connection: psycopg.Connection, question: LiteralString, *values: object) -> Any:
    row = connection.execute(question, values or None).fetchone()
    return row[0] if row else None
