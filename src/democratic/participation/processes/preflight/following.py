"""Following a link, to know whether someone answers there: what it says is never read."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from django.utils.encoding import iri_to_uri

from democratic.kernel.outbound import (
    NoAnswer,
    NoWayOut,
    Outbound,
    Resolve,
    UnknownName,
    WayRefused,
    place_of,
    resolve,
)
from democratic.participation.processes.models import LinkFound

SECONDS, ALTOGETHER = 5.0, 60.0
USUAL_PORTS = (":443", ":80")  # a link of a text is no way to try the other doors of a machine
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
HEADERS = {"User-Agent": "democraTIC", "Accept": "*/*"}


@dataclass(frozen=True, slots=True)
class Followed:
    """``status``: of HTTP; 0 when nobody answered."""

    url: str
    found: LinkFound
    status: int = 0


@dataclass(frozen=True, slots=True)
class Follower:
    """``near``: as the one client takes it; empty but for tests: a text leads to the public network alone."""

    near: frozenset[str] = frozenset()
    seconds: float = SECONDS
    altogether: float = ALTOGETHER
    resolve: Resolve = resolve

    def follow_all(self, urls: Iterable[str]) -> list[Followed]:
        """One after the other. What there is no time left for, and all of it when we have no network, is not followed."""
        until = time.monotonic() + self.altogether
        found: list[Followed] = []
        blamed: set[int] = set()  # whose name nobody knows, or which say that we have no network
        for url in urls:
            if time.monotonic() > until:
                found.append(Followed(url, LinkFound.NOT_FOLLOWED))
                continue
            try:
                found.append(self._follow(url))
            except (UnknownName, NoWayOut) as fault:
                blamed.add(len(found))
                is_ours = isinstance(fault, NoWayOut)
                found.append(Followed(url, LinkFound.NOT_FOLLOWED if is_ours else LinkFound.SILENT))
        if len(blamed) == len(found):  # not one name was known: without a network either, none would be
            return [Followed(each.url, LinkFound.NOT_FOLLOWED) for each in found]
        return found

    def _follow(self, url: str) -> Followed:
        try:
            asked = _asked_as(url)
            place = place_of(asked)
            if place not in self.near and not place.endswith(USUAL_PORTS):
                return Followed(url, LinkFound.TO_CHECK)
            way = Outbound(
                frozenset({place}), self.near, seconds=self.seconds, in_clear=True, resolve=self.resolve
            )
            statuses = [each for each in self._statuses(way, asked) if each]
        except WayRefused:
            return Followed(url, LinkFound.TO_CHECK)
        if not statuses:
            return Followed(url, LinkFound.SILENT)
        return Followed(url, _meaning(statuses[-1]), statuses[-1])

    def _statuses(self, way: Outbound, url: str) -> Iterator[int]:
        """By HEAD; then by GET, as many sites answer to nothing else. 0: no answer."""
        for method in ("HEAD", "GET"):
            try:
                status = way.status(url, method, HEADERS)
            except (UnknownName, NoWayOut, WayRefused):
                raise
            except NoAnswer:
                status = 0
            yield status
            if 0 < status < HTTPStatus.BAD_REQUEST:
                return


def _meaning(status: int) -> LinkFound:
    if status in GONE:
        return LinkFound.MISSING
    is_well = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    return LinkFound.ANSWERS if is_well else LinkFound.TO_CHECK


def _asked_as(url: str) -> str:
    """As a browser asks it: « démocratie » percent-encoded, « é.fr » as xn--9ca.fr, without its fragment."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        place = f"{host}:{parts.port}" if parts.port else host
    except (UnicodeError, ValueError) as fault:
        raise WayRefused("not an address") from fault
    if "@" in parts.netloc or parts.netloc.startswith("["):
        raise WayRefused("not an address of the web")
    return iri_to_uri(urlunsplit((parts.scheme, place, parts.path or "/", parts.query, "")))
