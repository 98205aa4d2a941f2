"""Making a PostgreSQL data folder, its role and its database."""

import os
import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import psycopg
from psycopg import sql

from democratic.config.server.errors import CannotStart
from democratic.config.server.processes import bury, has_ended, signal_group, spawn
from democratic.config.server.system_user import SystemUser

ADMIN = "postgres"
ROLE = "democratic"
DATABASE = "democratic"
PORT = 5432  # names the socket; nothing listens on any network
BUILTIN_LOCALE_SINCE = 17
# Nothing of ours reaches PostgreSQL's environment, nor PGPORT and the like of whoever starts us.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class NewServer(Protocol):
    """The server whose data folder is made here."""

    data_dir: Path
    bin_dir: Path
    user: SystemUser | None
    log: Path | None
    admin_password: str
    settings: Mapping[str, str]

    def log_size(self) -> int:
        """Bytes."""

    def last_words(self, start: int) -> str:
        """The reason that the log gives, since that byte."""


def create_cluster(server: NewServer, major: int, pause: Callable[[float], None]) -> None:
    """Made beside the final folder, then one rename: killed halfway, it begins again."""
    if (server.data_dir / "PG_VERSION").exists():
        return
    parent, user = server.data_dir.parent, server.user
    for leftover in parent.glob(f"{server.data_dir.name}.*.new"):
        shutil.rmtree(leftover, ignore_errors=True)
    aside = parent / f"{server.data_dir.name}.{os.getpid()}.new"
    aside.mkdir(mode=0o700)
    password = aside.with_suffix(".password")
    try:
        _write_for(password, server.admin_password, user)
        _own(aside, user)
        unsynced = ["--no-sync"] if server.settings.get("fsync") == "off" else []
        argv = [*_initdb_argv(server.bin_dir, aside, password, major), *unsynced]
        _run_initdb(argv, server, pause)
    finally:
        password.unlink(missing_ok=True)
    if server.data_dir.exists():
        server.data_dir.rmdir()  # empty, or it would have had PG_VERSION: anything else stops us here
    aside.rename(server.data_dir)


def _initdb_argv(bin_dir: Path, folder: Path, password: Path, major: int) -> list[str | Path]:
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [
        bin_dir / "initdb",
        f"--pgdata={folder}",
        f"--username={ADMIN}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        *(builtin if major >= BUILTIN_LOCALE_SINCE else []),
        "--data-checksums",
        "--no-instructions",
    ]


def _run_initdb(argv: list[str | Path], server: NewServer, pause: Callable[[float], None]) -> None:
    start = server.log_size()
    process = spawn(argv, log=server.log, env=ENVIRONMENT, user=server.user, death_signal=signal.SIGKILL)
    try:
        while not has_ended(process):
            pause(0.1)
    except BaseException:
        signal_group(process, signal.SIGKILL)
        raise
    finally:
        code = bury(process)
    if code:
        raise CannotStart(f"La base n'a pas pu être créée : {server.last_words(start)}")


def _write_for(path: Path, text: str, user: SystemUser | None) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    _own(path, user)


def _own(path: Path, user: SystemUser | None) -> None:
    if user is not None:
        os.chown(path, user.uid, user.gid, follow_symlinks=False)


def ensure_database(admin_url: str, password: str) -> None:
    """The product's own role, without superuser's rights, and its database; repaired if one is missing."""
    try:
        with psycopg.connect(admin_url, connect_timeout=5, autocommit=True) as connection:
            _ensure_role(connection, password)
            _ensure_database(connection)
    except psycopg.OperationalError as error:
        raise CannotStart(
            "La base n'accepte pas ses mots de passe : remettez var/secrets comme il était avec ces données."
        ) from error


def _ensure_role(connection: psycopg.Connection, password: str) -> None:
    known = connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone()
    order = "alter role" if known else "create role"
    connection.execute(
        sql.SQL("{} {} login createdb createrole password {}").format(
            sql.SQL(order), sql.Identifier(ROLE), sql.Literal(password)
        )
    )


def _ensure_database(connection: psycopg.Connection) -> None:
    if connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone() is None:
        connection.execute(
            sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
        )


def socket_url(socket_dir: Path, role: str, password: str, dbname: str) -> str:
    """The port is written out: PGPORT in somebody's environment would name another socket."""
    where = f"host={quote(str(socket_dir), safe='')}&port={PORT}"
    return f"postgresql://{role}:{quote(password, safe='')}@/{dbname}?{where}"
