"""Reads of what is told after a meeting: the minutes by version, what was asked of them, the essential."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Attendance, Registration
from democratic.participation.meetings.events import CATCH_UP_TOLD
from democratic.participation.meetings.minutes.models import (
    Amendment,
    CaptionLine,
    Minutes,
    MinutesBlock,
    Recording,
)
from democratic.participation.meetings.minutes.states import SHOWN
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Opening, Origin


@dataclass(frozen=True, slots=True)
class CatchUp:
    """The last that was told: five lines at most, what is decided, and when."""

    account: str
    decisions: list[str]
    at: datetime | None


def catch_up_of(meeting: Meeting) -> CatchUp | None:
    """One query. None: not told yet, or erased."""
    told = Opening.objects.filter(entry__record=meeting.pk, entry__kind=CATCH_UP_TOLD.kind)
    rows = list(told.order_by("-entry_id").values_list("entry_id", "part", "value", "entry__at")[:2])
    words = {part: value for entry, part, value, _at in rows if entry == rows[0][0]}
    if "account" not in words:
        return None
    return CatchUp(str(words["account"]), [str(each) for each in words.get("decisions", [])], rows[0][3])


def shown_versions(meeting: Meeting) -> QuerySet[Minutes]:
    """The newest first."""
    return Minutes.objects.filter(meeting=meeting, state__in=SHOWN).order_by("-version")


def latest_shown(meeting: Meeting) -> Minutes | None:
    return shown_versions(meeting).first()


def minutes_to_write(meeting: Meeting) -> tuple[Minutes | None, Minutes | None]:
    """The draft, and the newest version that is shown; one query."""
    found = list(Minutes.objects.filter(meeting=meeting).order_by("-version"))
    draft = next((each for each in found if each.state == Minutes.State.DRAFT), None)
    return draft, next((each for each in found if each.state in SHOWN), None)


def blocks_of(minutes: Iterable[Minutes]) -> dict[UUID, list[MinutesBlock]]:
    """In their order, by version, with what they tell of; one query."""
    found: dict[UUID, list[MinutesBlock]] = {each.pk: [] for each in minutes}
    for block in (
        MinutesBlock.objects.filter(minutes__in=list(found))
        .select_related("item", "about__wording")
        .order_by("minutes", "rank")
    ):
        found[block.minutes_id].append(block)
    return found


def items_of(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(meeting=meeting))


def amendment_counts(meeting: Meeting) -> dict[str, int]:
    """{asked, taken, refused}: of all versions; ``asked`` counts them all."""
    states = Amendment.State
    return Amendment.objects.filter(minutes__meeting=meeting).aggregate(
        asked=Count("pk"),
        taken=Count("pk", filter=Q(state=states.TAKEN)),
        refused=Count("pk", filter=Q(state=states.REFUSED)),
    )


def answered_amendments(meeting: Meeting, *, limit: int = 100) -> list[Amendment]:
    """For everyone: their version, block, outcome and reason; what was asked and by whom is not shown."""
    answered = Amendment.objects.filter(minutes__meeting=meeting).exclude(state=Amendment.State.ASKED)
    return list(answered.select_related("minutes").defer("text").order_by("answered_at", "pk")[:limit])


def amendments_to_answer(meeting: Meeting, *, limit: int = 50) -> tuple[list[Amendment], int]:
    """For who writes: the oldest first, and how many wait."""
    waiting = Amendment.objects.filter(minutes__meeting=meeting, state=Amendment.State.ASKED)
    return list(waiting.select_related("minutes").order_by("asked_at", "pk")[:limit]), waiting.count()


def amendment_of(meeting: Meeting, amendment: UUID) -> Amendment | None:
    found = Amendment.objects.filter(pk=amendment, minutes__meeting=meeting)
    return found.select_related("minutes__meeting").first()


def amendments_by(meeting: Meeting, person: Person) -> list[Amendment]:
    """Her own, with what became of them."""
    hers = Amendment.objects.filter(minutes__meeting=meeting, person__in=person_and_claimed(person))
    return list(hers.select_related("minutes").order_by("asked_at", "pk"))


def recordings_of(meeting: Meeting) -> list[Recording]:
    """The first in time first; one whose beginning is not known last."""
    return sorted(
        Recording.objects.filter(meeting=meeting).order_by("pk"),
        key=lambda each: (each.starts_at is None, each.starts_at or meeting.starts_at),
    )


def present_by_seat(meeting: Meeting) -> dict[Origin, int]:
    """As the meeting told it, with who came later since; or else as it is counted now."""
    seats = Attendance.objects.filter(meeting=meeting).order_by().values_list("seat")
    now = {Origin(seat): n for seat, n in seats.annotate(n=Count("pk"))}
    if not meeting.present:
        return now
    told = {Origin(seat): int(n) for seat, n in meeting.present.items() if seat in Origin.values}
    return told | ({Origin.LATER: now[Origin.LATER]} if Origin.LATER in now else {})


@dataclass(frozen=True, slots=True)
class Told:
    """``is_run``: it was opened and closed here, so that there is something to catch up with."""

    is_run: bool
    has_minutes: bool
    has_transcript: bool


def what_is_told(meeting: Meeting) -> Told:
    """One query."""
    shown = Exists(Minutes.objects.filter(meeting=OuterRef("pk"), state__in=SHOWN))
    said = Exists(CaptionLine.objects.filter(meeting=OuterRef("pk")))
    found = Meeting.objects.filter(pk=meeting.pk).values_list(shown, said).get()
    return Told(meeting.closed_at is not None, *found)


def who_came(meeting_id: UUID) -> set[UUID]:
    return set(Attendance.objects.filter(meeting=meeting_id).values_list("person", flat=True))


def who_meant_to_come(meeting_id: UUID) -> set[UUID]:
    kept = Registration.objects.filter(meeting=meeting_id).exclude(state=Registration.State.GIVEN_UP)
    return set(kept.values_list("person", flat=True))
