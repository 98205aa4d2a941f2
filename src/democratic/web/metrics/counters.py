"""What each web process counts as it answers; /metrics adds the processes up.

prometheus_client keeps the numbers of several processes in files of the folder PROMETHEUS_MULTIPROC_DIR,
which ``democratic web`` names and empties before it starts them. Without it, one process counts alone.
"""

import asyncio
from functools import cache

from prometheus_client import Counter, Histogram

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10)
FLUSH_EVERY = 1.0  # seconds

REQUESTS = Counter(
    "democratic_requests",
    "Requests that Django answered, by route name and class of status.",
    ("route", "status"),
)
DURATION = Histogram(
    "democratic_request_seconds", "What Django took to answer, by route name.", ("route",), buckets=SECONDS
)
STORED = Counter("democratic_stored_pages", "Public pages served as they were stored, without Django.")


@cache  # as many as there are routes: finding a label's counter costs more than adding to it
def counted(route: str, hundreds: int) -> Counter:
    return REQUESTS.labels(route, f"{hundreds}xx")


@cache
def timed(route: str) -> Histogram:
    return DURATION.labels(route)


class StoredHits:
    """A stored page takes 150 µs: writing a counter's file each time would cost 2 % of it, adding one nothing."""

    def __init__(self) -> None:
        self._count = 0

    def add(self) -> None:
        if not self._count:
            asyncio.get_running_loop().call_later(FLUSH_EVERY, self.flush)
        self._count += 1

    def flush(self) -> None:
        count, self._count = self._count, 0
        STORED.inc(count)
