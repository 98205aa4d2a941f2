"""Who runs a meeting."""

from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.thread.rules import Viewer, is_agent


def can_facilitate(viewer: Viewer, meeting: Meeting) -> bool:
    """An agent of its process or its authority, or whoever was named to run it."""
    if not viewer.is_signed_in or viewer.person is None:
        return False
    if is_agent(viewer, meeting.record):
        return True
    named = MeetingTeamMember.objects.filter(meeting=meeting, person=viewer.person)
    return named.filter(role=TeamRole.FACILITATES).exists()
