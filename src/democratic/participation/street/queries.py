"""Reads of street sessions: what is public of them, and what a team and the desk see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, Exists, Q, QuerySet, When

from democratic.communities.queries import officials_of
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.participation.street.devices import hash_of
from democratic.participation.street.models import (
    CaptureKind,
    FieldDevice,
    StreetCapture,
    StreetSession,
    StreetTeamMember,
)
from democratic.participation.street.reading import Known
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Attachment, Authority, Grant, Kind, Link, LinkKind, Record
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, visible_records

# Beyond, a map of sessions is a stain.
MOST_PLACED = 200
# Nobody reads sixty taps one by one.
TOGETHER = (CaptureKind.TAP, CaptureKind.REFUSAL)


def with_words(sessions: QuerySet[StreetSession]) -> QuerySet[StreetSession]:
    return sessions.select_related(
        "record__wording",
        "record__authority",
        "process__record__wording",
        "process__record__authority",
        "process__authority",
        "poll",
    )


def visible_sessions(viewer: Viewer) -> QuerySet[StreetSession]:
    return with_words(StreetSession.objects.filter(record__in=visible_records(viewer)))


def list_sessions(
    viewer: Viewer, now: datetime, *, offset: int, limit: int, is_ahead: bool
) -> tuple[list[StreetSession], int]:
    """Those that come, soonest first; or those that were, latest first. With how many there are: two queries."""
    found = _in_time(viewer, now, is_ahead=is_ahead)
    return list(found[offset : offset + limit]), found.count()


def _in_time(viewer: Viewer, now: datetime, *, is_ahead: bool) -> QuerySet[StreetSession]:
    ahead = Q(ends_at__gte=now)
    order = ("starts_at", "pk") if is_ahead else ("-starts_at", "-pk")
    return visible_sessions(viewer).filter(ahead if is_ahead else ~ahead).order_by(*order)


def sessions_to_read(viewer: Viewer, process: UUID, now: datetime, *, limit: int) -> list[StreetSession]:
    """Of one process, as its page shows them: those that come, the soonest first, then the latest of those that were."""
    soonest = Case(When(ends_at__gte=now, then="starts_at"))
    found = visible_sessions(viewer).filter(process=process)
    return list(found.order_by(soonest.asc(nulls_last=True), "-starts_at", "pk")[:limit])


def sessions_to_place(viewer: Viewer, now: datetime, *, is_ahead: bool) -> list[StreetSession]:
    """The nearest in time, with the point of those that have one: one query."""
    return list(_in_time(viewer, now, is_ahead=is_ahead).select_related("record__point")[:MOST_PLACED])


def get_session_for(viewer: Viewer, code: str) -> StreetSession:
    session = visible_sessions(viewer).filter(record__code=code).first()
    if session is None:
        raise RecordNotFound(code)
    return session


def sessions_of_team(person: Person, authority: Authority) -> list[StreetSession]:
    """Those that one may prepare a device for, the next ones first."""
    return list(with_words(_hers(person, authority)).distinct().order_by("-starts_at", "pk")[:50])


def session_of_team(person: Person, authority: Authority, pk: UUID) -> StreetSession | None:
    """None: there is none, or she is not of its team."""
    return with_words(_hers(person, authority).filter(pk=pk)).first()


def _hers(person: Person, authority: Authority) -> QuerySet[StreetSession]:
    """Of whose team she is, as long as she works here."""
    ids = person_and_claimed(person)
    works = Grant.objects.filter(person__in=ids, authority=authority, until=None)
    mine = StreetSession.objects.filter(record__authority=authority, team__person__in=ids)
    return mine.filter(Exists(works))


def device_of(authority: Authority, token: str) -> FieldDevice | None:
    """Whoever shows this token, in time or not."""
    found = FieldDevice.objects.filter(token_hash=hash_of(token), session__record__authority=authority)
    return found.select_related("session__record__authority", "session__process", "session__poll").first()


def texts_of(session: StreetSession) -> list[Record]:
    """What comes from the net back to the street, in the order in which it was chosen."""
    sent = Link.objects.filter(target=session.pk, kind=LinkKind.DISCUSSED_IN, ended_by=None)
    return [
        each.source
        for each in sent.filter(source__visibility="public").select_related("source__wording").order_by("pk")
    ]


def known_of(session: StreetSession) -> Known:
    ranks = session.poll.options.values_list("rank", flat=True) if session.poll else ()
    return Known(
        ranks=frozenset(ranks),
        officials=frozenset(str(each.pk) for each in officials_of(session.record.authority)),
        texts=frozenset(text.code for text in texts_of(session)),
    )


def session_code_of(word: Record) -> str:
    """Of the session at which this word was given; empty: it waits at none."""
    found = StreetCapture.objects.filter(record=word).values_list("session__record__code", flat=True)
    return found.first() or ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a code that was given in the street says before its sentence is published: never its words."""

    session: StreetSession
    is_waiting: bool


