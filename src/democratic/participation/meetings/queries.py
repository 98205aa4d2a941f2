"""Reads of meetings: the agenda, the next ones, one of them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When

from democratic.participation.meetings.events import (
    CATCH_UP_TOLD,
    MEETING_CANCELLED,
    MEETING_CHANGED,
    MEETING_HELD,
    MEETING_POSTPONED,
)
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.processes.timeline import midnight
from democratic.thread.models import Entry, Link, LinkKind, Opening, Record, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, records_in_reach, visible_records

ACCOUNTS = (MEETING_HELD.kind, CATCH_UP_TOLD.kind)


def visible_meetings(viewer: Viewer) -> QuerySet[Meeting]:
    return Meeting.objects.filter(record__in=visible_records(viewer))


def next_meetings(viewer: Viewer, today: date, limit: int = 3) -> list[Meeting]:
    """From today's first hour on: a meeting of today stays until midnight. One that is called off is not to come."""
    running = visible_meetings(viewer).exclude(record__state=MeetingState.CANCELLED)
    return list(_with_words(running.filter(_ahead(viewer, today)))[:limit])


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """One page of the agenda: what comes, soonest first, then what was, latest first. Totals are of each."""

    ahead: list[Meeting]
    past: list[Meeting]
    total_ahead: int
    total_past: int


def agenda(
    viewer: Viewer, today: date, *, offset: int, limit: int, process_id: UUID | None = None
) -> AgendaPage:
    """Rows ``offset`` to ``offset + limit`` of one list: all that comes, then all that was. Three queries."""
    everything = visible_meetings(viewer)
    if process_id:
        everything = everything.filter(process=process_id)
    is_ahead = _ahead(viewer, today)
    totals = everything.aggregate(ahead=Count("pk", filter=is_ahead), all=Count("pk"))
    total_ahead, total_past = totals["ahead"], totals["all"] - totals["ahead"]
    ahead = list(_with_words(everything.filter(is_ahead))[offset : offset + limit])
    room = limit - len(ahead)
    start = max(0, offset - total_ahead)
    past = _with_words(everything.exclude(is_ahead)).order_by("-starts_at", "-pk")[start : start + room]
    return AgendaPage(ahead, list(past) if room else [], total_ahead, total_past)


def get_meeting_for(viewer: Viewer, code: str) -> Meeting:
    meeting = _with_words(visible_meetings(viewer).filter(record__code=code)).first()
    if meeting is None:
        raise RecordNotFound(code)
    return meeting


def prepared_at_the_desk(viewer: Viewer) -> QuerySet[Meeting]:
    """Drafts included. What a body keeps to its members, where and when they meet included, is theirs alone."""
    found = Meeting.objects.filter(
        record__authority=viewer.authority, record__visibility__in=(Visibility.PUBLIC, Visibility.DRAFT)
    )
    return found.filter(Q(body=None) | Q(record__in=records_in_reach(viewer)))


def desk_meetings(viewer: Viewer, now: datetime, *, offset: int, limit: int) -> tuple[list[Meeting], int]:
    """All of an authority, drafts included: those that come, the soonest first, then those that were."""
    known = prepared_at_the_desk(viewer)
    is_over = Case(When(ends_at__lt=now, then=1), default=0)
    soonest = Case(When(ends_at__gte=now, then=F("starts_at")))
    ordered = known.order_by(is_over, soonest, "-starts_at", "pk")
    found = ordered.select_related("record__wording", "process__record__wording", "body")
    return list(found[offset : offset + limit]), known.count()


@dataclass(frozen=True, slots=True)
class Change:
    """A public line: the meeting was moved, put off or called off, and why. ``was``: the hour announced before."""

    kind: str
    at: datetime
    reason: str
    function: str
    was: datetime | None


CHANGES = (MEETING_CHANGED.kind, MEETING_POSTPONED.kind, MEETING_CANCELLED.kind)


def changes_of(meeting: Meeting) -> list[Change]:
    """What was told with a reason, the last first."""
    entries = Entry.objects.filter(record=meeting.record_id, kind__in=CHANGES).order_by("-pk")
    said = [
        (entry, {opening.part: str(opening.value) for opening in entry.openings.all()})
        for entry in entries.prefetch_related("openings")[:20]
    ]
    return [
        Change(
            entry.kind, entry.at, words["reason"], words.get("function", ""), _moment(entry.data.get("was"))
        )
        for entry, words in said
        if entry.at is not None and words.get("reason")
    ]


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def account_of(meeting: Meeting) -> tuple[str, datetime | None]:
    """What was said, in a few lines, and when it was published; empty when it was not, or was erased."""
    told = (
        Opening.objects.filter(entry__record=meeting.record_id, entry__kind__in=ACCOUNTS, part="account")
        .order_by("-entry_id")
        .values_list("value", "entry__at")
        .first()
    )
    return (str(told[0]), told[1]) if told else ("", None)


def discussed_in(viewer: Viewer, meeting: Meeting) -> list[Record]:
    """What was discussed there, by Links."""
    sources = Link.objects.filter(target=meeting.record_id, kind=LinkKind.DISCUSSED_IN, ended_by=None)
    return list(
        visible_records(viewer)
        .filter(pk__in=sources.values("source"))
        .select_related("wording")
        .order_by("recorded_at")[:50]
    )


def _ahead(viewer: Viewer, today: date) -> Q:
    return Q(ends_at__gte=midnight(today, viewer.authority.time_zone))


def _with_words(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related(
        "record__wording", "record__audience", "process__record__wording", "body__record"
    ).order_by("starts_at", "pk")
