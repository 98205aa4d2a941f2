"""Who runs a meeting: agents of what it belongs to, and those whom they named in its team."""

from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.people.queries import person_and_claimed
from democratic.thread.rules import Viewer, is_agent

_AIDS = {TeamRole.AIDS, TeamRole.FACILITATES}
_WRITES = {TeamRole.WRITES, TeamRole.FACILITATES}


def roles_in(viewer: Viewer, meeting: Meeting) -> frozenset[TeamRole]:
    """Hers in this meeting; an agent of its process or its authority facilitates. One query at most."""
    if viewer.person is None or not viewer.is_signed_in or meeting.record.authority_id != viewer.authority.pk:
        return frozenset()
    hers = MeetingTeamMember.objects.filter(meeting=meeting, person__in=person_and_claimed(viewer.person))
    roles = {TeamRole(role) for role in hers.values_list("role", flat=True)}
    return frozenset(roles | ({TeamRole.FACILITATES} if is_agent(viewer, meeting.record) else set()))


def can_facilitate(viewer: Viewer, meeting: Meeting) -> bool:
    return TeamRole.FACILITATES in roles_in(viewer, meeting)


def can_answer(viewer: Viewer, meeting: Meeting) -> bool:
    return TeamRole.ANSWERS in roles_in(viewer, meeting)


def can_aid(viewer: Viewer, meeting: Meeting) -> bool:
    return bool(_AIDS & roles_in(viewer, meeting))


def can_write_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    return bool(_WRITES & roles_in(viewer, meeting))


def function_of(viewer: Viewer, meeting: Meeting) -> str:
    """What everyone reads instead of her name; empty when nobody said it."""
    if viewer.person is None:
        return ""
    hers = MeetingTeamMember.objects.filter(meeting=meeting, person__in=person_and_claimed(viewer.person))
    return hers.exclude(function="").values_list("function", flat=True).first() or ""
