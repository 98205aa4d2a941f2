"""Who may do what in a meeting. (The helper who wires the live screens owns this file; here is what minutes ask of it.)"""

from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.thread.rules import Viewer, is_agent


def can_write_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """An agent of its process or authority, or who takes the notes, or runs it."""
    return is_agent(viewer, meeting.record) or _is_in_team(
        viewer, meeting, TeamRole.WRITES, TeamRole.FACILITATES
    )


def _is_in_team(viewer: Viewer, meeting: Meeting, *roles: TeamRole) -> bool:
    if viewer.person is None or not viewer.is_signed_in:
        return False
    return MeetingTeamMember.objects.filter(meeting=meeting, person=viewer.person, role__in=roles).exists()
