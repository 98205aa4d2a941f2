"""Who has a screen of their own: an agent who facilitates, who answers, who writes for her, who takes notes."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locking import lock_meeting
from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.people.models import Person
from democratic.thread.actions import bump_pages_of

FUNCTION_LIMIT = 120


@transaction.atomic
def name_to_team(*, meeting: Meeting, person: Person, role: TeamRole, function: str) -> MeetingTeamMember:
    """``function`` is what everyone reads; who answers needs one. Named twice, it is her function that changes."""
    locked = lock_meeting(meeting.pk)
    told = clean_line(function)[:FUNCTION_LIMIT]
    if role == TeamRole.ANSWERS and not told:
        raise Refusal(_("Dites sous quelle fonction : chacun la lira à côté des réponses."), field="function")
    member, _is_new = MeetingTeamMember.objects.update_or_create(
        meeting=locked, person=person, role=role, defaults={"function": told}
    )
    touch(locked.pk, Topic.TEAM)
    bump_pages_of(locked.record)
    return member


@transaction.atomic
def leave_team(*, member: MeetingTeamMember) -> None:
    locked = lock_meeting(member.meeting_id)
    MeetingTeamMember.objects.filter(pk=member.pk).delete()
    touch(locked.pk, Topic.TEAM)
    bump_pages_of(locked.record)
