"""Voices by day and origin, of one process or of each: what charts are made of, as it may be published."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDate

from civics.disclosure.grids import LEAST, protect
from civics.disclosure.sums import add_known, add_up
from democratic.participation.reports.heard import INADMISSIBLE
from democratic.thread.models import Kind, Record, Visibility
from democratic.thread.rules import Viewer, visible_records

MOST_WEEKS = 60  # longer than that, weeks are too thin to be seen: months are counted


@dataclass(frozen=True, slots=True)
class Said:
    """So many voices of one origin on one day."""

    process_id: UUID
    day: date
    origin: str
    n: int


@dataclass(frozen=True, slots=True)
class VoicesInTime:
    """As it may be published: None where a count would point at a few people.

    ``by_origin``: the most first; of several processes, the least that is known, ``is_partial`` then.

    ``spans``: the first day of each week, or of each month, with those in which nothing was said.
    """

    total: int
    since: date
    until: date
    spans: tuple[date, ...]
    by_origin: Mapping[str, int | None]
    by_span: Mapping[date, int | None]
    cells: Mapping[str, Mapping[date, int | None]]
    is_monthly: bool = False
    is_partial: bool = False

    @property
    def unsaid(self) -> int:
        """Voices whose origin is not published: nothing more than the total without the others."""
        return self.total - sum(n or 0 for n in self.by_origin.values())

    @property
    def hides(self) -> bool:
        totals = [*self.by_origin.values(), *self.by_span.values()]
        return None in totals or any(None in counts.values() for counts in self.cells.values())


def said_in(viewer: Viewer, process_id: UUID | None = None) -> list[Said]:
    """Every contribution that counts, in one query; of the authority's public processes when none is named.

    The same contributions as ``heard.voices_in`` counts.
    """
    ideas = Record.objects.filter(
        authority=viewer.authority, kind=Kind.IDEA, audience__is_public=True, visibility=Visibility.PUBLIC
    ).exclude(state=INADMISSIBLE)
    if process_id is None:
        shown = visible_records(Viewer(viewer.authority)).filter(kind=Kind.PROCESS)
        ideas = ideas.filter(process__in=shown.values("pk"))
    else:
        ideas = ideas.filter(process=process_id)
    day = TruncDate("happened_at", tzinfo=ZoneInfo(viewer.authority.time_zone))
    rows = ideas.order_by().values_list("process_id", day, "origin").annotate(n=Count("pk"))
    return [Said(*row) for row in rows.order_by("process_id", day, "origin")]


def in_time(said: Iterable[Said], least: int = LEAST) -> VoicesInTime | None:
    """Each process protected by itself, then added up: the sum says nothing that its parts do not.

    A process with too few voices to show anything is left out. None when nothing is left.
    """
    rows = sorted(said, key=lambda row: row.day)
    if not rows:
        return None
    spans, is_monthly = _spans(rows[0].day, rows[-1].day)
    by_process: dict[UUID, list[Said]] = defaultdict(list)
    for row in rows:
        by_process[row.process_id].append(row)
    each = [_protected(part, spans, is_monthly, least) for part in by_process.values()]
    parts = [part for part in each if part is not None]
    if not parts:
        return None
    by_origin = add_known(part.by_origin for part in parts)
    order = sorted(by_origin, key=lambda code: (by_origin[code] is None, -(by_origin[code] or 0), code))
    by_span = add_up({str(span): n for span, n in part.by_span.items()} for part in parts)
    cells = {
        code: add_up(
            {str(span): n for span, n in part.cells[code].items()} for part in parts if code in part.cells
        )
        for code in order
    }
    return VoicesInTime(
        sum(part.total for part in parts), rows[0].day, rows[-1].day, spans,
        {code: by_origin[code] for code in order},
        {span: by_span[str(span)] for span in spans},
        {code: {span: counts[str(span)] for span in spans} for code, counts in cells.items()},
        is_monthly,
        len(parts) > 1 and any(None in part.by_origin.values() for part in parts),
    )  # fmt: skip


def _protected(
    rows: list[Said],
    spans: tuple[date, ...],
    is_monthly: bool,  # noqa: FBT001
    least: int,
) -> VoicesInTime | None:
    counts: Counter[tuple[str, date]] = Counter()
    for row in rows:
        counts[row.origin, start_of(row.day, is_monthly=is_monthly)] += row.n
    origins = sorted({row.origin for row in rows})
    grid = protect([[counts[origin, span] for span in spans] for origin in origins], least)
    if grid is None:
        return None
    return VoicesInTime(
        grid.total, rows[0].day, rows[-1].day, spans,
        dict(zip(origins, grid.rows, strict=True)),
        dict(zip(spans, grid.columns, strict=True)),
        {origin: dict(zip(spans, line, strict=True)) for origin, line in zip(origins, grid.cells, strict=True)},
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
