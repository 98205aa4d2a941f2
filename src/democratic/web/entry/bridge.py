"""From ASGI to Django's WSGI handler, in a few long-lived threads: one database connection each."""

import io
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from democratic.web.entry.stored import Headers

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

BEHIND_PROXY = os.environ.get("DEMOCRATIC_BEHIND_PROXY", "") == "1"

_OF_THE_PAGE = (
    "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL",
    "HTTP_HOST", "HTTP_X_FORWARDED_PROTO",
    "wsgi.version", "wsgi.url_scheme", "wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once",
)  # fmt: skip


@dataclass(slots=True)
class Response:
    status: int = 500
    headers: Headers = field(default_factory=list)
    chunks: Iterable[bytes] = ()
    close: Callable[[], None] | None = None


def address_of(scope: Scope, headers: Mapping[bytes, bytes]) -> str:
    """Where a request comes from: what our proxy says, where there is one."""
    if BEHIND_PROXY and b"x-forwarded-for" in headers:
        return headers[b"x-forwarded-for"].decode("latin-1").rsplit(",", 1)[-1].strip()
    return str((scope.get("client") or ("", 0))[0])


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The WSGI environ (PEP 3333) of an ASGI request whose body was read whole."""
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(body)),
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    return environ


def environ_again(environ: dict[str, Any], cookie: str) -> dict[str, Any]:
    """To ask for the same page later, as nobody or as whose cookie this is: nothing else of who asked is kept."""
    kept = {name: environ[name] for name in _OF_THE_PAGE if name in environ}
    fresh = {
        "REQUEST_METHOD": "GET",
        "CONTENT_LENGTH": "0",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    return kept | fresh | ({"HTTP_COOKIE": cookie} if cookie else {})


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    if "_" in name:  # an underscore would pass for a dash: such a header is never one that we trust
        return
    key = name.upper().replace("-", "_")
    if key == "CONTENT_LENGTH":
        return
    if key != "CONTENT_TYPE":
        key = f"HTTP_{key}"
    joined = f"{environ[key]}{';' if key == 'HTTP_COOKIE' else ','}{value}" if key in environ else value
    environ[key] = joined


def call(handler: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Response:
    """Run Django in this thread; the chunks of a file are read by the caller, in the same pool."""
    response = Response()

    def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        response.status = int(status.split(" ", 1)[0])
        response.headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]

    result = handler(environ, start_response)
    response.chunks, response.close = result, getattr(result, "close", None)
    return response


def close(response: Response) -> None:
    """In a thread of Django's: what it holds for the request is let go."""
    if response.close is not None:
        response.close()
