"""When one may ask, how much, and whether a question may still change."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import NEXT, QuestionState
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Record, Visibility

MOST_AT_ONCE = 10
TOLD_FROM = 5
"""From how many marks on one is told whether it was answered: below, people could be recognised."""

_OVER = (MeetingState.CLOSED, MeetingState.HELD)
_WAITING = (QuestionState.PENDING, QuestionState.PUBLISHED, QuestionState.CURRENT)


class WallClosed(Conflict):
    """Nobody asks now."""


def later_until(meeting: Meeting) -> datetime | None:
    """Until when one may still ask, once it is over."""
    return meeting.closed_at + timedelta(hours=meeting.later_hours) if meeting.closed_at else None


def takes_questions(meeting: Meeting, now: datetime) -> bool:
    if meeting.record.visibility != Visibility.PUBLIC or hasattr(meeting.record, "withdrawal"):
        return False
    if meeting.record.state == MeetingState.ANNOUNCED:
        return meeting.questions_from is None or meeting.questions_from <= now
    if meeting.record.state in _OVER:
        until = later_until(meeting)
        return until is not None and now < until
    return meeting.record.state == MeetingState.LIVE


def refuse_unless_asked(meeting: Meeting, now: datetime) -> None:
    """``meeting`` as it stands under the lock, with its record and its record's withdrawal."""
    if takes_questions(meeting, now):
        return
    if meeting.record.state == MeetingState.ANNOUNCED:
        raise WallClosed(_("Les questions ne sont pas encore ouvertes. Revenez le jour dit."))
    raise WallClosed(_("On ne pose plus de question à cette rencontre. La vôtre n’a pas été gardée."))


def refuse_flood(meeting: Meeting, author: Person) -> None:
    """By every way in. Those that were answered, owed or merged count no more."""
    hers = WallQuestion.objects.filter(meeting=meeting, record__author__in=person_and_claimed(author))
    shown = hers.filter(
        record__state__in=_WAITING, record__visibility__in=(Visibility.PUBLIC, Visibility.HELD)
    )
    if shown.count() >= MOST_AT_ONCE:
        raise Conflict(_("Dix de vos questions attendent déjà : laissez une place aux autres."))


def refuse_unless_next(record: Record, to: QuestionState) -> None:
    state = QuestionState(record.state)
    if record.visibility not in (Visibility.PUBLIC, Visibility.HELD):
        raise Conflict(_("Cette question n’est plus montrée."))
    if to not in NEXT[state]:
        said = {"old": state.label, "new": to.label}
        raise Conflict(_("On ne passe pas de « %(old)s » à « %(new)s ».") % said)
