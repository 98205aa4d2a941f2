"""Start a PostgreSQL for a moment, and play in a program that knows no other."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.throwaway import throwaway_postgres
from democratic.rehearsal.shelf import FAILED, Shelf


def perform(shelf: Shelf) -> None:
    """The script that the shelf holds. CannotStart: it failed, and the shelf says so."""
    with (
        tempfile.TemporaryDirectory(prefix="democratic-rehearsal-") as folder,
        throwaway_postgres() as server,
    ):
        environment = {**os.environ, "DATABASE_URL": server.url(), "DEMOCRATIC_VAR": folder}
        # Nothing of a rehearsal leaves the machine, and nothing comes to it from where files are kept.
        for name in ("DEMOCRATIC_S3", "DEMOCRATIC_SMTP", "DEMOCRATIC_CLAMD", "EMAIL_URL"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "democratic.config.rehearsing.stage", str(shelf.folder)]
        done = subprocess.run(command, env=environment, check=False, stderr=subprocess.PIPE)  # noqa: S603  ours
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        shelf.tell(FAILED, why="")
        raise CannotStart(
            f"L’essai n’a pas pu être joué ({told[-1] if told else 'sans raison'}). Rien d’autre n’a changé."
        )


def shelf_at(folder: str) -> Shelf:
    return Shelf(Path(folder))
