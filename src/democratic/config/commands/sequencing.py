"""The life of the sequencer: wait for its lock, go round and round, connect again when the database went."""

import logging
from collections.abc import Callable
from typing import NoReturn

from django.db import connection
from django.db.utils import Error

from democratic.config.commands.signer import installation_signer
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.switches import read_only
from democratic.thread.journal.projections import is_passing
from democratic.thread.journal.running import Runner
from democratic.thread.journal.sequencer import hold_sequencer_lock

logger = logging.getLogger(__name__)

# Seconds.
BETWEEN_ROUNDS = 0.0005  # time enough to hear a stop
FIRST_REST, LONGEST_REST = 0.01, 0.1
FIRST_RETRY, LONGEST_RETRY = 0.1, 5.0
STAND_BY = 1.0

Pause = Callable[[float], None]
"""Waits; raises when a stop is asked."""


def sequence_until_stopped(pause: Pause) -> NoReturn:
    retry = FIRST_RETRY
    while True:
        try:
            _take_lead(pause)
            retry = FIRST_RETRY
            _go_round(pause)
        except Error as fault:
            if not is_passing(fault):
                raise
            logger.warning("the database does not answer (%s): again in %.1f s", _first_line(fault), retry)
        connection.close()  # and with it the lock, if we still held it
        pause(retry)
        retry = min(2 * retry, LONGEST_RETRY)


def _take_lead(pause: Pause) -> None:
    is_told = False
    while not hold_sequencer_lock():
        if not is_told:
            logger.warning("another sequencer runs: this one stands by")
            is_told = True
        pause(STAND_BY)


def _go_round(pause: Pause) -> None:
    """Until the database session that holds the lock is no longer ours."""
    session = connection.connection
    runner = Runner(signer=installation_signer(), clock=DATABASE_CLOCK)
    rest = FIRST_REST
    while connection.connection is session:
        if read_only() is not None:
            pause(STAND_BY)
            continue
        worked = runner.go_round()
        pause(BETWEEN_ROUNDS if worked else rest)
        rest = FIRST_REST if worked else min(2 * rest, LONGEST_REST)


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0]
