"""One lock a meeting for what its screens order: who speaks, which point is under way, whether it is open.

It is the meeting's own row, in the mode that lets people come in and ask meanwhile: a row that points to it waits
for nobody.
"""

from uuid import UUID

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.running_now import refuse_unless_live


def hold(meeting_id: UUID) -> Meeting:
    """Until the transaction ends; with its Record, read under the lock."""
    Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting_id)
    return Meeting.objects.select_related("record__authority").get(pk=meeting_id)


def hold_live(meeting_id: UUID) -> Meeting:
    """The same, or MeetingNotLive."""
    meeting = hold(meeting_id)
    refuse_unless_live(meeting)
    return meeting
