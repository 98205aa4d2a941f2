"""``application``: what the server runs. It trusts no header but those named here, and reads no
cookie but for meetings (``entry.meetings``).
"""

import asyncio
import logging
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from democratic.kernel.settled import settle
from democratic.web.entry.bridge import (
    Receive,
    Response,
    Scope,
    Send,
    address_of,
    call,
    close,
    environ_again,
    environ_of,
)
from democratic.web.entry.database import Database
from democratic.web.entry.live.live import Live
from democratic.web.entry.live.watcher import Watcher
from democratic.web.entry.meetings.hall import Hall
from democratic.web.entry.plain import send_plain
from democratic.web.entry.stored import Answer, Shelf
from democratic.web.entry.untaken import cut_who_takes_nothing
from democratic.web.entry.versions import Versions
from democratic.web.meetings.streams.following import Following
from democratic.web.metrics.counters import StoredHits, forget_dead_processes
from democratic.web.oversized import OVERSIZED
from democratic.web.watched import FOR_THE_ENTRY, Watching

logger = logging.getLogger(__name__)

THREADS = 2
LARGEST_BODY = 12 * 1024 * 1024
LARGEST_THROWN_AWAY = 64 * 1024 * 1024  # a few photos as a telephone takes them: beyond, it is cut
SHELF_BYTES = 64 * 1024 * 1024
LONGEST_KEPT_PATH = 512
STAMP = b"x-page-version"

_django = get_wsgi_application()
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")
_shelf = Shelf(SHELF_BYTES)
_database = Database()
_versions = Versions(_database)
_hits = StoredHits()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        cut_who_takes_nothing(int(scope["server"][1]))  # before the first request, nothing listens yet
        answered = await _meetings.answered(scope, send)
        if answered is False:
            await _answer(scope, receive, send)
        elif answered is not True:
            stays = answered(receive, send)
            del answered  # of thousands who wait nothing stays but that
            await stays


async def _lifespan(receive: Receive, send: Send) -> None:
    forget_dead_processes()
    _close_streams_when_stopped(asyncio.get_running_loop())
    _ = get_resolver().url_patterns  # every page is loaded before the first reader, who would wait for it
    settle()
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _close_streams_when_stopped(loop: asyncio.AbstractEventLoop) -> None:
    """The server lets every answer end before it says that it stops: streams hear it from the signal itself.

    The loop keeps its own handler of that signal, which hears of it by its wake-up descriptor.
    """
    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(_close_streams))


def _close_streams() -> None:
    _live.close()
    _meetings.close()


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    headers = dict(scope["headers"])
    key = _key(scope, headers)
    if key is not None and (kept := _shelf.get(key)) is not None:
        if await _is_fresh(kept):
            _hits.add()
            await _send_kept(kept, scope, headers, send)
            return
        _shelf.drop(key)
    try:
        body = await _whole_body(receive, headers)
    except ConnectionAbortedError:
        await send_plain(send, 400, "Cet envoi s’est interrompu. Rien n’a été enregistré.")
        return
    if body is None and b"text/html" not in headers.get(b"accept", b""):
        await send_plain(
            send,
            413,
            "Cet envoi est trop lourd : 12 Mo au plus. Revenez en arrière : vos mots y sont encore.",
        )
        return
    if body and await _meetings.voted(scope, headers, body, send):
        return
    environ = environ_of(scope, body or b"")
    if body is None:
        environ[OVERSIZED] = True
    environ["REMOTE_ADDR"] = address_of(scope, headers)
    loop = asyncio.get_running_loop()
    response = await loop.run_in_executor(_threads, call, _django, environ)
    watching: Watching | None = environ.get(FOR_THE_ENTRY)
    if watching is not None and scope["method"] == "GET":
        await loop.run_in_executor(_threads, close, response)
        if isinstance(watching, Following):
            await _meetings.hold_asked(watching, environ, response.headers, receive, send)
        else:
            await _live.hold(watching, environ, response.headers, receive, send)
        return
    stamp = next((value for name, value in response.headers if name == STAMP), None)
    if stamp is None:
        await _send_response(response, scope["method"], send)
        return
    made = await loop.run_in_executor(_threads, _keep, key, stamp.decode("latin-1"), response)
    await _send_kept(made, scope, headers, send)


