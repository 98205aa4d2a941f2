"""Which addresses of meetings are shown to everyone, asked of the page's own view as nobody, while its version stands.

Five thousand who come back at once ask Django one question. Where everyone is not let in, each is asked for herself.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democratic.web.entry.bridge import Response
from democratic.web.entry.meetings.votes.posted import headers_of_answers
from democratic.web.entry.stored import Headers
from democratic.web.entry.versions import Versions
from democratic.web.meetings.streams.following import Following
from democratic.web.watched import FOR_THE_ENTRY

MOST_KEPT = 1000
SHOWN = 200

Environ = dict[str, Any]
Key = tuple[bytes, str, bytes, str]
"""Host, scheme, the scheme that a proxy tells, and path."""
Ask = Callable[[Environ], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Door:
    """An address that everyone may open: what its view says of it, and the headers of its answers."""

    following: Following
    headers: Headers
    of_answers: Headers
    environ: Environ


class Doors:
    def __init__(self, versions: Versions, ask: Ask) -> None:
        self._versions, self._ask = versions, ask
        self._doors: OrderedDict[Key, Door] = OrderedDict()
        self._asking: dict[Key, asyncio.Lock] = {}

    async def open_to_all(self, key: Key, environ: Callable[[], Environ]) -> Door | None:
        """``environ``: that of nobody, without a query, made when it is asked. OSError or psycopg.Error: nobody knows."""
        if (door := await self._fresh(key)) is not None:
            return door
        lock = self._asking.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                return await self._fresh(key) or await self._asked(key, environ())
        finally:
            if not lock.locked():
                self._asking.pop(key, None)

    async def _fresh(self, key: Key) -> Door | None:
        door = self._doors.get(key)
        if door is None:
            return None
        if await self._versions.read(UUID(door.following.scope)) == door.following.version:
            return door
        if self._doors.get(key) is door:
            self._doors.pop(key)
        return None

    async def _asked(self, key: Key, environ: Environ) -> Door | None:
        response = await self._ask(environ)
        following = environ.pop(FOR_THE_ENTRY, None)
        if response.status != SHOWN or following is None:
            return None
        headers = [(name, value) for name, value in response.headers if name != b"content-length"]
        door = self._doors[key] = Door(following, headers, headers_of_answers(headers), environ)
        self._doors.move_to_end(key)
        if len(self._doors) > MOST_KEPT:
            self._doors.popitem(last=False)
        return door


def key_of(headers: Mapping[bytes, bytes], scheme: str, path: str) -> Key:
    return (headers.get(b"host", b""), scheme, headers.get(b"x-forwarded-proto", b""), path)
