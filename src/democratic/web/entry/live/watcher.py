"""The one task of a process that knows what changed, for all who watch: two questions, however many they are.

A page's version says that something moved somewhere around it; only the page itself knows whether a word of it
is another, and whether it is still shown. So it is asked again, as it was asked when the stream was opened: once
for everyone, and once for each session only where the page is not everyone's.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import psycopg

from democratic.people.queries import still_signed_in
from democratic.web.entry.database import Database
from democratic.web.entry.live.stream import CLOSED, ENDED, GONE
from democratic.web.entry.versions import Versions
from democratic.web.watched import Watching

logger = logging.getLogger(__name__)

# Seconds.
VERSIONS_EVERY = 1.0
SESSIONS_EVERY = 2.0  # with the time to say it, a suspended account hears nothing more within five
REST = 2.0  # of pages asked again: one second of a thread, then two without, so that readers have it

OUR_FAULT = 500
Environ = dict[str, Any]
Ask = Callable[[Environ, str], Awaitable[tuple[int, Watching | None]]]


class Held(Protocol):
    """Who watches a page, as the one who looks at it sees her."""

    session: str
    cookie: str

    def tell(self, imprint: str) -> None: ...
    def end(self, why: str) -> None: ...


@dataclass(slots=True, eq=False)
class Page:
    """A page that someone watches. ``environ`` asks it again, and holds nobody's cookie."""

    key: tuple[str, ...]
    environ: Environ
    scope: UUID
    version: str
    streams: set[Held] = field(default_factory=set)
    is_due: bool = False


class Watcher:
    def __init__(self, database: Database, versions: Versions, ask: Ask) -> None:
        self._database, self._versions, self._ask = database, versions, ask
        self._pages: dict[tuple[str, ...], Page] = {}
        self._due = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._is_blind = False

    def add(self, stream: Held, environ: Environ, watching: Watching) -> Page:
        names = ("HTTP_HOST", "wsgi.url_scheme", "PATH_INFO", "QUERY_STRING")
        key = tuple(str(environ.get(name, "")) for name in names)
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = Page(key, environ, UUID(watching.scope), watching.version)
        if page.version != watching.version:
            page.version = ""  # one of the two was read before something moved: it is asked again
        page.streams.add(stream)
        stream.tell(watching.imprint)
        self._begin()
        return page

    def remove(self, stream: Held, page: Page) -> None:
        page.streams.discard(stream)
        if not page.streams:
            self._pages.pop(page.key, None)

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        for stream in self._streams():
            stream.end(CLOSED)

    def _streams(self) -> list[Held]:
        return [stream for page in self._pages.values() for stream in page.streams]

    def _begin(self) -> None:
        if not any(not task.done() for task in self._tasks):
            works = ((self._look_at_versions, VERSIONS_EVERY), (self._look_at_sessions, SESSIONS_EVERY))
            self._tasks = [asyncio.create_task(self._again_and_again(*work)) for work in works]
            self._tasks.append(asyncio.create_task(self._again_and_again(self._ask_what_is_due, 0.0)))

    async def _again_and_again(self, work: Callable[[], Awaitable[None]], pause: float) -> None:
        while True:
            await asyncio.sleep(pause)
            try:
                await work()
            except (OSError, psycopg.Error) as error:
                self._say_once(error)
            except Exception:
                logger.exception("a look at what is watched failed")
                await asyncio.sleep(VERSIONS_EVERY)

    def _say_once(self, error: Exception) -> None:
        """The streams stay, and are told nothing meanwhile."""
        if not self._is_blind:
            logger.warning("what is watched can't be read: %s", type(error).__name__)
        self._is_blind = True

    async def _look_at_versions(self) -> None:
        marks = await self._versions.read_each({page.scope for page in self._pages.values()})
        self._is_blind = False
        for page in self._pages.values():
            if marks.get(page.scope, page.version) != page.version:
                page.version, page.is_due = marks[page.scope], True
                self._due.set()

    async def _look_at_sessions(self) -> None:
        watching = [stream for stream in self._streams() if stream.session]
        if not watching:
            return
        question, values = still_signed_in({stream.session for stream in watching}).query.sql_with_params()
        living = {key for (key,) in await self._database.rows(question, values)}
        for stream in watching:
            if stream.session not in living:
                stream.end(ENDED)

    async def _ask_what_is_due(self) -> None:
        await self._due.wait()
        self._due.clear()
        clock = asyncio.get_running_loop().time
        began = clock()
        # Those that most people watch come first: to open a thousand odd addresses delays nobody else.
        for page in sorted(self._pages.values(), key=lambda page: -len(page.streams)):
            if not page.is_due:
                continue
            page.is_due = False
            await self._ask_again(page)
        await asyncio.sleep(REST * (clock() - began))

    async def _ask_again(self, page: Page) -> None:
        status, watching = await self._ask(page.environ, "")
        if watching is not None or status >= OUR_FAULT:
            _tell(page, page.streams, status, watching)
            return
        by_cookie: dict[str, set[Held]] = {}
        for stream in page.streams:
            by_cookie.setdefault(stream.cookie, set()).add(stream)
        for cookie, streams in by_cookie.items():
            _tell(page, streams, *(await self._ask(page.environ, cookie) if cookie else (status, None)))


def _tell(page: Page, streams: set[Held], status: int, watching: Watching | None) -> None:
    if watching is None and status >= OUR_FAULT:
        page.version = ""  # nothing is known: asked again at the next look
        return
    for stream in streams:
        if watching is None:
            stream.end(GONE)
        else:
            stream.tell(watching.imprint)
