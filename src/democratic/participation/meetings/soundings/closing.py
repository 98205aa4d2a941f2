"""A vote closes in the meeting; who was not there may vote later, for as long as the meeting says."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.asking import locked
from democratic.participation.meetings.soundings.counting import finish, publish_count, settle
from democratic.participation.meetings.soundings.events import SOUNDING_CLOSED
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.states import SoundingState
from democratic.thread.actions import append_entry, set_state


@transaction.atomic
def close_sounding(*, sounding: Sounding, clock: Clock) -> Sounding:
    """Counted and told at once: what was given before this moment is in, and what comes after is refused or later."""
    found = locked(sounding.pk)
    if found.opened_at is None:
        raise Conflict(_("Ce vote n’est pas ouvert."))
    if found.closed_at is None:
        _close(found, clock.now())
    return found


@transaction.atomic
def close_soundings(*, meeting: Meeting, clock: Clock) -> int:
    """With the meeting: all that are open. How many there were."""
    still_open = Sounding.objects.filter(meeting=meeting, closed_at=None).exclude(opened_at=None)
    found = list(still_open.order_by("pk"))
    for sounding in found:
        close_sounding(sounding=sounding, clock=clock)
    return len(found)


def _close(sounding: Sounding, now: datetime) -> None:
    hours = sounding.meeting.later_hours
    sounding.closed_at = now
    sounding.later_until = now + timedelta(hours=hours) if hours else None
    Sounding.objects.filter(pk=sounding.pk).update(closed_at=now, later_until=sounding.later_until)
    until = sounding.later_until.isoformat() if sounding.later_until else None
    append_entry(
        SOUNDING_CLOSED,
        record=sounding.record,
        now=now,
        data={"later_until": until},
        is_institutional=True,
    )
    touch(sounding.meeting_id, Topic.SOUNDING, Topic.TEAM)
    if not hours:
        finish(sounding, now=now)
        return
    set_state(sounding.record, SoundingState.LATER)
    settle(sounding.pk)
    publish_count(sounding, now=now)
