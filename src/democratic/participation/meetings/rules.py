"""Who runs a meeting: agents of what it belongs to, those whom they named in its team, and at home a body's own members."""

from django.utils.translation import gettext as _

from democratic.communities.houses.models import House, Right
from democratic.communities.houses.queries import Presence, presence_in
from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.people.queries import person_and_claimed
from democratic.thread.rules import Viewer, is_agent

_AIDS = {TeamRole.AIDS, TeamRole.FACILITATES}
_WRITES = {TeamRole.WRITES, TeamRole.FACILITATES}
# What her role or skill at home lets her do in the body's own meetings, for as long as she holds it.
AT_HOME = {Right.AGENDA: TeamRole.FACILITATES, Right.MINUTES: TeamRole.WRITES}


def roles_in(viewer: Viewer, meeting: Meeting) -> frozenset[TeamRole]:
    """Hers in this meeting; an agent of its process or its authority facilitates. One query, six in a body's meeting."""
    roles = _roles_given(viewer, meeting)
    if roles is None:
        return frozenset()
    if not is_agent(viewer, meeting.record) and (presence := presence_at(viewer, meeting)) is not None:
        roles |= {role for right, role in AT_HOME.items() if presence.may(right)}
    return frozenset(roles)


def _roles_given(viewer: Viewer, meeting: Meeting) -> set[TeamRole] | None:
    """By the authority: as an agent, or named in the team. None for who may have no role here."""
    if viewer.person is None or not viewer.is_signed_in or meeting.record.authority_id != viewer.authority.pk:
        return None
    hers = MeetingTeamMember.objects.filter(meeting=meeting, person__in=person_and_claimed(viewer.person))
    roles = {TeamRole(role) for role in hers.values_list("role", flat=True)}
    if is_agent(viewer, meeting.record):
        roles.add(TeamRole.FACILITATES)
    return roles


def presence_at(viewer: Viewer, meeting: Meeting) -> Presence | None:
    """Hers today in the body whose meeting it is, when that body is at home here."""
    if meeting.body_id is None or viewer.person is None or not viewer.is_signed_in:
        return None
    house = House.objects.filter(pk=meeting.body_id).first()
    today = local_day(DATABASE_CLOCK.now(), viewer.authority.time_zone)
    return presence_in(house, person_and_claimed(viewer.person), today) if house else None


def can_facilitate(viewer: Viewer, meeting: Meeting) -> bool:
    return TeamRole.FACILITATES in roles_in(viewer, meeting)


def can_answer(viewer: Viewer, meeting: Meeting) -> bool:
    return TeamRole.ANSWERS in roles_in(viewer, meeting)


def can_aid(viewer: Viewer, meeting: Meeting) -> bool:
    """Who types, dates and promises for who answers: in the authority's name, so never by a role held at home."""
    return bool(_AIDS & (_roles_given(viewer, meeting) or set()))


def can_write_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    return bool(_WRITES & roles_in(viewer, meeting))


def function_of(viewer: Viewer, meeting: Meeting) -> str:
    """What everyone reads instead of her name; empty when nobody said it."""
    if viewer.person is None:
        return ""
    hers = MeetingTeamMember.objects.filter(meeting=meeting, person__in=person_and_claimed(viewer.person))
    said = hers.exclude(function="").values_list("function", flat=True).first()
    return said or _function_at_home(viewer, meeting)


def _function_at_home(viewer: Viewer, meeting: Meeting) -> str:
    presence = presence_at(viewer, meeting)
    if presence is None:
        return ""
    return presence.facilitator.function if presence.facilitator else str(_("membre du conseil"))
