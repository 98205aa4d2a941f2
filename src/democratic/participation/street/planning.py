"""A session is announced in public, changed before it is held, and its team may prepare devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.territory.geometry import Point
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_unless_published
from democratic.participation.street.events import STREET_SESSION_CHANGED, STREET_SESSION_PLANNED
from democratic.participation.street.models import StreetSession, StreetTeamMember, TeamRole
from democratic.participation.street.states import NEXT, SessionState
from democratic.people.models import Person
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    bump_pages_of,
    keep_point,
    move_point,
    open_record,
    refuse_if_withdrawn,
    reword_record,
    set_state,
)
from democratic.thread.models import Kind, Origin, Record

PLACE_LIMIT, MISSING_LIMIT = 80, 300


@dataclass(frozen=True, slots=True)
class Outing:
    """What is planned. ``team``: who goes, and as what; ``missing``: who has not been heard yet, between agents."""

    question: str
    place: str
    starts_at: datetime
    ends_at: datetime
    team: Mapping[UUID, TeamRole]
    poll: Poll | None = None
    missing: str = ""
    point: Point | None = None

    def checked(self, process: Process) -> "Outing":
        question, place = clean_line(self.question), clean_line(self.place)
        if not question:
            raise Refusal(_("Écrivez la question que l’on pose dans la rue."), field="question")
        if not place or len(place) > PLACE_LIMIT:
            raise Refusal(
                _("Dites où, en 80 signes au plus : les passants doivent vous trouver."), field="place"
            )
        if self.ends_at <= self.starts_at:
            raise Refusal(_("Un rendez-vous finit après avoir commencé."), field="ends_at")
        if not self.team:
            raise Refusal(_("Choisissez qui y va : au moins une personne."), field="team")
        if self.poll is not None and self.poll.process_id != process.pk:
            raise Refusal(_("Cette question est d’une autre concertation."), field="poll")
        missing = clean_line(self.missing)[:MISSING_LIMIT]
        return Outing(
            question, place, self.starts_at, self.ends_at, self.team, self.poll, missing, self.point
        )


@transaction.atomic
def plan_session(*, process: Process, outing: Outing, author: Person | None, clock: Clock) -> StreetSession:
    refuse_unless_published(process)
    refuse_if_withdrawn(process.record)
    plan = outing.checked(process)
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.STREET_SESSION,
            process=process.record,
            audience=process.record.audience,
            words=Words(title=plan.question),
            event=STREET_SESSION_PLANNED,
            author=author,
            origin=Origin.STREET,
            state=SessionState.PLANNED,
            place=plan.place,
            happened_at=plan.starts_at,
            is_institutional=True,
            data=_when(plan),
            extra_words={"place": plan.place},
        ),
        clock=clock,
    )
    if plan.point is not None:
        keep_point(record=record, point=plan.point)
    session = StreetSession.objects.create(
        record=record,
        process=process,
        poll=plan.poll,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        missing=plan.missing,
    )
    _name_team(session, plan.team)
    bump_pages_of(record)
    return session


@transaction.atomic
def change_session(*, session: StreetSession, outing: Outing, clock: Clock) -> StreetSession:
    """In public, as long as it is only announced."""
    locked = lock_session(session.pk)
    if locked.record.state != SessionState.PLANNED:
        raise Conflict(_("Ce rendez-vous a eu lieu : il ne change plus."))
    plan = outing.checked(locked.process)
    reword_record(record=locked.record, words=Words(title=plan.question), clock=clock, is_institutional=True)
    Record.objects.filter(pk=locked.pk).update(place=plan.place, happened_at=plan.starts_at)
    locked.starts_at, locked.ends_at = plan.starts_at, plan.ends_at
    locked.poll, locked.missing = plan.poll, plan.missing
    locked.save(update_fields=["starts_at", "ends_at", "poll", "missing"])
    move_point(record=locked.record, point=plan.point)
    _name_team(locked, plan.team)
    append_entry(
        STREET_SESSION_CHANGED,
        record=locked.record,
        now=clock.now(),
        data=_when(plan),
        words={"title": plan.question, "place": plan.place},
        is_institutional=True,
    )
    bump_pages_of(locked.record)
    return locked


def _when(plan: Outing) -> dict[str, str]:
    return {"starts_at": plan.starts_at.isoformat(), "ends_at": plan.ends_at.isoformat()}


def _name_team(session: StreetSession, team: Mapping[UUID, TeamRole]) -> None:
    StreetTeamMember.objects.filter(session=session).delete()
    StreetTeamMember.objects.bulk_create(
        [StreetTeamMember(session=session, person_id=person, role=role) for person, role in team.items()]
    )


def lock_session(pk: UUID) -> StreetSession:
    """With its record, locked: two agents who read the same captures come one after the other.

    Not its key: devices send meanwhile, and wait for nobody.
    """
    found = StreetSession.objects.select_for_update(of=("self", "record"), no_key=True)
    return found.select_related(
        "record__authority",
        "record__wording",
        "process__record__authority",
        "process__mandate",
        "poll__record",
    ).get(pk=pk)


def move(session: StreetSession, state: SessionState) -> None:
    """Locked by the caller. Conflict: its life does not go there."""
    if state not in NEXT[SessionState(session.record.state)]:
        raise Conflict(_("Ce rendez-vous n’en est pas là."))
    set_state(session.record, state)


def is_ahead(session: StreetSession, now: datetime) -> bool:
    """It is announced and has not begun: what devices send is a trial."""
    return session.record.state == SessionState.PLANNED and now < session.starts_at


@transaction.atomic
def close_collection(*, session: StreetSession, clock: Clock, weather: str = "", notes: str = "") -> None:
    """It was held: what came back is read again. Twice is once; nothing is public yet, so no Entry.

    Of a session that has not begun, nothing is kept: it stays announced.
    """
    locked = lock_session(session.pk)
    if is_ahead(locked, clock.now()):
        return
    if locked.record.state == SessionState.PLANNED:
        move(locked, SessionState.HELD)
        bump_pages_of(locked.record)
    told = {"weather": clean_line(weather)[:PLACE_LIMIT], "notes": notes}
    StreetSession.objects.filter(pk=locked.pk).update(**{name: said for name, said in told.items() if said})
