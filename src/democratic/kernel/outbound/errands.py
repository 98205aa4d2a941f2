import errno
import http.client
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import SplitResult

from democratic.kernel.outbound.addresses import DEFAULT_PORTS, parted, place_of, refuse_inside
from democratic.kernel.outbound.faults import (
    CutShort,
    NoAnswer,
    NoWayOut,
    TooLong,
    UnknownName,
    WayRefused,
)
from democratic.kernel.outbound.lines import Line

SECONDS, MEGABYTE = 5.0, 1024 * 1024
Resolve = Callable[[str, int], list[str]]
T = TypeVar("T")
_OUR_OWN_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN}


@dataclass(frozen=True, slots=True)
class Answer:
    """``retry_after``: seconds that the peer asks to wait, 0 when it says nothing of it (RFC 9110, 10.2.3)."""

    status: int
    content_type: str
    body: bytes
    retry_after: float = 0


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_kind, where in found))


@dataclass(slots=True)
class Outbound:
    """One errand. ``places`` are ``host:port``; those of ``near`` may be by http, and inside our network.

    ``seconds`` is for all that is asked under one errand: whoever signs in waits for it. ``in_clear``: by http
    to the public network too, when nothing that is asked or answered is to be believed.
    """

    places: frozenset[str]
    near: frozenset[str] = frozenset()
    seconds: float = SECONDS
    most: int = MEGABYTE
    in_clear: bool = False
    resolve: Resolve = resolve
    _until: float = field(default=0.0)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", url, None, dict(headers or {}), self._read)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("POST", url, body, dict(headers or {}), self._read)

    def put(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("PUT", url, body, dict(headers or {}), self._read)

    def status(self, url: str, method: str = "HEAD", headers: Mapping[str, str] | None = None) -> int:
        """The number alone, of a redirect too, which is not followed: we hang up before any body is read."""
        return self._ask(method, url, None, dict(headers or {}), self._read_status)

    def _ask(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: dict[str, str],
        read: Callable[[http.client.HTTPResponse], T],
    ) -> T:
        self._until = self._until or time.monotonic() + self.seconds
        parts = self.examined(url)
        address = self._address_of(parts)
        try:
            return self._over(address, parts, method, body, headers, read)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            kind = NoWayOut if getattr(fault, "errno", None) in _OUR_OWN_NETWORK else NoAnswer
            raise kind(f"{place_of(url)}: {type(fault).__name__}") from fault

    def examined(self, url: str) -> SplitResult:
        """The parts of an address where we may go, or WayRefused."""
        parts, place = parted(url), place_of(url)
        if place not in self.places:
            raise WayRefused(f"{place} is not on the list")
        if parts.scheme != "https" and not self.in_clear and place not in self.near:
            raise WayRefused(f"{place} is asked in clear")
        return parts

    def _address_of(self, parts: SplitResult) -> str:
        host = str(parts.hostname)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        try:
            found = self.resolve(host, port)
        except OSError as fault:
            is_ours = fault.errno == socket.EAI_AGAIN or fault.errno in _OUR_OWN_NETWORK
            raise (NoWayOut if is_ours else UnknownName)(f"{host} has no address") from fault
        refuse_inside(found, is_near=f"{host}:{port}" in self.near)
        return found[0]

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _over(
        self,
        address: str,
        parts: SplitResult,
        method: str,
        body: bytes | None,
        headers: dict[str, str],
        read: Callable[[http.client.HTTPResponse], T],
    ) -> T:
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        line = Line(address, port, str(parts.hostname), self._left(), is_closed=parts.scheme == "https")
        # A peer that gives one byte a second answers each read in time: the errand's end cuts the line itself.
        end = threading.Timer(self._left(), line.cut)
        end.daemon = True
        end.start()
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            line.connect()
            return self._asked(line, method, target, body, headers, read)
        finally:
            end.cancel()
            line.close()

    def _asked(
        self,
        line: Line,
        method: str,
        target: str,
        body: bytes | None,
        headers: dict[str, str],
        read: Callable[[http.client.HTTPResponse], T],
    ) -> T:
        """From here on the peer may have heard, whatever we hear of it."""
        try:
            line.request(method, target, body, {"Accept-Encoding": "identity", **headers})
            return read(line.getresponse())
        except (OSError, http.client.HTTPException, ValueError) as cut:
            raise CutShort(f"{line.host}: {type(cut).__name__}") from cut

    def _read_status(self, answer: http.client.HTTPResponse) -> int:
        self._left()
        return answer.status

    def _read(self, answer: http.client.HTTPResponse) -> Answer:
        if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
            raise WayRefused("it leads elsewhere, and no redirect is followed")
        if (answer.length or 0) > self.most:
            raise TooLong("the answer is too long")
        body = answer.read(self.most + 1)
        self._left()
        if len(body) > self.most:
            raise TooLong("the answer is too long")
        if answer.length:
            raise NoAnswer("the answer stops before its end")
        asked = answer.headers.get("Retry-After", "")
        wait = float(asked) if asked.isdecimal() else 0.0
        return Answer(answer.status, answer.headers.get_content_type(), body, wait)
