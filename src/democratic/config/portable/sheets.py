"""The main lists as CSV, for a spreadsheet: what is shown to everyone, in the order of time."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, FilteredRelation, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from civics.disclosure.counts import LEAST
from democratic.thread.models import Authority, Kind, LinkKind, Record, Visibility
from democratic.web.suites.csv_files import safe_cell

CHUNK = 2000
COLUMNS = {
    "code": "code",
    "day": "happened_at",
    "state": "state",
    "title": "wording__title",
    "text": "wording__text",
    "language": "wording__language",
    "by": "byline",
    "origin": "origin",
    "place": "place",
    "process": "process__code",
    "theme": "theme__code",
    "supports": "figures__supports",
    "verified": "of_verified",
    "merged_into": "merge__target__code",
    "split_from": "cut__target__code",
}

# As it is published: see RecordFigures.
_VERIFIED = Case(
    When(figures__verified=0, then=Value(f"<{LEAST}")),
    default=Cast("figures__verified", TextField()),
    output_field=TextField(),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    kinds: tuple[Kind, ...]


SHEETS = (
    Sheet("orders-and-consultations", (Kind.MANDATE, Kind.PROCESS)),
    Sheet("contributions", (Kind.IDEA, Kind.COMMENT)),
    Sheet("themes-and-answers", (Kind.THEME, Kind.ANSWER)),
    Sheet("observatories", (Kind.OBSERVATORY, Kind.HEARING, Kind.VERDICT)),
    Sheet("moderation", (Kind.RULING,)),
    Sheet("commitments-and-evidence", (Kind.DECISION, Kind.COMMITMENT, Kind.ACTION, Kind.EVIDENCE)),
    Sheet("pages-and-news", (Kind.PAGE, Kind.NEWS, Kind.COLUMN)),
    Sheet("meetings-and-debates", (Kind.MEETING, Kind.DEBATE, Kind.SOUNDING, Kind.WALL_QUESTION)),
    Sheet("street-sessions", (Kind.STREET_SESSION,)),
    Sheet("questions", (Kind.POLL,)),
    Sheet("opinions-and-referrals", (Kind.OPINION, Kind.REFERRAL)),
)


def sheet_lines(sheet: Sheet, authority: Authority) -> Iterator[bytes]:
    yield _line(["kind", *COLUMNS])
    for row in _rows(sheet, authority).iterator(chunk_size=CHUNK):
        yield _line([_cell(value) for value in row])


def _rows(sheet: Sheet, authority: Authority) -> QuerySet[Record, tuple[Any, ...]]:
    shown = (
        Record.objects.annotate(merge=_running(LinkKind.MERGED_INTO), cut=_running(LinkKind.SPLIT_FROM))
        .annotate(of_verified=_VERIFIED)
        .filter(
            authority=authority, kind__in=sheet.kinds, visibility=Visibility.PUBLIC, audience__is_public=True
        )
    )
    return shown.order_by("happened_at", "pk").values_list("kind", *COLUMNS.values())


def _running(kind: LinkKind) -> FilteredRelation:
    return FilteredRelation("links_out", condition=Q(links_out__kind=kind, links_out__ended_by=None))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(safe_cell(value.date().isoformat() if hasattr(value, "date") else str(value)))


def _line(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()
