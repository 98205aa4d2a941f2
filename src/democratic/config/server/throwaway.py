"""A PostgreSQL for a moment, for tests and measures.

``python -m democratic.config.server.throwaway [--major N] COMMAND …`` runs a command that finds one in
DATABASE_URL, and its administrator in DATABASE_ADMIN_URL.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from democratic.config.server.binaries import find_binaries, make_reachable
from democratic.config.server.errors import CannotStart
from democratic.config.server.postgres import Postgres
from democratic.config.server.postmaster import end_orphans, read_postmaster
from democratic.config.server.system_user import make_private, server_user

PREFIX, HELD = "democratic-pg-", "held"
# A lost power cut costs a throw-away server nothing.
HURRIED = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "64MB"}


@contextmanager
def throwaway_postgres(
    *, major: int | None = None, durable: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[Postgres]:
    """A started server in a folder of its own, gone at the end. ``durable`` keeps fsync and its kin on."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)
    user = server_user()
    lock = _held(folder)
    try:
        make_private(folder / "socket", user)
        server = Postgres(
            data_dir=folder / "pg",
            socket_dir=folder / "socket",
            bin_dir=make_reachable(find_binaries(major), user, folder).folder,
            user=user,
            settings=({} if durable else HURRIED) | dict(settings or {}),
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        _remove(folder)
        os.close(lock)


def _held(folder: Path) -> int:
    """A lock that the kernel frees when we die, even by kill -9. It takes its name once it is held."""
    lock = os.open(folder / ".held", os.O_WRONLY | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / ".held").rename(folder / HELD)
    return lock


def _remove(folder: Path) -> None:
    """The mark by which it is found goes last: what a dying server still wrote meanwhile goes with the next sweep."""
    end_orphans(folder / "pg")
    for part in folder.iterdir():
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        elif part.name != HELD:
            part.unlink(missing_ok=True)
    if [part.name for part in folder.iterdir()] == [HELD]:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove the folders of those that were killed: their server ended with them."""
    for held in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{HELD}"):
        try:
            lock = os.open(held, os.O_WRONLY)
        except OSError:
            continue  # another account's, or gone
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            postmaster = read_postmaster(held.parent / "pg")
            if postmaster is None or not postmaster.serves(held.parent / "pg"):
                _remove(held.parent)
        except BlockingIOError:
            continue  # at work
        finally:
            os.close(lock)


def main(argv: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what we opened closes
    major = int(argv[1]) if argv[:1] == ["--major"] else None
    argv = argv[2:] if major else argv
    try:
        with throwaway_postgres(major=major) as server:
            named = {"DATABASE_URL": server.url(), "DATABASE_ADMIN_URL": server.admin_url}
            environment = {**os.environ, **named}
            return subprocess.run(argv, env=environment, check=False).returncode  # noqa: S603 -- the caller's
    except CannotStart as refusal:
        sys.stderr.write(f"{refusal}\n")
        return refusal.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
