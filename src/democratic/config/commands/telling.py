"""The screens of meetings, told beside the journal: a thread of the sequencer's, with a session and a lock of its own.

What draws is loaded once there is something to draw: an installation without a meeting pays nothing for it.
"""

import logging
import threading
import time
from functools import cache

from django.db import connection
from django.db.utils import Error
from django.urls import get_resolver

from democratic.kernel.settled import settle
from democratic.kernel.switches import read_only
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.telling import Teller, hold_teller_lock
from democratic.participation.meetings.models import Meeting
from democratic.web.meetings.in_each_language import draw_in_each_language

logger = logging.getLogger(__name__)

# Seconds.
REST, LONG_REST = 0.04, 0.1
STIRRED = 60.0  # after an event the next one is looked for more often
STAND_BY = 1.0
FIRST_RETRY, LONGEST_RETRY = 0.1, 5.0


class Telling(threading.Thread):
    """Nothing ends it but a stop: whatever goes wrong, it begins again."""

    def __init__(self) -> None:
        super().__init__(name="telling", daemon=True)
        self._over = threading.Event()

    def stop(self) -> None:
        self._over.set()
        self.join(STAND_BY)

    def run(self) -> None:
        retry = FIRST_RETRY
        while not self._over.is_set():
            try:
                self._tell()
                retry = FIRST_RETRY
            except Error as fault:
                logger.warning("meetings can't be told: %s", type(fault).__name__)
            except Exception:
                logger.exception("meetings can't be told")
            connection.close()  # and with it the lock, if we still held it
            self._over.wait(retry)
            retry = min(2 * retry, LONGEST_RETRY)

    def _tell(self) -> None:
        """Until the database session that holds the lock is no longer ours."""
        while not hold_teller_lock():
            if self._over.wait(STAND_BY):
                return
        session, teller, told_at = connection.connection, Teller(_draw, time.monotonic), -STIRRED
        while connection.connection is session and not self._over.is_set():
            if read_only() is not None:
                self._over.wait(STAND_BY)
                continue
            if teller.go_round():
                told_at = time.monotonic()
            self._over.wait(REST if time.monotonic() < told_at + STIRRED else LONG_REST)


def _draw(topic: Topic, meeting: Meeting) -> dict[str, str]:
    _register_drawings()
    return draw_in_each_language(topic, meeting)


@cache
def _register_drawings() -> None:
    _ = get_resolver().url_patterns  # every page, and so every drawing, is registered by then
    settle()