def _key(scope: Scope, headers: dict[bytes, bytes]) -> tuple[bytes, ...] | None:
    """What an anonymous reading is kept under; None for who brings a cookie, and for long addresses."""
    path, query = scope.get("raw_path") or scope["path"].encode(), scope.get("query_string", b"")
    if (
        scope["method"] not in ("GET", "HEAD")
        or b"cookie" in headers
        or len(path) + len(query) > LONGEST_KEPT_PATH
    ):
        return None
    return (headers.get(b"host", b""), path, query, scope.get("scheme", "http").encode())


async def _is_fresh(kept: Answer) -> bool:
    try:
        return await _versions.read(kept.scope) == kept.mark
    except (OSError, psycopg.Error) as error:
        logger.warning("page versions can't be read: %s", type(error).__name__)
        return False  # Django says what is wrong; a page that can't be checked is not shown


def _keep(key: tuple[bytes, ...] | None, stamp: str, response: Response) -> Answer:
    body = b"".join(response.chunks)
    close(response)
    headers = [(n, v) for n, v in response.headers if n not in (STAMP, b"content-length", b"vary")]
    answer = Answer.made_from(stamp, headers, body)
    if key is not None:
        _shelf.put(key, answer)
    return answer


async def _send_kept(kept: Answer, scope: Scope, headers: dict[bytes, bytes], send: Send) -> None:
    if kept.is_known_to(headers.get(b"if-none-match", b"")):
        await send({"type": "http.response.start", "status": 304, "headers": kept.headers})
        await send({"type": "http.response.body", "body": b""})
        return
    shown, body = kept.serve(
        accepts_gzip=b"gzip" in headers.get(b"accept-encoding", b""), is_head=scope["method"] == "HEAD"
    )
    await send({"type": "http.response.start", "status": 200, "headers": shown})
    await send({"type": "http.response.body", "body": body})


async def _whole_body(receive: Receive, headers: dict[bytes, bytes]) -> bytes | None:
    """The body, read before a thread is taken: a slow sender holds no thread. None: too large, and thrown away as it
    came, since a browser shows no answer before it has sent all of it.

    ConnectionAbortedError: it stopped before its end. Half a sentence is never taken for a whole one.
    """
    announced, body, beyond = headers.get(b"content-length"), bytearray(), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionAbortedError
        body += message.get("body", b"")
        if beyond or len(body) > LARGEST_BODY:
            beyond += len(body)
            body.clear()
        if beyond > LARGEST_THROWN_AWAY or not message.get("more_body", False):
            break
    if beyond:
        return None
    if announced is not None and announced != str(len(body)).encode():
        raise ConnectionAbortedError
    return bytes(body)


async def _send_response(response: Response, method: str, send: Send) -> None:
    await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
    loop, chunks = asyncio.get_running_loop(), iter(response.chunks)
    try:
        if method != "HEAD":
            while (chunk := await loop.run_in_executor(_threads, _next, chunks)) is not None:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        await loop.run_in_executor(_threads, close, response)


async def _ask(environ: dict[str, Any]) -> Response:
    """In one of the threads of pages, like any reader. What the page says to the entry is in ``environ``."""
    loop = asyncio.get_running_loop()
    response = await loop.run_in_executor(_threads, call, _django, environ)
    await loop.run_in_executor(_threads, close, response)
    return response


async def _ask_again(environ: dict[str, Any], cookie: str) -> tuple[int, Watching | None]:
    asked = environ_again(environ, cookie)
    response = await _ask(asked)
    return response.status, asked.get(FOR_THE_ENTRY)


_watcher = Watcher(_database, _versions, _ask_again)
_live = Live(_watcher)
_meetings = Hall(_database, _versions, _watcher, _ask)


def _next(chunks: Iterator[bytes]) -> bytes | None:
    return next(chunks, None)
