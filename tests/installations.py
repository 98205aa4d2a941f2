"""One installation of a test: its folder, its database, and our commands run on both."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

from democratic.config.backup.stores import Folder
from democratic.config.backup.writing import Wanted, back_up
from democratic.config.places import ROOT, Places

PASSPHRASE = b"cinq mots pris au hasard"
CHEAP = 4  # the cost of trying a passphrase is not what these tests are about


def url_of(database) -> str:
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    query = urlencode({key: database[name] for key, name in named.items() if database[name]}, quote_via=quote)
    return f"postgresql:///{database['NAME']}?{query}"


@dataclass
class Installation:
    place: Places
    url: str
    passphrase_file: Path

    def back_up(self, to: Path, tell=lambda *_: None, **more):
        wanted = {
            "files": Folder(self.place.files),
            "passphrase": PASSPHRASE,
            "secrets_passphrase": PASSPHRASE,
            "cost": CHEAP,
            **more,
        }
        return back_up(Wanted(place=self.place, url=self.url, to=to, **wanted), tell)

    def command(self, *words, expected=0, **env):
        """In a process of its own, as an operator runs it."""
        known = {
            "PYTHONPATH": str(ROOT / "src"),
            "DATABASE_URL": self.url,
            "DEMOCRATIC_VAR": str(self.place.var),
        }
        done = subprocess.run(
            [sys.executable, "-m", "democratic.config.cli", *map(str, words)],
            env={**os.environ, **known, **env}, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert done.returncode == expected, done.stdout + done.stderr
        return done.stdout + done.stderr

    def rows(self, question):
        with psycopg.connect(self.url, autocommit=True) as asked:
            return asked.execute(question).fetchall()
