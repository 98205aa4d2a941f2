"""The floor goes from one to the next. Whoever calls says what she saw, so that two who call at once call one."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.events import FLOOR_OVERRIDDEN
from democratic.participation.meetings.floor.actions.asking import SHOWN
from democratic.participation.meetings.floor.models import FloorOverride, Side, SpeakingTurn
from democratic.participation.meetings.floor.queries import Turn, Waiting, floor_of
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locks import hold_live
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.thread.actions import append_entry

State = SpeakingTurn.State
REASON_LIMIT, FUNCTION_LIMIT = 200, 120


class FloorMoved(Conflict):
    """Another facilitator came first. The message says how the floor stands."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the facilitator had before her eyes: who spoke (None: nobody)."""

    speaking: UUID | None


@transaction.atomic
def call_next(*, meeting_id: UUID, turn_id: UUID, seen: Seen, clock: Clock) -> SpeakingTurn:
    """The first by the rule; ``turn_id`` is the one that she read as the first."""
    meeting = hold_live(meeting_id)
    floor = floor_of(meeting)
    _refuse_if_moved(floor.speaking, seen)
    if not floor.waiting:
        raise FloorMoved(_("Plus personne n’attend dans la file."))
    first = floor.waiting[0].turn
    if first.pk != turn_id:
        raise FloorMoved(
            gettext("La file a changé pendant ce temps. Par la règle, c’est maintenant à %(who)s.")
            % {"who": called(first)}
        )
    return _begin(meeting, first.pk, clock)


@transaction.atomic
def call_early(
    *, meeting_id: UUID, turn_id: UUID, seen: Seen, reason: str, function: str, by: Person, clock: Clock
) -> SpeakingTurn:
    """Before her turn: a public line, with the reason, the place that the rule gave her, and no name."""
    meeting = hold_live(meeting_id)
    why = clean_line(reason)[:REASON_LIMIT]
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    floor = floor_of(meeting)
    _refuse_if_moved(floor.speaking, seen)
    asked = next((each for each in floor.waiting if each.turn.pk == turn_id), None)
    if asked is None:
        raise FloorMoved(_("Cette personne n’attend plus : elle a parlé, ou retiré sa demande."))
    if asked.place.place > 1:
        _tell(meeting, asked, why, clean_line(function)[:FUNCTION_LIMIT], by, clock)
    return _begin(meeting, asked.turn.pk, clock)


def _tell(meeting: Meeting, asked: Waiting, why: str, function: str, by: Person, clock: Clock) -> None:
    now, place = clock.now(), asked.place.place
    FloorOverride.objects.create(
        meeting=meeting, turn_id=asked.turn.pk, by=by, function=function, reason=why, place=place, at=now
    )
    append_entry(
        FLOOR_OVERRIDDEN,
        record=meeting.record,
        now=now,
        data={"place": place, "rule": meeting.floor_rule, "seat": asked.turn.seat},
        words={"reason": why, "function": function},
        is_institutional=True,
    )


@transaction.atomic
def give_floor(*, meeting_id: UUID, name: str, side: Side, seen: Seen, clock: Clock) -> SpeakingTurn:
    """To someone who answers, at once: she is not in the queue, and takes no turn of the public's."""
    meeting = hold_live(meeting_id)
    if side == Side.PUBLIC:
        raise Refusal(_("Le public passe par la file."), field="side")
    _refuse_if_moved(floor_of(meeting).speaking, seen)
    turn = SpeakingTurn.objects.create(
        meeting=meeting, name=clean_line(name)[:80], seat=Seat.ROOM, side=side, asked_at=clock.now()
    )
    return _begin(meeting, turn.pk, clock)


@transaction.atomic
def end_turn(*, meeting_id: UUID, turn_id: UUID, clock: Clock) -> None:
    """Ended by another meanwhile is no fault."""
    meeting = hold_live(meeting_id)
    if _end(meeting, clock, turn_id):
        touch(meeting.pk, *SHOWN)


def end_whoever_speaks(meeting: Meeting, clock: Clock) -> None:
    """In the caller's transaction, under the meeting's lock."""
    _end(meeting, clock)


def _end(meeting: Meeting, clock: Clock, turn_id: UUID | None = None) -> int:
    speaking = SpeakingTurn.objects.filter(meeting=meeting, state=State.SPEAKING)
    if turn_id is not None:
        speaking = speaking.filter(pk=turn_id)
    return speaking.update(state=State.SPOKEN, ended_at=clock.now())


def _begin(meeting: Meeting, turn_id: UUID, clock: Clock) -> SpeakingTurn:
    _end(meeting, clock)
    turn = SpeakingTurn.objects.get(pk=turn_id)
    turn.state, turn.started_at = State.SPEAKING, clock.now()
    turn.item = AgendaItem.objects.filter(meeting=meeting, state=AgendaItem.State.NOW).first()
    turn.save(update_fields=["state", "started_at", "item"])
    touch(meeting.pk, *SHOWN)
    return turn


def _refuse_if_moved(speaking: Turn | None, seen: Seen) -> None:
    if (speaking.pk if speaking else None) == seen.speaking:
        return
    if speaking is None:
        raise FloorMoved(_("Le tour que vous voyiez vient de finir : plus personne n’a la parole."))
    raise FloorMoved(
        gettext(
            "Quelqu’un d’autre vient de donner la parole : %(who)s parle maintenant. Rien n’a été doublé."
        )
        % {"who": called(speaking)}
    )


def called(turn: Turn) -> str:
    """How she is called to the floor."""
    if turn.name:
        return turn.name
    return (
        gettext("une personne à distance")
        if turn.seat == Seat.REMOTE
        else gettext("une personne dans la salle")
    )
