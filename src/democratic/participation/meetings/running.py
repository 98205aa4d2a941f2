"""A meeting opens and closes: numbers alone are published, of people and of seconds."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.agenda.actions import end_what_is_under_way
from democratic.participation.meetings.arrivals.joining import take_back_join_code
from democratic.participation.meetings.arrivals.naming import erase_unlisted_names
from democratic.participation.meetings.arrivals.queries import present_by_seat
from democratic.participation.meetings.codes import give_join_code
from democratic.participation.meetings.events import MEETING_CLOSED, MEETING_OPENED
from democratic.participation.meetings.floor.actions.calling import end_whoever_speaks
from democratic.participation.meetings.floor.models import SpeakingTurn
from democratic.participation.meetings.floor.queries import times_of
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locks import hold, hold_live
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.closing import close_soundings
from democratic.participation.meetings.states import NEXT, MeetingState
from democratic.participation.meetings.wall.actions import close_wall
from democratic.thread.actions import append_entry, bump_pages_of, refuse_if_withdrawn, set_state

EVERY_SCREEN = (Topic.STATE, Topic.AGENDA, Topic.FLOOR, Topic.WALL, Topic.SOUNDING, Topic.TEAM)


@transaction.atomic
def open_meeting(*, meeting_id: UUID, clock: Clock) -> Meeting:
    """It is live from now. Opened twice is opened once; one that was closed by mistake opens again."""
    meeting = hold(meeting_id)
    record = meeting.record
    if record.state == MeetingState.LIVE:
        return meeting
    if MeetingState.LIVE not in NEXT[MeetingState(record.state)]:
        raise Conflict(_("Cette rencontre ne s’ouvre pas : elle n’est pas annoncée, ou elle est racontée."))
    refuse_if_withdrawn(record)
    now = clock.now()
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=meeting.opened_at or now, closed_at=None)
    give_join_code(meeting)
    set_state(record, MeetingState.LIVE)
    append_entry(MEETING_OPENED, record=record, now=now, is_institutional=True)
    bump_pages_of(record)
    touch(meeting.pk, *EVERY_SCREEN)
    return meeting


@transaction.atomic
def close_meeting(*, meeting_id: UUID, clock: Clock) -> None:
    """Whoever speaks has spoken, names are erased but of who agreed to be named, and the code is given back."""
    meeting = hold_live(meeting_id)
    now = clock.now()
    end_whoever_speaks(meeting, clock)
    end_what_is_under_way(meeting_id=meeting.pk, clock=clock)
    SpeakingTurn.objects.filter(meeting=meeting, state=SpeakingTurn.State.WAITING).update(
        state=SpeakingTurn.State.GONE
    )
    told = _numbers(meeting)
    SpeakingTurn.objects.filter(meeting=meeting).exclude(name="").update(name="")
    erase_unlisted_names(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=now, present=told["present"])
    take_back_join_code(meeting)
    set_state(meeting.record, MeetingState.CLOSED)
    meeting.closed_at = now
    close_soundings(meeting=meeting, clock=clock)
    close_wall(meeting=meeting, clock=clock)
    append_entry(MEETING_CLOSED, record=meeting.record, now=now, data=told, is_institutional=True)
    bump_pages_of(meeting.record)
    touch(meeting.pk, *EVERY_SCREEN)


def _numbers(meeting: Meeting) -> dict[str, Any]:
    times = times_of(meeting)
    return {"present": present_by_seat(meeting), "spoken": {"seat": times.seats, "side": times.sides}}
