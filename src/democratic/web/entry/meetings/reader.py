"""One who follows a meeting. She costs her place and no queue: what she has not taken yet, she is told once, later."""

import asyncio
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, Protocol

from democratic.web.entry.bridge import Send
from democratic.web.entry.meetings.frames import body, ending
from democratic.web.entry.stored import Headers

SLOWEST = 15.0  # seconds to take what she was sent; who does not read is cut


class Audience(NamedTuple):
    """All those who are told the same bytes."""

    language: str
    is_team: bool


@cache
def audience_of(language: str, *, is_team: bool) -> Audience:
    """The same one for all of them."""
    return Audience(language, is_team)


class Tells(Protocol):
    """The board that she reads, which knows what she lacks."""

    def tell(self, readers: Iterable["Reader"], audience: Audience) -> None: ...


class Reader:
    """The server takes a few frames for her at once without being waited for; only who does not read costs a task."""

    __slots__ = (
        "_at_once",
        "_behind",
        "_send",
        "audience",
        "board",
        "cookie",
        "is_over",
        "last",
        "session",
        "until",
    )

    def __init__(self, audience: Audience, send: Send, *, session: str = "", cookie: str = "") -> None:
        self.audience, self.session, self.cookie = audience, session, cookie
        self.last, self.until, self.is_over = 0, 0.0, False
        self.board: Tells | None = None
        self._send = send
        self._behind: asyncio.Future[None] | None = None
        self._at_once: type | None = None

    async def begin(self, headers: Headers) -> None:
        """What is taken at once is of the kind that the server gives back for the first message of all."""
        taken = self._send({"type": "http.response.start", "status": 200, "headers": headers})
        self._at_once = type(taken)
        await taken

    @property
    def is_behind(self) -> bool:
        return self._behind is not None

    def say(self, message: dict[str, Any], last: int | None = None) -> None:
        if self.is_over or self._behind is not None:
            return
        if last is not None:
            self.last = last
        taken = self._send(message)
        if type(taken) is not self._at_once:
            self._behind = asyncio.ensure_future(self._wait_for(taken))

    async def _wait_for(self, taken: Any) -> None:
        try:
            async with asyncio.timeout(SLOWEST):
                await taken
        except TimeoutError:
            self._behind = None
            self.end("")
            return
        self._behind = None
        if self.board is not None:
            self.board.tell([self], self.audience)

    def tell(self, imprint: str) -> None:
        """The page is still shown to her; what it says is not what she is told here."""

    def end(self, why: str) -> None:
        """The server then says that she left, and her place is free. Who reads nothing is not told why."""
        if not self.is_over:
            self.is_over = True
            self._send(body(b"" if self.is_behind else ending(why), more=False))
