"""Start a PostgreSQL for a moment, and play in a program that knows no other."""

import os
import signal
import sys
import tempfile
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.processes import spawn
from democratic.config.server.throwaway import throwaway_postgres
from democratic.rehearsal.shelf import FAILED, PLAYING, Shelf


def perform(shelf: Shelf) -> None:
    """The script that the shelf holds, which is ours. CannotStart: it failed, and the shelf says so."""
    shelf.tell(PLAYING)
    with throwaway_postgres() as server, tempfile.TemporaryDirectory(dir=server.data_dir.parent) as folder:
        environment = {**os.environ, "DATABASE_URL": server.url(), "DEMOCRATIC_VAR": folder}
        # Nothing of a rehearsal leaves the machine, and nothing comes to it from where files are kept.
        for name in ("DEMOCRATIC_S3", "DEMOCRATIC_SMTP", "DEMOCRATIC_CLAMD", "EMAIL_URL"):
            environment.pop(name, None)
        said = Path(folder) / "stage.log"
        ended = _played(
            [sys.executable, "-m", "democratic.config.rehearsing.stage", str(shelf.folder.resolve())],
            environment,
            said,
        )
        told = said.read_text(errors="replace").strip().splitlines()
    if ended:
        shelf.tell(FAILED, why="")
        raise CannotStart(
            f"L’essai n’a pas pu être joué ({told[-1] if told else 'sans raison'}). Rien d’autre n’a changé."
        )


def _played(command: list[str], environment: dict[str, str], log: Path) -> int:
    """Its exit code. It ends with us, by kill -9 too: no program plays for nobody."""
    stage = spawn(command, log=log, env=environment, death_signal=signal.SIGKILL, cwd=Path.cwd())
    try:
        return stage.wait()
    finally:
        stage.kill()
        stage.wait()
