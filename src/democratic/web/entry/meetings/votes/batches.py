"""Votes gathered in batches, in one thread with its own database connection; answered after the commit."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import InterfaceError, OperationalError, connection

from democratic.web.meetings.votes.casting import Answer, Vote

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500
MOST_WAITING = 20_000
LATER = Answer(503)

Cast = Callable[[Sequence[Vote]], list[Answer | None]]


class Batches:
    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="votes")
        self._waiting: list[tuple[Vote, asyncio.Future[Answer | None]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def cast(self, ask: Vote) -> Answer | None:
        """None: it is Django's to answer."""
        if len(self._waiting) >= MOST_WAITING:
            return LATER
        future: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((ask, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._cast_all())
        return await future

    async def _cast_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            answers = await loop.run_in_executor(self._thread, self._safely, [ask for ask, _future in batch])
            for (_ask, future), answer in zip(batch, answers, strict=True):
                if not future.done():  # who left hears nothing, and is counted
                    future.set_result(answer)

    def _safely(self, asks: Sequence[Vote]) -> list[Answer | None]:
        """What was not acknowledged may be kept or not: sent again, it is the same voice."""
        try:
            return self._cast(asks)
        except Exception as error:
            passing = isinstance(error, OperationalError | InterfaceError)
            logger.warning("a batch of %d votes: %s", len(asks), type(error).__name__, exc_info=not passing)
            connection.close()  # the next batch connects again
            return [LATER] * len(asks)
