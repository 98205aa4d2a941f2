"""The round that the sequencer's process goes: positions, marks, signature, projections, a sign of life.

Each part fails alone. Only a fault of the database ends the round: the caller connects again.
"""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection

from democratic.kernel.clock import Clock
from democratic.kernel.erasures import has_erasures_to_keep, keep_erasures_outside
from democratic.thread.journal.health import beat
from democratic.thread.journal.marks import count_marks
from democratic.thread.journal.outside import BehindOutsideHead
from democratic.thread.journal.projections import (
    Projection,
    advance,
    catch_up,
    ensure_cursors,
    is_passing,
    projections,
)
from democratic.thread.journal.sequencer import BATCH, has_pending, sequence_once
from democratic.thread.journal.shelves import sum_shelves
from democratic.thread.journal.signing import Signer, sign_now

logger = logging.getLogger(__name__)

# Seconds.
MARKS_PACE = 1.0
SIGNING_PACE = 1.0
BEAT_PACE = 5.0
SHELVES_PACE = 1.0
ERASURES_PACE = 1.0
AFTER_FAULT = 5.0

SIGNATURE = "signature"

_WAITING = """
select c.name from thread_cursor c, thread_head h where c.position < h.size
union all
select %s from thread_head h where h.size > 0 and not exists (
  select from thread_signedhead s where s.epoch = h.epoch and s.size = h.size)
"""


class Runner:
    def __init__(
        self,
        *,
        signer: Signer,
        clock: Clock,
        named: Sequence[Projection] | None = None,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._signer, self._clock, self._stopwatch = signer, clock, stopwatch
        self._projections = list(projections() if named is None else named)
        self._not_before: dict[str, float] = {}
        self._is_first_round = True
        ensure_cursors(self._projections)

    def go_round(self) -> bool:
        """True when there was work, and so perhaps more."""
        worked = self._part("sequencer", self._sequence)
        self._part("marks", self._coalesce, pause=MARKS_PACE)
        waiting = _waiting()
        if SIGNATURE in waiting or self._is_first_round:  # a lost outside head is written again at the start
            self._part(SIGNATURE, self._sign, pause=SIGNING_PACE)
        self._is_first_round = False
        for each in self._projections:
            if each.name in waiting:
                worked |= self._part(each.name, partial(_advances, each), pause=each.pace)
        self._part("erasures", self._keep_erasures, pause=ERASURES_PACE)
        self._part("shelves", self._sum_shelves, pause=SHELVES_PACE)
        self._part("beat", self._beat, pause=BEAT_PACE)
        return worked

    def _part(self, name: str, run: Callable[[], bool], *, pause: float = 0.0) -> bool:
        if self._stopwatch() < self._not_before.get(name, 0.0):
            return False
        try:
            worked = run()
        except BehindOutsideHead as refusal:
            logger.error("%s", refusal)  # noqa: TRY400 -- a refusal says it all, a stack says nothing
            worked, pause = False, AFTER_FAULT
        except Exception as fault:
            if is_passing(fault):
                raise
            logger.exception("%s failed, and is tried again in %d s", name, AFTER_FAULT)
            worked, pause = False, AFTER_FAULT
        if pause:
            self._not_before[name] = self._stopwatch() + pause
        return worked

    def _sequence(self) -> bool:
        return has_pending() and sequence_once(BATCH) > 0

    def _coalesce(self) -> bool:
        return count_marks(self._clock.now()) > 0

    def _sign(self) -> bool:
        sign_now(self._signer, self._clock.now())
        return True

    def _keep_erasures(self) -> bool:
        return has_erasures_to_keep() and keep_erasures_outside() > 0

    def _sum_shelves(self) -> bool:
        return sum_shelves() > 0

    def _beat(self) -> bool:
        beat()
        return True


def drain(*, clock: Clock, signer: Signer | None = None, named: Sequence[Projection] | None = None) -> None:
    """All that waits, at once: for commands and tests. A sequencer that runs shares the work."""
    every = list(projections() if named is None else named)
    ensure_cursors(every)
    count_marks(clock.now())
    while sequence_once():
        pass
    if signer:
        sign_now(signer, clock.now())
    for each in every:
        catch_up(each)


def _advances(projection: Projection) -> bool:
    return advance(projection) > 0


def _waiting() -> set[str]:
    """The names of the projections that have something to read, and SIGNATURE when the head has none."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [SIGNATURE])
        return {name for (name,) in cursor.fetchall()}
