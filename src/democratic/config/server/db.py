"""``bin/democratic db``: where the database is, and a way in."""

import os
import shutil
import subprocess

from psycopg.conninfo import conninfo_to_dict

from democratic.config.places import places
from democratic.config.server.binaries import find_binaries
from democratic.config.server.database import URL, database_for, running_url
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say

USAGE = "bin/democratic db : l'adresse et la commande psql ; db url : l'adresse seule ; db shell : y entrer."
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}


def main(argv: list[str]) -> int:
    match argv:
        case []:
            return _show()
        case ["url"]:
            say(_address())
            return 0
        case ["shell", *rest]:
            with database_for("db shell") as url:
                return _shell(url, rest)
        case ["-h" | "--help"]:
            say(USAGE)
            return 0
    raise CannotStart(USAGE)


def _address() -> str:
    url = os.environ.get(URL) or running_url(places())
    if url is None:
        raise CannotStart(
            "La base est arrêtée : bin/run la démarre, « bin/democratic db shell » l'ouvre un moment."
        )
    return url


def _show() -> int:
    """The password is not shown: a terminal's history outlives its reader."""
    parts = conninfo_to_dict(_address())
    shown = " ".join(f"{key}={value}" for key, value in parts.items() if key != "password")
    say(f'{_psql()} "{shown}"')
    say("Sans taper de mot de passe : bin/democratic db shell. L'adresse entière : bin/democratic db url")
    return 0


def _shell(url: str, rest: list[str]) -> int:
    parts = conninfo_to_dict(url)
    named = {VARIABLES[key]: str(value) for key, value in parts.items() if key in VARIABLES}
    return subprocess.run([_psql(), *rest], env={**os.environ, **named}, check=False).returncode  # noqa: S603 -- ours


def _psql() -> str:
    try:
        near = find_binaries().folder / "psql"
    except CannotStart:
        near = None
    found = str(near) if near and os.access(near, os.X_OK) else shutil.which("psql")
    if found is None:
        raise CannotStart("Le programme psql manque : apt install postgresql-client.")
    return found
