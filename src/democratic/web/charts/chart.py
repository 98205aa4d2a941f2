"""What a figure says, before it is drawn: its finding, its counts, and how it was made."""

import hashlib
import json
from dataclasses import asdict, dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

Cell = str | int | float | None

DRAWN_AS = 2  # raise it when drawings change: what was kept is drawn again


@dataclass(frozen=True, slots=True)
class Bar:
    """``tone``: "", "mark" (the title speaks of it), "late", "open"."""

    label: str
    n: int
    shown: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One small drawing of its own: its counts, span by span."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    spans: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Of a gauge. ``state``: its shape, as everywhere for a commitment."""

    state: str
    label: str
    n: int
    shown: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """What was promised as one line, part by part: what was done first, what was not last."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    label: str
    n: int
    shown: str


@dataclass(frozen=True, slots=True)
class Strands:
    """Voices that meet, one hairline each. ``total``: what is said where they have met."""

    bundles: tuple[Bundle, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Own:
    """A picture of ours, as the page shows it: it takes its colours from the style sheet."""

    svg: str


@dataclass(frozen=True, slots=True)
class Chart:
    """``title`` says the finding in words; ``n``: how many, from where, when.

    ``base``: the address of its own page, to which its files are added.
    """

    key: str
    base: str
    title: str
    description: str
    n: str
    method: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawing: Bars | Lines | Gauge | Strands | Own
    source: str = ""

    @property
    def is_statistic(self) -> bool:
        """Whether a chart grammar draws it: it has a specification then."""
        return isinstance(self.drawing, Bars | Lines)

    @property
    def digest(self) -> str:
        """Of all that it says and shows: another figure has another address."""
        held = json.dumps([DRAWN_AS, asdict(self)], ensure_ascii=False, default=str, sort_keys=True)
        return hashlib.sha256(held.encode()).hexdigest()[:20]

    @property
    def finding(self) -> str:
        """The title without the marks of the page: where it is drawn, named or written in a file."""
        return unescape(strip_tags(self.title)) if isinstance(self.title, SafeString) else str(self.title)

    def file(self, form: str) -> str:
        return f"{self.base}/{self.digest}/{form}"
