"""A stream of a meeting, from the first number that she lacks to the moment when she leaves."""

import asyncio
import random
from typing import Any, NamedTuple

import psycopg

from democratic.web.entry.bridge import Receive, Send
from democratic.web.entry.live.room import Room
from democratic.web.entry.live.watcher import Watcher
from democratic.web.entry.meetings.boards import Boards
from democratic.web.entry.meetings.frames import body, come_back
from democratic.web.entry.meetings.reader import Reader, audience_of
from democratic.web.entry.plain import send_plain
from democratic.web.entry.stored import Headers
from democratic.web.meetings.streams.following import Following

LONGEST, LONGEST_OF_TEAM = 3600.0, 300.0  # seconds: who runs the meeting is asked for again sooner
LATER = ((b"retry-after", b"5"), (b"cache-control", b"no-store"))
FULL = "Trop de monde suit cette rencontre ici : la page se tient à jour autrement."
UNKNOWN = (OSError, psycopg.Error)


class Comer(NamedTuple):
    """Who comes: from where, what she has read, her cookie where her session may end, how her page is asked again."""

    network: str
    seen: int
    cookie: str
    environ: dict[str, Any]


class Shared(NamedTuple):
    """What the streams of one process share."""

    room: Room
    boards: Boards
    watcher: Watcher


async def turn_away(send: Send) -> None:
    await send_plain(send, 503, FULL, *LATER)


async def follow(
    shared: Shared, following: Following, headers: Headers, comer: Comer, receive: Receive, send: Send
) -> None:
    """One coroutine for all her time here: of thousands who wait, each one more would weigh."""
    network, seen = comer.network, comer.seen
    if not shared.room.enter(network, following.session):
        await turn_away(send)
        return
    try:
        try:
            board = await shared.boards.of(following.meeting, seen)
        except UNKNOWN:
            await turn_away(send)
            return
        audience = audience_of(following.language, is_team=following.is_team)
        reader = Reader(audience, send, session=following.session, cookie=comer.cookie)
        longest = LONGEST_OF_TEAM if following.is_team else LONGEST
        # Not all at once.
        reader.until = asyncio.get_running_loop().time() + longest * random.uniform(0.9, 1.1)  # noqa: S311
        reader.board = board
        page = shared.watcher.add(reader, comer.environ, following)
        del comer
        try:
            await reader.begin(headers)
            reader.say(body(come_back() + board.after(seen, audience)), board.last)
            board.enter(reader)
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            shared.watcher.remove(reader, page)
            board.leave(reader, asyncio.get_running_loop().time())
    finally:
        shared.room.leave(network, following.session)
