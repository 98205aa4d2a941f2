"""Who runs a meeting, who answers in it, and who helps them."""

from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.thread.rules import Viewer, is_agent


def _has(viewer: Viewer, meeting: Meeting, *roles: TeamRole) -> bool:
    if viewer.person is None or not viewer.is_signed_in:
        return False
    return MeetingTeamMember.objects.filter(meeting=meeting, person=viewer.person, role__in=roles).exists()


def can_facilitate(viewer: Viewer, meeting: Meeting) -> bool:
    return bool(is_agent(viewer, meeting.record)) or _has(viewer, meeting, TeamRole.FACILITATES)


def can_answer(viewer: Viewer, meeting: Meeting) -> bool:
    return _has(viewer, meeting, TeamRole.ANSWERS)


def can_aid(viewer: Viewer, meeting: Meeting) -> bool:
    return _has(viewer, meeting, TeamRole.AIDS) or can_facilitate(viewer, meeting)
