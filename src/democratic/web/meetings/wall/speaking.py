"""In whose name one acts in a meeting: what everyone reads is a function, never an agent's name."""

from democratic.communities.models import Official
from democratic.communities.queries import office_of
from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.participation.meetings.rules import can_answer
from democratic.people.queries import person_and_claimed
from democratic.web.requests import Request, someone


def functions_of(meeting: Meeting) -> list[str]:
    """Of those who answer, with their names where they hold an office. Two queries."""
    members = list(MeetingTeamMember.objects.filter(meeting=meeting, role=TeamRole.ANSWERS).order_by("pk"))
    offices = Official.objects.filter(
        authority=meeting.record.authority_id, person__in=[each.person_id for each in members], until=None
    )
    held = {office.person_id: office for office in offices}
    said = [_said(each, held.get(each.person_id)) for each in members]
    return list(dict.fromkeys(said)) or [_default(meeting)]


def _said(member: MeetingTeamMember, office: Official | None) -> str:
    if office is not None:
        return f"{office.name}, {office.function}"[:120]
    return member.function or _default(member.meeting)


def _default(meeting: Meeting) -> str:
    return meeting.record.authority.name


def own_functions(request: Request, meeting: Meeting) -> tuple[list[str], bool]:
    """In whose name she may answer, and whether that is by delegation: hers when she answers herself."""
    if not can_answer(request.viewer, meeting):
        return functions_of(meeting), True
    ids = person_and_claimed(someone(request))
    mine = MeetingTeamMember.objects.filter(meeting=meeting, role=TeamRole.ANSWERS, person__in=ids)
    member = mine.select_related("meeting__record__authority").first()
    office = office_of(someone(request), request.authority)
    return ([_said(member, office)] if member else functions_of(meeting)), False


def acting_function(request: Request, meeting: Meeting) -> str:
    """For what the team does on the wall: her place in the meeting, or the authority's name."""
    member = (
        MeetingTeamMember.objects.filter(meeting=meeting, person=request.person).exclude(function="").first()
    )
    return member.function if member else request.authority.name
