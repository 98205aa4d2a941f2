"""What waits for one moderator today, for the first page of the desk: one query, whatever it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import FirstValue, Least

from democratic.people.models import Person
from democratic.stewardship.moderation.charter import URGENT
from democratic.stewardship.moderation.models import Appeal, Ruling
from democratic.stewardship.moderation.rules import records_to_judge
from democratic.stewardship.moderation.states import AppealState, NoticeState
from democratic.thread.models import Visibility
from democratic.thread.rules import Viewer


class Waits(StrEnum):
    NOTICES = "notices"
    APPEALS = "appeals"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class ToJudge:
    """``n``: how many wait, the oldest ``since``. ``code``: the one to open first, grave notices before the others."""

    what: Waits
    n: int
    since: datetime
    code: str


def moderation_day(viewer: Viewer, person: Person) -> list[ToJudge]:
    """The oldest first; without her own words, nor appeals against what she decided: another person judges these."""
    first, *others = _parts(viewer, person)
    found = first.union(*others, all=True)
    return sorted(
        (ToJudge(Waits(what), n, since, code) for what, n, since, code in found),
        key=lambda each: (each.since, each.what),
    )


def _parts(viewer: Viewer, person: Person) -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    judged = records_to_judge(viewer).exclude(author=person)
    noticed = judged.filter(visibility=Visibility.PUBLIC, notices__state=NoticeState.RECEIVED)
    grave = Count("notices", filter=Q(notices__rule__in=URGENT))
    noticed = noticed.annotate(at=Min("notices__received_at"), grave=grave)
    yield _first(Waits.NOTICES, noticed.order_by(Least("grave", 1).desc(), "at", "pk"), F("code"))
    appeals = Appeal.objects.filter(state=AppealState.OPEN)
    contested = Ruling.objects.filter(pk__in=appeals.values("ruling"), subject__in=judged, second=None)
    against_it = appeals.filter(ruling=OuterRef("pk")).order_by("received_at")
    theirs = contested.exclude(ruled_by=person).annotate(at=Subquery(against_it.values("received_at")[:1]))
    yield _first(Waits.APPEALS, theirs.order_by("at", "pk"), F("record__code"))
    held = judged.filter(visibility=Visibility.HELD).annotate(at=F("recorded_at"))
    yield _first(Waits.HELD, held.order_by("at", "pk"), F("code"))


def _first(what: Waits, found: QuerySet[Any], code: F) -> QuerySet[Any, tuple[Any, ...]]:
    """One row, or none: how many there are, since when, and the code of the first."""
    counted = found.annotate(what=Value(what.value, output_field=CharField()), of=code)
    return counted.annotate(n=Window(Count("pk")), since=Window(FirstValue("at"), order_by="at")).values_list(
        "what", "n", "since", "of"
    )[:1]
