"""A base: the whole cluster as its files are, to which the log that follows is applied, up to any moment."""

import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import psycopg

from democratic.config.backup.archive import DATABASE, Archive
from democratic.config.backup.place import PARTIAL, SecondPlace, segments
from democratic.config.backup.tools import find_tool, output_of
from democratic.config.places import Places
from democratic.config.server.checks import CONNECT_TIMEOUT
from democratic.config.server.embedded import embedded_postgres
from democratic.config.server.errors import CannotStart
from democratic.config.server.homes import find_home
from democratic.config.server.processes import has_ended
from democratic.config.server.system_user import SystemUser

REPLAYED = "wal-replayed"
SHORT = "recovery ended before configured recovery target was reached"


def first_segment(admin_url: str) -> str:
    """Asked before the base is begun: it needs nothing older."""
    with psycopg.connect(admin_url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
        row = connection.execute("select pg_walfile_name(pg_current_wal_lsn())").fetchone()
        return str(row[0]) if row else ""


@contextmanager
def base_of(admin_url: str, server_major: int) -> Iterator[IO[bytes]]:
    """As one tar, with the log that it needs to be whole by itself."""
    program = find_tool("pg_basebackup", server_major=server_major)
    words = ("--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--no-password")
    with output_of(program, *words, url=admin_url) as stream:
        yield stream


class _Parts:
    """The parts of the database, read one after the other as one file."""

    def __init__(self, parts: Iterator[tuple[str, IO[bytes]]]) -> None:
        self._parts = (content for name, content in parts if name.startswith(DATABASE))
        self._open: IO[bytes] | None = next(self._parts, None)

    def read(self, size: int = -1) -> bytes:
        got = bytearray()
        while self._open and (size < 0 or len(got) < size):
            more = self._open.read(size - len(got) if size >= 0 else -1)
            got += more
            if not more:
                self._open = next(self._parts, None)
        return bytes(got)


@dataclass(frozen=True, slots=True)
class Replay:
    """A base put back, and the log of the second place applied to it, to its end or until a moment."""

    archive: Archive
    place: Places
    second: SecondPlace | None
    until: str

    def go(self, pause: Callable[[float], None]) -> None:
        home = find_home(self.place)
        home.data.mkdir(mode=0o700, parents=True)
        with tarfile.open(fileobj=cast(IO[bytes], _Parts(self.archive.walk())), mode="r|") as tar:
            tar.extractall(home.data, filter="data")
        home.data.chmod(0o700)
        log = home.folder / REPLAYED
        self._gather_log(log)
        (home.data / "recovery.signal").touch()
        for folder in (home.data, log):
            _own(folder, home.user)
        self._recover(log, pause)
        shutil.rmtree(log)

    def _gather_log(self, folder: Path) -> None:
        """Where the server's own account may read it; the segment that was being written counts as one."""
        folder.mkdir(mode=0o700)
        if self.second is None:
            return
        for path in segments(self.second):
            shutil.copyfile(path, folder / path.name.removesuffix(PARTIAL))
        for path in self.second.wal.glob("*.history"):
            shutil.copyfile(path, folder / path.name)

    def _recover(self, log: Path, pause: Callable[[float], None]) -> None:
        server = embedded_postgres(self.place)
        server.settings = {
            "restore_command": f'cp "{log}/%f" "%p"',
            "recovery_target_action": "promote",
            **({"recovery_target_time": self.until} if self.until else {}),
        }
        process = server.spawn()
        try:
            while not (server.is_ready() and _is_out_of_recovery(server.admin_url)):
                if has_ended(process):
                    raise CannotStart(_why(server.why_not()))
                pause(0.1)
        finally:
            server.stop()


def _is_out_of_recovery(admin_url: str) -> bool:
    try:
        with psycopg.connect(admin_url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
            row: tuple[Any, ...] | None = connection.execute("select pg_is_in_recovery()").fetchone()
    except psycopg.OperationalError:
        return False
    return row == (False,)


def _why(words: str) -> str:
    if SHORT in words:
        return (
            "Le journal des écrits ne va pas jusqu'à ce moment : donnez-en un plus tôt, ou retirez --until."
        )
    return words


def _own(folder: Path, user: SystemUser | None) -> None:
    if user is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.uid, user.gid, follow_symlinks=False)
