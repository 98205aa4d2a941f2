"""A stream, from the page that was shown to the last word: who may stay, what she has seen, when she leaves."""

from typing import Any

from democratic.web.entry.bridge import Receive, Send, environ_again
from democratic.web.entry.live.room import Room
from democratic.web.entry.live.stream import Stream
from democratic.web.entry.live.watcher import Watcher
from democratic.web.entry.plain import send_plain
from democratic.web.entry.stored import Headers
from democratic.web.metrics.counters import LIVE_STREAMS
from democratic.web.watched import Watching

MOST = 4000
MOST_OF_A_NETWORK = 1000  # a whole school shares one address
MOST_OF_A_SESSION = 20

LATER = ((b"retry-after", b"300"), (b"cache-control", b"no-store"))


class Live:
    def __init__(self, watcher: Watcher) -> None:
        self._room, self._watcher = Room(LIVE_STREAMS, MOST, MOST_OF_A_NETWORK, MOST_OF_A_SESSION), watcher
        self._is_closed = False

    def close(self) -> None:
        """The process stops: every browser comes back to the next one."""
        self._is_closed = True
        self._watcher.close()

    async def hold(
        self, watching: Watching, environ: dict[str, Any], headers: Headers, receive: Receive, send: Send
    ) -> None:
        network = str(environ["REMOTE_ADDR"])
        if self._is_closed or not self._room.enter(network, watching.session):
            await send_plain(
                send, 503, "Trop de monde attend ici des nouvelles : la page, elle, reste ouverte.", *LATER
            )
            return
        # What she has seen: the last event that reached her, else the page that she reads.
        seen = environ.get("HTTP_LAST_EVENT_ID") or watching.seen or watching.imprint
        cookie = environ.get("HTTP_COOKIE", "") if watching.session else ""
        stream = Stream(seen=seen, session=watching.session, cookie=cookie)
        page = self._watcher.add(stream, environ_again(environ, ""), watching)
        try:
            shown = [(name, value) for name, value in headers if name != b"content-length"]
            await send({"type": "http.response.start", "status": 200, "headers": shown})
            await stream.flow(receive, send)
        finally:
            self._watcher.remove(stream, page)
            self._room.leave(network, watching.session)
