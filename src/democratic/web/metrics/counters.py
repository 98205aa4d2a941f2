"""What each web process counts as it answers; /metrics adds the processes up.

prometheus_client keeps the numbers of several processes in files of the folder PROMETHEUS_MULTIPROC_DIR,
which ``democratic web`` names and empties before it starts them. Without it, one process counts alone.
"""

import asyncio
import os
import re
from functools import cache
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

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

LIVE_STREAMS = Gauge(
    "democratic_live_streams", "Readers who wait to be told that their page changed.",
    multiprocess_mode="livesum",
)  # fmt: skip

MEETING_STREAMS = Gauge(
    "democratic_meeting_streams", "Screens that follow a meeting.", multiprocess_mode="livesum",
)  # fmt: skip


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


def forget_dead_processes() -> None:
    """What a process that was killed still said to be open: nothing of it is."""
    folder = Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR") or os.devnull)
    for file in folder.glob("gauge_live*.db"):
        written_by = re.search(r"_(\d+)\.db$", file.name)
        if written_by and not Path(f"/proc/{written_by[1]}").exists():
            file.unlink(missing_ok=True)
