"""Reading postmaster.pid, which PostgreSQL alone writes and removes."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

READY = "ready"


@dataclass(frozen=True, slots=True)
class Postmaster:
    pid: int
    is_ready: bool

    def serves(self, data_dir: Path) -> bool:
        """Whether that process is, now, a PostgreSQL at work in this folder: numbers are used again."""
        return _works_in(Path(f"/proc/{self.pid}"), data_dir.resolve())

    def is_someone(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def read_postmaster(data_dir: Path) -> Postmaster | None:
    try:
        lines = (data_dir / "postmaster.pid").read_text().splitlines()
        return Postmaster(int(lines[0]), lines[-1].strip() == READY)
    except (FileNotFoundError, IndexError, ValueError):
        return None  # none, or one being written


def end_orphans(data_dir: Path) -> None:
    """End what a killed server left: a connection deep in a long query would hold its memory for minutes.

    Nothing acknowledged is lost, as the log of writes has it; the next server replays it.
    """
    living = read_postmaster(data_dir)
    if living is not None and living.serves(data_dir):
        return
    for entry in Path("/proc").glob("[0-9]*"):
        if _works_in(entry, data_dir.resolve()):
            with suppress(ProcessLookupError):
                os.kill(int(entry.name), signal.SIGKILL)


def _works_in(process: Path, folder: Path) -> bool:
    try:
        where, program = (process / "cwd").readlink(), (process / "exe").readlink()
    except OSError:
        return False  # gone, or another account's
    return where == folder and program.name.startswith("postgres")
