"""PostgreSQL's own programs, run on the product's database: they get the password by their environment."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict

from democratic.config.server.binaries import SYSTEM, find_binaries
from democratic.config.server.cluster import ENVIRONMENT
from democratic.config.server.db import VARIABLES
from democratic.config.server.errors import CannotStart


def find_tool(name: str, *, server_major: int) -> Path:
    """The program of that server's major, or of a later one: an earlier one cannot read it."""
    found = sorted(_majors(name), key=lambda each: (each[0] != server_major, each[0]))
    for major, path in found:
        if major >= server_major:
            return path
    raise CannotStart(
        f"Le programme {name} {server_major} manque : apt install postgresql-client-{server_major}, puis relancez."
    )


def _majors(name: str) -> Iterator[tuple[int, Path]]:
    try:
        ours = find_binaries()
    except CannotStart:
        pass
    else:
        if (path := ours.folder / name).exists():
            yield ours.major, path
    for folder in SYSTEM.glob("*/bin"):
        if folder.parent.name.isdigit() and (path := folder / name).exists():
            yield int(folder.parent.name), path
    if (anywhere := shutil.which(name)) and (major := _major_of(anywhere)):
        yield major, Path(anywhere)


def _major_of(program: str) -> int | None:
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- found on PATH
    found = re.search(r"\(PostgreSQL\) (\d+)", asked.stdout)
    return int(found[1]) if found else None


def environment_of(url: str) -> dict[str, str]:
    parts = conninfo_to_dict(url)
    named = {VARIABLES[key]: str(value) for key, value in parts.items() if key in VARIABLES}
    kept = {key: value for key, value in os.environ.items() if key.startswith("PGSSL")}
    return {**ENVIRONMENT, **kept, **named}


@contextmanager
def output_of(program: Path, *words: str, url: str) -> Iterator[IO[bytes]]:
    """What it writes, as it writes it. CannotStart: it failed."""
    with _started(program, words, url, stdout=subprocess.PIPE) as process:
        if process.stdout is None:
            raise ValueError("no pipe")
        yield process.stdout


@contextmanager
def input_of(program: Path, *words: str, url: str) -> Iterator[IO[bytes]]:
    """What is written there is what it reads. CannotStart: it failed."""
    with _started(program, words, url, stdin=subprocess.PIPE) as process:
        if process.stdin is None:
            raise ValueError("no pipe")
        with suppress(BrokenPipeError):  # it ended first: its last words say why
            yield process.stdin
        with suppress(BrokenPipeError):
            process.stdin.close()


@contextmanager
def _started(
    program: Path, words: tuple[str, ...], url: str, *, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 -- PostgreSQL's own
            [program, *words],
            env=environment_of(url),
            stdin=stdin or subprocess.DEVNULL,
            stdout=stdout,
            stderr=said,
        )
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        finally:
            code = process.wait()
            if process.stdout:
                process.stdout.close()
        if code:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise CannotStart(f"{program.name} a échoué : {(lines or ['sans un mot'])[-1]}")