def slip_of(authority: Authority, code: str) -> Slip | None:
    """None: no slip of this authority bears it, or nothing came back with it yet."""
    found = StreetCapture.objects.filter(code=code, session__record__authority=authority, record=None)
    capture = found.exclude(state=StreetCapture.State.SET_ASIDE).select_related("session__record").first()
    if capture is None:
        return None
    return Slip(capture.session, capture.state != StreetCapture.State.VALIDATED)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many captures of each kind and state."""

    n: dict[tuple[str, str], int]

    def listed(self, state: str) -> int:
        """How many ``captures_in`` shows one by one."""
        return sum(n for (kind, each), n in self.n.items() if each == state and kind not in TOGETHER)

    def of(self, *states: str, kind: str = "") -> int:
        return sum(n for (k, state), n in self.n.items() if state in states and (not kind or k == kind))


def count_captures(session: StreetSession) -> Counted:
    rows = session.captures.values_list("kind", "state").annotate(n=Count("pk")).order_by()
    return Counted({(kind, state): n for kind, state, n in rows})


def sessions_of_process(process: Process, *, offset: int, limit: int) -> tuple[list[StreetSession], int]:
    """The latest first, and how many there are."""
    every = StreetSession.objects.filter(process=process)
    return list(with_words(every).order_by("-starts_at", "-pk")[offset : offset + limit]), every.count()


def open_polls_of(process: Process) -> list[Poll]:
    """Those that a session may ask on the spot."""
    found = Poll.objects.filter(process=process, closed_at=None, record__visibility="public")
    return list(found.select_related("record__wording").order_by("pk")[:50])


def captures_in(
    session: StreetSession, state: str, *, offset: int, limit: int
) -> tuple[list[StreetCapture], int]:
    """In the order in which they were said; taps and refusals are counted beside, not listed. With how many."""
    found = session.captures.filter(state=state).exclude(kind__in=TOGETHER)
    rows = (
        found.select_related("record__authority", "near__wording")
        .prefetch_related("files__file")
        .order_by("happened_at", "seq", "uuid")
    )
    return list(rows[offset : offset + limit]), found.count()


def devices_of(session: StreetSession) -> list[FieldDevice]:
    return list(session.devices.select_related("person").order_by("-issued_at", "pk")[:50])


def others_of(device: FieldDevice, now: datetime) -> list[StreetSession]:
    """The other sessions for which she prepared a device that still sends: it may be the same one."""
    if device.person_id is None:
        return []
    running = FieldDevice.objects.filter(person=device.person_id, revoked_at=None, expires_at__gt=now)
    others = with_words(StreetSession.objects.filter(devices__in=running)).exclude(pk=device.session_id)
    return list(others.distinct().order_by("starts_at", "pk")[:10])


def team_of(session: StreetSession) -> list[StreetTeamMember]:
    return list(session.team.select_related("person").order_by("pk"))


def promised_at(viewer: Viewer, session: StreetSession) -> list[Record]:
    """The words given on the spot."""
    found = visible_records(viewer).filter(street_captures__session=session, kind=Kind.COMMITMENT)
    return list(found.select_related("wording").order_by("pk")[:20])


def photos_of(session: StreetSession) -> list[Attachment]:
    """Those of the wall, in the order in which they were shown."""
    shown = Attachment.objects.filter(record=session.pk).select_related("file", "record__wording")
    return list(shown.order_by("position")[:12])
