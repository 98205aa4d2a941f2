"""Following the embedded database from a second place: its log of writes as it is written, files, head, erasures.

PostgreSQL's own receiver asks the server for its log and keeps it, half a segment included: what is lost with the
machine is what was on its way, whatever the traffic. Nothing waits for it: a place that is full or gone slows nobody,
and the server keeps for it at most what ``max_slot_wal_keep_size`` says.
"""

import io
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

import psycopg

from democratic.config.backup.place import SecondPlace
from democratic.config.backup.tools import environment_of, find_tool
from democratic.config.places import Places
from democratic.config.server.checks import CONNECT_TIMEOUT
from democratic.config.server.processes import spawn

SLOT = "archiver"
_REACHED = """
select coalesce(bool_or(flush_lsn >= %s::pg_lsn), false) from pg_stat_replication where application_name = %s
"""

NEW = ".new"


def copy_whole(source: Path, target: Path) -> None:
    with source.open("rb") as read:
        write_whole(target, read)


def write_whole(target: Path, content: IO[bytes]) -> None:
    aside = target.with_name(target.name + NEW)
    with aside.open("wb") as written:
        shutil.copyfileobj(content, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    aside.replace(target)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def receive(archive: SecondPlace, admin_url: str, log: Path) -> subprocess.Popen[bytes]:
    """The receiver, started: it ends when the server does, and its caller starts it again."""
    with psycopg.connect(admin_url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
        major = connection.info.server_version // 10_000
        _ensure_slot(connection)
    program = find_tool("pg_receivewal", server_major=major)
    words = (
        f"--directory={archive.wal}",
        f"--slot={SLOT}",
        "--synchronous",
        "--no-loop",
        "--status-interval=1",
    )
    env = {**environment_of(admin_url), "PGAPPNAME": SLOT}
    return spawn([program, *words], log=log, env=env, death_signal=signal.SIGINT)


def _ensure_slot(connection: psycopg.Connection[Any]) -> None:
    """One that fell too far behind can give nothing more: a new one, and a base backup is due."""
    found = connection.execute(
        "select wal_status from pg_replication_slots where slot_name = %s", [SLOT]
    ).fetchone()
    if found == ("lost",):
        connection.execute("select pg_drop_replication_slot(%s)", [SLOT])
        found = None
    if found is None:
        connection.execute("select pg_create_physical_replication_slot(%s, true)", [SLOT])


class _Waiting(NamedTuple):
    head: bytes
    lsn: str


class FilesFollower(Protocol):
    def go_round(self) -> None:
        """Files by the hash of their content: never changed, only added; one that was deleted goes there too."""


@dataclass
class FolderFollower:
    place: Places
    archive: SecondPlace
    _known: set[str] = field(default_factory=set)

    def go_round(self) -> None:
        here = {path.name: path for path in self.place.files.glob("??/*") if path.is_file()}
        for name in here.keys() - self._known:
            target = self.archive.files / name[:2] / name
            if not target.exists():
                target.parent.mkdir(mode=0o700, exist_ok=True)
                copy_whole(here[name], target)
        for path in self.archive.files.glob("??/*"):
            if path.name not in here and not path.name.endswith(NEW):
                path.unlink()
        self._known = set(here)


@dataclass
class Follower:
    """What is beside the log: each round copies what is new."""

    place: Places
    archive: SecondPlace
    admin_url: str
    files: FilesFollower
    _head: _Waiting | None = None

    def go_round(self) -> None:
        """Files last: their store may keep silent, and the others do not wait for it."""
        self._follow_erasures()
        with psycopg.connect(self.admin_url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
            self._follow_head(connection)
        self.files.go_round()

    def _follow_erasures(self) -> None:
        if self.place.erasures.exists() and _size(self.place.erasures) != _size(self.archive.erasures):
            copy_whole(self.place.erasures, self.archive.erasures)

    def _follow_head(self, connection: psycopg.Connection[Any]) -> None:
        """Only once the log behind it has arrived: a head must never be ahead of what a restore would find."""
        if self._head and connection.execute(_REACHED, [self._head.lsn, SLOT]).fetchone() == (True,):
            write_whole(self.archive.head, io.BytesIO(self._head.head))
            self._head = None
        if self._head is None and self.place.head.exists():
            head = self.place.head.read_bytes()
            if not self.archive.head.exists() or self.archive.head.read_bytes() != head:
                row = connection.execute("select pg_current_wal_flush_lsn()::text").fetchone()
                self._head = _Waiting(head, str(row[0]) if row else "0/0")
