"""A stream of a meeting, from the first number that she lacks to the moment when she leaves."""

import asyncio
import random
from typing import Any, NamedTuple

from democratic.web.entry.bridge import Receive, Send
from democratic.web.entry.live.watcher import Watcher
from democratic.web.entry.meetings.board import Board
from democratic.web.entry.meetings.frames import body, come_back
from democratic.web.entry.meetings.reader import Audience, Reader
from democratic.web.meetings.streams.following import Following

LONGEST, LONGEST_OF_TEAM = 3600.0, 300.0  # seconds: who runs the meeting is asked for again sooner


class Comer(NamedTuple):
    """Who comes: from where, what she has read, her cookie where her session may end, how her page is asked again."""

    network: str
    seen: int
    cookie: str
    environ: dict[str, Any]


async def follow(
    board: Board,
    watcher: Watcher,
    following: Following,
    comer: Comer,
    start: dict[str, Any],
    receive: Receive,
    send: Send,
) -> None:
    audience = Audience(following.language, following.is_team)
    reader = Reader(audience, send, session=following.session, cookie=comer.cookie)
    clock = asyncio.get_running_loop().time
    longest = LONGEST_OF_TEAM if following.is_team else LONGEST
    reader.until = clock() + longest * random.uniform(0.9, 1.1)  # noqa: S311  not all at once
    reader.board = board
    page = watcher.add(reader, comer.environ, following)
    try:
        await reader.begin(start)
        reader.say(body(come_back() + board.after(comer.seen, audience)), board.last)
        board.enter(reader)
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        watcher.remove(reader, page)
        board.leave(reader, clock())
