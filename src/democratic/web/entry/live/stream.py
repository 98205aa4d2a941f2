"""One reader who waits to be told that her page changed, as server-sent events (text/event-stream)."""

import asyncio
import random

from democratic.web.entry.bridge import Receive, Send

# Seconds.
KEEP_ALIVE = 20.0  # a line that nobody reads, so that no proxy takes the silence for an end
LONGEST = 30 * 60.0  # then the browser comes back by itself: a stream that was forgotten ends
SLOWEST = 5.0  # to take one event; who does not read is cut
SOONEST_BACK, LATEST_BACK = 2000, 9000  # milliseconds: not all at once

ENDED, GONE, CLOSED = "ended", "gone", ""


class Stream:
    """What she is told of is an imprint of the page: the newest alone counts, so that nothing queues."""

    def __init__(self, *, seen: str, session: str = "", cookie: str = "") -> None:
        self.session, self.cookie = session, cookie
        self._seen = self._now = seen
        self._end: str | None = None
        self._wake = asyncio.Event()

    def tell(self, imprint: str) -> None:
        self._now = imprint
        if imprint != self._seen:
            self._wake.set()

    def end(self, why: str) -> None:
        """``ENDED``: the session is over. ``GONE``: the page is not there for her any more. ``CLOSED``: neither."""
        self._end = why
        self._wake.set()

    async def flow(self, receive: Receive, send: Send) -> None:
        """Until she leaves, is told that it is over, or does not read."""
        left = asyncio.ensure_future(_until_left(receive))
        left.add_done_callback(lambda _left: self._wake.set())
        # So that those who came together do not all end together.
        longest = LONGEST * random.uniform(0.9, 1.1)  # noqa: S311
        over = asyncio.get_running_loop().call_later(longest, self.end, CLOSED)
        try:
            await self._say(send, f"retry: {random.randint(SOONEST_BACK, LATEST_BACK)}\n\n")  # noqa: S311
            while not left.done() and self._end is None:
                await self._say(send, self._news())
                await self._something()
            if not left.done():
                await self._say(send, f"event: {self._end}\ndata: {self._end}\n\n" if self._end else "")
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            return  # she does not read: the server closes what was begun
        finally:
            over.cancel()
            left.cancel()

    async def _something(self) -> None:
        try:
            async with asyncio.timeout(KEEP_ALIVE):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    def _news(self) -> str:
        if self._now == self._seen:
            return ":\n\n"
        self._seen = self._now
        return f"event: changed\nid: {self._now}\ndata: {self._now}\n\n"

    async def _say(self, send: Send, said: str) -> None:
        async with asyncio.timeout(SLOWEST):
            await send({"type": "http.response.body", "body": said.encode(), "more_body": True})


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
