"""One connection of the process hears which meetings have something new: their ids and numbers, never words.

What it may have missed (it was cut, the database came back) is asked again at each look.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping

import psycopg

from democratic.participation.meetings.live.telling import CHANNEL
from democratic.web.entry.database import address

logger = logging.getLogger(__name__)

FIRST_RETRY, LONGEST_RETRY = 0.1, 2.0  # seconds

Heard = Callable[[Mapping[str, int]], Awaitable[None]]


class Hearing:
    def __init__(self, heard: Heard, look: Callable[[], Awaitable[None]]) -> None:
        self._heard, self._look = heard, look
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._hear())

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _hear(self) -> None:
        retry, is_told = FIRST_RETRY, False
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(address(), autocommit=True) as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    await self._look()  # what was said before it listened
                    retry, is_told = FIRST_RETRY, False
                    async for each in connection.notifies():
                        await self._heard(json.loads(each.payload))
            except (OSError, psycopg.Error) as error:
                if not is_told:
                    logger.warning("meetings can't be heard: %s", type(error).__name__)
                is_told = True
            except Exception:
                logger.exception("what was heard of a meeting failed")
            await asyncio.sleep(retry)
            retry = min(2 * retry, LONGEST_RETRY)
