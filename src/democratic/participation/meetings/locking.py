"""A meeting is locked by its row, then by its Record: whoever moves its life comes one after the other.

In this order everywhere (``locks.hold``, ``arrivals.places``), so that two never wait for each other in a ring.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import NEXT, MeetingState
from democratic.thread.models import Record, Visibility

_OVER = {
    MeetingState.CANCELLED: _("Cette rencontre est annulée."),
    MeetingState.HELD: _("Cette rencontre a eu lieu, et son compte rendu est publié."),
    MeetingState.CLOSED: _("Cette rencontre est terminée."),
    MeetingState.LIVE: _("Cette rencontre a commencé."),
}


def lock_meeting(pk: UUID) -> Meeting:
    Meeting.objects.select_for_update(of=("self",)).get(pk=pk)
    Record.objects.select_for_update(of=("self",)).get(pk=pk)
    known = Meeting.objects.select_related(
        "record__wording", "record__authority", "record__audience", "record__withdrawal", "process__record"
    )
    return known.get(pk=pk)


def is_draft(meeting: Meeting) -> bool:
    return meeting.record.visibility == Visibility.DRAFT


def refuse_unless_ahead(meeting: Meeting) -> None:
    """A draft, or announced and not begun. ``meeting`` as it stands under the lock."""
    state = MeetingState(meeting.record.state)
    if state not in (MeetingState.DRAFT, MeetingState.ANNOUNCED):
        raise Conflict(_OVER[state])


def refuse_step(meeting: Meeting, to: MeetingState) -> None:
    """What does not follow from where it stands (see ``states.NEXT``)."""
    state = MeetingState(meeting.record.state)
    if to not in NEXT[state]:
        raise Conflict(_OVER.get(state, _("Cette rencontre n’est pas encore annoncée.")))


def is_to_tell(meeting: Meeting, now: datetime) -> bool:
    """It took place, and its account is not published."""
    state = meeting.record.state
    return state == MeetingState.CLOSED or (state == MeetingState.ANNOUNCED and meeting.ends_at < now)
