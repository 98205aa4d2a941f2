"""A meeting is told."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_text
from democratic.participation.meetings.events import MEETING_HELD
from democratic.participation.meetings.locking import lock_meeting, refuse_step
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall.actions import close_wall
from democratic.thread.actions import append_entry, bump_pages_of, set_state
from democratic.thread.models import Origin


@transaction.atomic
def report_meeting(*, meeting: Meeting, account: str, present: Mapping[Origin, int], clock: Clock) -> None:
    """Say that it was held: how many by each seat (never who), and what was said in a few lines; once."""
    locked = lock_meeting(meeting.pk)
    record, counts = locked.record, {str(seat): int(n) for seat, n in present.items()}
    if record.state == MeetingState.HELD:
        raise Conflict(_("Le compte rendu de cette rencontre est déjà publié."))
    refuse_step(locked, MeetingState.HELD)
    Meeting.objects.filter(pk=locked.pk).update(present=counts, join_code="")
    set_state(record, MeetingState.HELD)
    append_entry(
        MEETING_HELD,
        record=record,
        now=clock.now(),
        data={"present": counts},
        words={"account": clean_text(account)},
        is_institutional=True,
    )
    close_wall(meeting=locked, clock=clock)  # of one that was not run from here
    bump_pages_of(record)
