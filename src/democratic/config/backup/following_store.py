"""Files of a store of the S3 API, followed into the second place: those that the database names, fetched once.

The database is asked, and not the store: its key need not list anything, and what is erased is known here first.
"""

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from democratic.config.backup import dump
from democratic.config.backup.following import NEW, write_whole
from democratic.config.backup.place import SecondPlace
from democratic.config.backup.stores import Lacking, Source
from democratic.config.server.checks import CONNECT_TIMEOUT

logger = logging.getLogger(__name__)

EVERY = 10.0  # seconds
# A large store comes bit by bit, and the rest is followed meanwhile.
PORTION = 2.0  # seconds of fetching a round


@dataclass
class StoreFollower:
    store: Source
    archive: SecondPlace
    url: str
    _next: float = 0.0
    _told: set[str] = field(default_factory=set)

    def go_round(self) -> None:
        """StoreFails; psycopg.Error."""
        if time.monotonic() < self._next:
            return
        with psycopg.connect(self.url, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
            named = dict(dump.files_of(connection))
        here = {path.name: path for path in self.archive.files.glob("??/*") if not path.name.endswith(NEW)}
        for sha256 in here.keys() - named.keys():
            here[sha256].unlink()
        self._next = time.monotonic() + EVERY
        if not self._fetch({sha256: named[sha256] for sha256 in sorted(named.keys() - here.keys())}):
            self._next = 0.0

    def _fetch(self, lacking: dict[str, int]) -> bool:
        """Whether it came to their end."""
        until = time.monotonic() + PORTION
        for sha256, size in lacking.items():
            if time.monotonic() > until:
                return False
            try:
                self._fetch_one(sha256, size)
            except Lacking as lack:
                self._tell(sha256, lack)
        return True

    def _fetch_one(self, sha256: str, size: int) -> None:
        target: Path = self.archive.files / sha256[:2] / sha256
        with self.store.open(sha256, size) as content:
            target.parent.mkdir(mode=0o700, exist_ok=True)
            write_whole(target, content)

    def _tell(self, sha256: str, lack: Lacking) -> None:
        """Once, and tried again each time: it may be on its way in."""
        if sha256 not in self._told:
            self._told.add(sha256)
            logger.warning("file %s does not follow: %s", sha256, lack.why)
