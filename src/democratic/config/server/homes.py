"""Where the embedded server's data, socket and programs lie: where the account that runs it gets."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from democratic.config.places import Places
from democratic.config.server.errors import CannotStart
from democratic.config.server.system_user import SystemUser, make_private, server_user

OUTSIDE = Path("/var/lib/democratic")
SOCKET = ".s.PGSQL.5432"
LONGEST = 107  # bytes: what the kernel accepts as a socket's address


@dataclass(frozen=True, slots=True)
class Home:
    """``folder`` holds pg/ (data) and, when the programs had to be copied, those."""

    folder: Path
    user: SystemUser | None

    @property
    def data(self) -> Path:
        return self.folder / "pg"

    @property
    def major(self) -> int | None:
        """Of the server that made the data; None before there are any."""
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None


def find_home(place: Places) -> Home:
    """``var`` itself; a folder of /var/lib when we are root and var is under a folder closed to others.

    Such a folder is written down in ``var/pg.location`` before anything is put there.
    """
    record = place.var / "pg.location"
    if record.exists():
        data = Path(record.read_text().strip())
        data.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        return Home(data.parent, server_user(data))
    data = place.var / "pg"
    user = server_user(data)
    if user is None or user.can_reach(place.run):
        return Home(place.var, user)
    if (data / "PG_VERSION").exists():
        raise CannotStart(
            f"Le compte {user.name} n'entre plus dans {place.var} : ouvrez le chemin (chmod a+x)."
        )
    folder = OUTSIDE / secrets.token_hex(4)
    folder.mkdir(mode=0o711, parents=True)
    OUTSIDE.chmod(0o711)
    record.write_text(f"{folder / 'pg'}\n")
    return Home(folder, user)


def find_socket_dir(home: Home, place: Places) -> Path:
    """A private folder (0700) whose path is short enough for a socket."""
    near = (place.run if home.folder == place.var else home.folder / "run") / "pg"
    if _fits(near):
        near.parent.mkdir(mode=0o711, exist_ok=True)
        make_private(near, home.user)
        return near
    name = f"democratic-{hashlib.sha256(bytes(place.var)).hexdigest()[:12]}"
    for parent in _short_parents():
        if _fits(parent / name) and parent.is_dir() and os.access(parent, os.W_OK):
            make_private(parent / name, home.user)
            return parent / name
    raise CannotStart(
        f"Chemin trop long pour une socket : {place.var}. Donnez-en un plus court (DEMOCRATIC_VAR)."
    )


def _fits(folder: Path) -> bool:
    return len(bytes(folder / SOCKET)) <= LONGEST


def _short_parents() -> list[Path]:
    if os.geteuid() == 0:
        return [Path("/run"), Path("/tmp")]  # noqa: S108 -- make_private refuses a folder that is not ours
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return [*([Path(runtime)] if runtime else []), Path("/tmp")]  # noqa: S108 -- as above
