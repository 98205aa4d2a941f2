"""What every knot is drawn with: the story around it, our own small templates, and where things are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from democratic.participation.commitments.queries import withdrawal_of
from democratic.participation.reports.fil import Fil, Knot
from democratic.thread.models import Kind, Record
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.words import days_late

Drawn = dict[str, Any]
"""What ``parts/fil.html`` takes for one knot."""

LONGEST = 600


@dataclass(frozen=True, slots=True)
class Telling:
    """The story that a knot belongs to, whether it is its first knot, and the day of the one before."""

    fil: Fil
    is_back: bool
    is_first: bool
    previous: date | None

    @property
    def from_one_voice(self) -> bool:
        return self.fil.record.kind in (Kind.IDEA, Kind.COMMENT)


def part(name: str, **context: object) -> SafeString:
    """A piece of our own templates, escaped by them."""
    return render_to_string(f"web/suites/parts/{name}.html", context)


def url_of(record: Record) -> str:
    return record_path(record.kind, record.code)


def cut(record: Record) -> SafeString:
    """The cut thread: withdrawn in public, by whom and why. Nothing for nearly every Record."""
    withdrawal = withdrawal_of(record)
    return part("cut", withdrawal=withdrawal) if withdrawal else SafeString("")


def is_many(telling: Telling) -> bool:
    """Thick once several voices are carried: all but a single voice at the start."""
    return not telling.is_first or telling.fil.record.kind not in (Kind.IDEA, Kind.COMMENT)


def delay_of(knot: Knot) -> SafeString:
    if not knot.lost:
        return SafeString("")
    return part("delay", label=days_late(knot.lost), reason=knot.reason)


def page_of(fil: Fil, page: str = "") -> str:
    return process_path(fil.process.slug, page) if fil.process else at("/suivre")


def figure_path(code: str) -> str:
    """Of the voices that meet in a theme or in a process: the figure's page, to which its files are added."""
    return f"{fil_path(code)}/figure"


def commitments_path(fil: Fil) -> str:
    return at("/engagements") + (f"?concertation={fil.process.slug}" if fil.process else "")
