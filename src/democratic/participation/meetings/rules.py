"""Who runs a meeting: agents where it belongs, and those whom its team names."""

from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.people.queries import person_and_claimed
from democratic.thread.rules import Viewer, is_agent


def can_facilitate(viewer: Viewer, meeting: Meeting) -> bool:
    return is_agent(viewer, meeting.record) or has_place(viewer, meeting, TeamRole.FACILITATES)


def can_answer(viewer: Viewer, meeting: Meeting) -> bool:
    return has_place(viewer, meeting, TeamRole.ANSWERS)


def can_aid(viewer: Viewer, meeting: Meeting) -> bool:
    """Write for whoever answers."""
    return has_place(viewer, meeting, TeamRole.AIDS) or can_facilitate(viewer, meeting)


def can_write_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    return has_place(viewer, meeting, TeamRole.WRITES) or can_facilitate(viewer, meeting)


def has_place(viewer: Viewer, meeting: Meeting, *roles: TeamRole) -> bool:
    if viewer.person is None or not viewer.is_signed_in:
        return False
    team = MeetingTeamMember.objects.filter(meeting=meeting, role__in=roles)
    return team.filter(person__in=person_and_claimed(viewer.person)).exists()
