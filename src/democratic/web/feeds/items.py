"""What a feed is made of, before it is written in one form or another. A text keeps its language: ``Spoken``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils.translation import get_language

from democratic.kernel.ids import made_at
from democratic.kernel.spoken import Spoken
from democratic.participation.processes.timeline import midnight
from democratic.thread.addresses import public_address
from democratic.thread.models import Authority
from democratic.web.places import elsewhere

MOST = 50
"""How many items a feed holds: the newest, or what comes first."""


@dataclass(frozen=True, slots=True)
class Item:
    """``key`` never changes; ``at`` is a moment for an act of the authority, a day's first for people's own.

    ``authority``: whose it is, when the feed tells of several.
    """

    key: str
    title: str
    text: str
    path: str
    at: datetime
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """``path``: the page that it follows, as ``at`` gives it; ``query``: what narrows both.

    ``key`` names a feed whose own address is a secret: it does not say where it is read.
    """

    title: str
    path: str
    items: Sequence[Item]
    query: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        return self.key or f"suivi{self.path}{self.query}"

    def page(self, authority: Authority, ending: str = "") -> str:
        return address_of(authority, self.path) + ending + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True, slots=True)
class Appointment:
    """Whole days when ``starts`` is a date; ``ends`` is the first day, or moment, after it."""

    key: str
    title: str
    text: str
    place: str
    path: str
    starts: date
    ends: date
    said_at: datetime
    is_cancelled: bool = False
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    title: str
    path: str
    appointments: Sequence[Appointment]


def language_of(text: str) -> str:
    """The language in which a text was said; the page's, for a sentence of ours."""
    said = text.language if isinstance(text, Spoken) else ""
    return said or get_language() or "fr"


def tag_of(authority: Authority, key: str) -> str:
    """A name that never changes (RFC 4151): the domain, the year in which the authority came here, our own key."""
    domain = urlsplit(public_address(authority)).hostname
    return f"tag:{domain},{made_at(authority.pk).year}:{authority.slug}/{key}"


def address_of(authority: Authority, path: str) -> str:
    return elsewhere(authority, path)


def first_moment(authority: Authority, day: date) -> datetime:
    """Nothing finer than the day is said of what people did."""
    return midnight(day, authority.time_zone)
