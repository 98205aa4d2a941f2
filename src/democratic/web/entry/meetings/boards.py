"""The boards of this process: filled from the database on first use, kept up by what is heard, dropped when unread."""

import asyncio
import logging
from collections.abc import Mapping
from uuid import UUID

import psycopg

from democratic.web.entry.database import Database
from democratic.web.entry.meetings.board import Board
from democratic.web.entry.meetings.frames import ALIVE, body
from democratic.web.entry.meetings.hearing import Hearing

logger = logging.getLogger(__name__)

# Seconds.
LOOK_EVERY = 2.0
KEEP_ALIVE = 20.0
KEPT_UNREAD = 300.0
AT_A_TIME = 1000  # readers who are told before others who wait for the loop

# Only the newest of a topic has words; the last number may have none.
_AFTER = """
select number, topic, said from participation_liveevent e where meeting_id = %s and number > %s and (said <> '{}'
  or number = (select max(number) from participation_liveevent where meeting_id = e.meeting_id)) order by number
"""
_LAST = "select meeting_id, max(number) from participation_liveevent where meeting_id = any(%s) group by 1"


class Boards:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._boards: dict[str, Board] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._hearing = Hearing(self.hear, self.look)
        self._tasks: list[asyncio.Task[None]] = []

    async def of(self, meeting: str, seen: int = 0) -> Board:
        """Up to ``seen`` at least, as who asks was told so much elsewhere. OSError or psycopg.Error: nobody knows."""
        self._begin()
        board = self._boards.get(meeting)
        if board is None or seen > board.last:
            await self._read(meeting, seen)
            board = self._boards[meeting]
        board.left_at = asyncio.get_running_loop().time()  # someone is on her way in
        return board

    async def hear(self, numbers: Mapping[str, int]) -> None:
        for told, number in numbers.items():
            meeting = str(UUID(told))
            board = self._boards.get(meeting)
            if board is not None and number > board.last:
                await self._read(meeting, number)

    async def look(self) -> None:
        """Whatever was not heard."""
        if not self._boards:
            return
        rows = await self._database.rows(_LAST, [[UUID(meeting) for meeting in self._boards]])
        await self.hear({meeting.hex: number for meeting, number in rows})

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._hearing.close()
        for board in self._boards.values():
            for reader in board.everyone:
                reader.end("")

    async def _read(self, meeting: str, until: int) -> None:
        """Once at a time for each meeting: the second who asks finds it read."""
        lock = self._locks.setdefault(meeting, asyncio.Lock())
        async with lock:
            found = self._boards.get(meeting)
            if found is not None and found.last >= until:
                return
            board = found or Board(meeting)
            is_new = board.take(await self._database.rows(_AFTER, [UUID(meeting), board.last]))
            if meeting not in self._boards:
                self._boards[meeting] = board
        if is_new:
            await self._tell(board)

    async def _tell(self, board: Board) -> None:
        for audience, group in list(board.readers.items()):
            readers = list(group)
            for first in range(0, len(readers), AT_A_TIME):
                board.tell(readers[first : first + AT_A_TIME], audience)
                await asyncio.sleep(0)

    def _begin(self) -> None:
        self._hearing.begin()
        if not any(not task.done() for task in self._tasks):
            self._tasks = [asyncio.create_task(self._look_again()), asyncio.create_task(self._keep_alive())]

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look()
            except (OSError, psycopg.Error) as error:
                logger.debug("meetings can't be read: %s", type(error).__name__)

    async def _keep_alive(self) -> None:
        alive, clock = body(ALIVE), asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(KEEP_ALIVE)
            now = clock()
            for board in list(self._boards.values()):
                everyone = board.everyone
                if not everyone and board.left_at < now - KEPT_UNREAD:
                    self._boards.pop(board.meeting, None)
                    self._locks.pop(board.meeting, None)
                for place, reader in enumerate(everyone):
                    if reader.until < now:
                        reader.end("")
                    else:
                        reader.say(alive)
                    if place % AT_A_TIME == AT_A_TIME - 1:
                        await asyncio.sleep(0)
