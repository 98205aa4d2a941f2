"""The one way out by HTTP: to hosts that the caller names, at addresses that are looked at before we connect.

A name is resolved once, every address that it gives is examined, and the connection goes to the very address
that was examined: a name that changes its mind in between leads nowhere else. No redirect is followed, no
proxy is asked, nothing is read beyond a size and a time that are set for the whole errand.
"""

import errno
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

SECONDS, MEGABYTE = 5.0, 1024 * 1024
DEFAULT_PORTS = {"https": 443, "http": 80}
# Printable ASCII, without what parsers disagree about.
_PLAIN = re.compile(r"[!-~]+")
_AMBIGUOUS = re.compile(r"[\\\"<>^`{|}#]")
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
# Forms of IPv6 that carry an IPv4 address inside: no server that we are told of lives there.
_CARRIERS = tuple(
    map(
        ipaddress.ip_network,
        ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"),
    )
)
_NOWHERE = tuple(
    map(ipaddress.ip_network, ("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "fec0::/10"))
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
T = TypeVar("T")
_OUR_OWN_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN}


class OutboundFault(Exception):
    """What was asked for did not come."""


class WayRefused(OutboundFault):
    """We do not go there: the address is not one that was allowed, or leads inside."""


class NoAnswer(OutboundFault):
    """The peer is down, hangs up, is too slow or says too much."""


class UnknownName(NoAnswer):
    """Nobody knows this name; or this machine has nobody to ask."""


class NoWayOut(NoAnswer):
    """It is this machine that has no network: the peer is not to blame."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content_type: str
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_kind, where in found))


def place_of(url: str) -> str:
    """``host:port`` of an address, as the lists of allowed places write it. WayRefused: it is ambiguous."""
    parts = _parted(url)
    return f"{parts.hostname}:{parts.port or DEFAULT_PORTS[parts.scheme]}"


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
        parts, place = _parted(url), place_of(url)
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
        line = _Line(address, port, str(parts.hostname), self._left(), is_closed=parts.scheme == "https")
        # A peer that gives one byte a second answers each read in time: the errand's end cuts the line itself.
        end = threading.Timer(self._left(), line.cut)
        end.daemon = True
        end.start()
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            line.request(method, target, body, {"Accept-Encoding": "identity", **headers})
            return read(line.getresponse())
        finally:
            end.cancel()
            line.close()

    def _read_status(self, answer: http.client.HTTPResponse) -> int:
        self._left()
        return answer.status

    def _read(self, answer: http.client.HTTPResponse) -> Answer:
        if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
            raise WayRefused("it leads elsewhere, and no redirect is followed")
        if (answer.length or 0) > self.most:
            raise NoAnswer("the answer is too long")
        body = answer.read(self.most + 1)
        self._left()
        if len(body) > self.most:
            raise NoAnswer("the answer is too long")
        if answer.length:
            raise NoAnswer("the answer stops before its end")
        return Answer(answer.status, answer.headers.get_content_type(), body)


class _Line(http.client.HTTPConnection):
    """To one address, under the name that was asked: its certificate, SNI and Host say that name."""

    def __init__(self, address: str, port: int, host: str, seconds: float, *, is_closed: bool) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address, self._is_closed = address, is_closed
        self.default_port = DEFAULT_PORTS["https" if is_closed else "http"]
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        self._raw = socket.create_connection((self._address, self.port), self.timeout)
        self.sock: Any = self._raw
        if self._is_closed:
            self.sock = self._raw = ssl.create_default_context().wrap_socket(
                self._raw, server_hostname=self.host
            )

    def cut(self) -> None:
        if self._raw is not None:
            try:
                self._raw.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it was over already


def _parted(url: str) -> SplitResult:
    """WayRefused: anything that two readers of addresses could understand in two ways."""
    if not _PLAIN.fullmatch(url) or _AMBIGUOUS.search(url):
        raise WayRefused("not a plain address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise WayRefused("not an address") from fault
    host = parts.hostname or ""
    if parts.scheme not in DEFAULT_PORTS or "@" in parts.netloc or port == 0 or not _is_named(host):
        raise WayRefused("not an address of the web")
    return parts


def _is_named(host: str) -> bool:
    """A name, or an address in its one usual form: neither 0x7f.1, nor 2130706433, nor 127.1."""
    if ":" in host or host.rpartition(".")[2][:1].isdecimal():
        try:
            return str(ipaddress.ip_address(host)) == host
        except ValueError:
            return False
    return len(host) <= 253 and _NAME.fullmatch(host) is not None  # noqa: PLR2004  RFC 1035


def refuse_inside(addresses: Iterable[str], *, is_near: bool) -> None:
    """WayRefused as soon as one of them is not of the public network; ``is_near``: or of ours."""
    found = list(addresses)
    if not found:
        raise NoAnswer("no address")
    for each in found:
        address = _read_address(each)
        if not (is_public(address) or (is_near and _is_ours(address))):
            raise WayRefused(f"{address} is inside")


def _read_address(text: str) -> Address:
    try:
        return ipaddress.ip_address(text)
    except ValueError as fault:
        raise WayRefused(f"{text} is not an address") from fault


def is_public(address: Address) -> bool:
    if address.is_multicast or not address.is_global or any(address in each for each in _NOWHERE):
        return False
    return address.version == 4 or not any(address in each for each in _CARRIERS)  # noqa: PLR2004  IPv4


def _is_ours(address: Address) -> bool:
    """Our machine or its private network; never what a cloud answers its machines with (169.254.169.254)."""
    is_out_of_place = address.is_link_local or address.is_multicast or address.is_unspecified
    if is_out_of_place or any(address in each for each in _NOWHERE):
        return False
    if address.is_loopback:
        return True
    return address.is_private and not any(address in each for each in _CARRIERS)
