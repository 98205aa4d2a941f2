"""What is refused before anything starts, each in one line that says what to do."""

import errno
import os
import shutil
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from democratic.config.server.binaries import OLDEST
from democratic.config.server.errors import CannotStart
from democratic.config.server.storage import antivirus_address, files_origin, private_storage
from democratic.web.accounts.identity.declared import read_identity

NEEDED_SPACE = 500_000_000  # bytes
CLOCK_SLACK = 60.0  # seconds between our clock and the database's
CONNECT_TIMEOUT = 5  # seconds
PORTS = 65536


@dataclass(frozen=True, slots=True)
class Identity:
    """Which database this is, for what was prepared in it: a restored or recreated one is another."""

    system: str
    database: int


def refuse_taken_port(host: str, port: int) -> None:
    """Asked first: the web server shares ports, and a forgotten one would take half the requests."""
    if not 0 < port < PORTS:
        raise CannotStart(f"{port} n'est pas un numéro de port : essayez --port 8000.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise CannotStart(
            f"Adresse inconnue : {host}:{port}. Essayez --host 127.0.0.1 --port 8000."
        ) from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # but not REUSEPORT: no sharing
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise CannotStart(_port_refusal(error, host, port)) from None


def _port_refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Le port {port} est déjà pris : arrêtez ce qui l'occupe, ou ajoutez --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Le port {port} est réservé à root : prenez-en un au-dessus de 1023, comme --port 8000."
    return f"L'adresse {host} n'est pas à cette machine : essayez --host 127.0.0.1."


def refuse_full_disk(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < NEEDED_SPACE:
        raise CannotStart(
            f"Disque presque plein : {free // 1_000_000} Mo libres sous {folder}, il en faut 500. Faites-en."
        )


def refuse_wrong_places_of_files(folder: Path, address: str) -> None:
    """Said once, before the services start: each would say it again in its own log."""
    private_storage(os.environ.get("DEMOCRATIC_S3", ""), folder)
    files_origin(os.environ.get("DEMOCRATIC_FILES_URL", ""), os.environ.get("DEMOCRATIC_URL", address))
    antivirus_address(os.environ.get("DEMOCRATIC_CLAMD", ""))


def refuse_wrong_identity(folder: Path) -> None:
    """In the words of ``check``: a service whose lines are wrong would be missing from the page, in silence."""
    file = Path(os.environ.get("DEMOCRATIC_IDENTITY") or folder / "identity.toml")
    if faults := read_identity(file, os.environ.get("DEMOCRATIC_IDENTITY_ALLOW", "")).faults:
        raise CannotStart(f"{faults[0]}. Voyez docs/operate/identity.md.")


def examine_database(url: str) -> None:
    """Refuse a database that cannot be reached or that could lose what it has acknowledged."""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
            _refuse_unsafe(connection)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise CannotStart(
            f"Base injoignable ({reason_of(error)}) : tourne-t-elle, DATABASE_URL est-elle juste ?"
        ) from None


def answers_at(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT).close()
    except psycopg.Error:
        return False
    return True


def reason_of(error: psycopg.Error) -> str:
    """What libpq found, without the address that it repeats nor its advice on the next lines."""
    first = (str(error).splitlines() or ["sans réponse"])[0]
    return first.rpartition(" failed: ")[2].removeprefix("FATAL: ").strip().rstrip(".")


def _refuse_unsafe(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST * 10_000:
        raise CannotStart(f"Cette base est trop ancienne : il faut PostgreSQL {OLDEST} ou plus récent.")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        if _one(connection, f"show {setting}") == "off":
            raise CannotStart(f"La base peut perdre des écrits : mettez {setting} = on, puis relancez.")
    if _one(connection, "select pg_is_in_recovery()"):
        raise CannotStart("Cette base est une copie en lecture seule : donnez l'adresse de la principale.")
    gap = (_one(connection, "select clock_timestamp()") - datetime.now(UTC)).total_seconds()
    if abs(gap) > CLOCK_SLACK:
        raise CannotStart(f"L'horloge de la base et la nôtre diffèrent de {abs(gap):.0f} s : réglez-les.")


def identify(connection: psycopg.Connection) -> Identity:
    try:
        system = str(_one(connection, "select system_identifier from pg_control_system()"))
    except psycopg.errors.InsufficientPrivilege:
        system = f"{connection.info.host}:{connection.info.port}"
    oid = _one(connection, "select oid::bigint from pg_database where datname = current_database()")
    return Identity(system, oid)


def _one(connection: psycopg.Connection, question: LiteralString) -> Any:
    row = connection.execute(question).fetchone()
    return row[0] if row else None
