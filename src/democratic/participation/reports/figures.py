"""Voices by day and origin, of one process or of all: what charts are made of.

Each of them is public by itself, with its origin and its day: they are counted in full (``civics.disclosure``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDate

from democratic.participation.reports.heard import INADMISSIBLE
from democratic.thread.models import Kind, Record, Visibility
from democratic.thread.queries.wholes import its_cut
from democratic.thread.rules import Viewer, visible_records

MOST_WEEKS = 60  # longer than that, weeks are too thin to be seen: months are counted


@dataclass(frozen=True, slots=True)
class Said:
    """So many voices of one origin on one day."""

    day: date
    origin: str
    n: int


@dataclass(frozen=True, slots=True)
class VoicesInTime:
    """``by_origin``: the most first. ``spans``: the first day of each week, or month, also of silent ones."""

    total: int
    since: date
    until: date
    spans: tuple[date, ...]
    by_origin: Mapping[str, int]
    by_span: Mapping[date, int]
    cells: Mapping[str, Mapping[date, int]]
    is_monthly: bool = False


def said_in(viewer: Viewer, process_id: UUID | None = None) -> list[Said]:
    """Every contribution that counts, in one query; of the authority's public processes when none is named.

    The same contributions as ``heard.voices_in`` counts: what was split is one voice, its parts are none.
    """
    ideas = (
        Record.objects.filter(
            authority=viewer.authority, kind=Kind.IDEA, audience__is_public=True, visibility=Visibility.PUBLIC
        )
        .exclude(state=INADMISSIBLE)
        .annotate(cut=its_cut())
        .filter(cut=None)
    )
    if process_id is None:
        shown = visible_records(Viewer(viewer.authority)).filter(kind=Kind.PROCESS)
        ideas = ideas.filter(process__in=shown.values("pk"))
    else:
        ideas = ideas.filter(process=process_id)
    day = TruncDate("happened_at", tzinfo=ZoneInfo(viewer.authority.time_zone))
    rows = ideas.order_by().values_list(day, "origin").annotate(n=Count("pk"))
    return [Said(*row) for row in rows.order_by(day, "origin")]


def in_time(said: Iterable[Said]) -> VoicesInTime | None:
    """None when nothing was said."""
    rows = sorted(said, key=lambda row: row.day)
    if not rows:
        return None
    spans, is_monthly = _spans(rows[0].day, rows[-1].day)
    by_origin, cells = Counter[str](), Counter[tuple[str, date]]()
    for row in rows:
        by_origin[row.origin] += row.n
        cells[row.origin, start_of(row.day, is_monthly=is_monthly)] += row.n
    order = sorted(by_origin, key=lambda code: (-by_origin[code], code))
    return VoicesInTime(
        by_origin.total(), rows[0].day, rows[-1].day, spans,
        {code: by_origin[code] for code in order},
        {span: sum(cells[code, span] for code in order) for span in spans},
        {code: {span: cells[code, span] for span in spans} for code in order},
        is_monthly,
    )  # fmt: skip


def start_of(day: date, *, is_monthly: bool) -> date:
    """Its Monday, or the first of its month."""
    return day.replace(day=1) if is_monthly else day - timedelta(days=day.weekday())


def _spans(first: date, last: date) -> tuple[tuple[date, ...], bool]:
    is_monthly = (last - first).days > MOST_WEEKS * 7
    span, spans = start_of(first, is_monthly=is_monthly), []
    while span <= last:
        spans.append(span)
        span = start_of(span + timedelta(days=32 if is_monthly else 7), is_monthly=is_monthly)
    return tuple(spans), is_monthly
