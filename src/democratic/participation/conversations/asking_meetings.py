"""« 482016 Combien coûte un arrêt ? »: a sentence sent to the wall of a meeting, by the six digits read aloud there."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civics.reach.engine import CHILD
from democratic.kernel.clock import Clock
from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import Correspondent, IncomingMessage
from democratic.participation.conversations.keeping import origin_of
from democratic.participation.conversations.turns import errand_of, say
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall.actions import put_question
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.actions.records import TITLE_LIMIT
from democratic.thread.models import Authority, Visibility

_TO_A_MEETING = re.compile(r"^\s*(\d{3})[ \u00a0\u202f]?(\d{3})[\s:,]+(\S.+)$", re.DOTALL)
QUESTIONS = Limit("questions-by-channel", 6, 300)
_TAKING = (MeetingState.ANNOUNCED, MeetingState.LIVE, MeetingState.CLOSED)


@dataclass(frozen=True, slots=True)
class ForAMeeting:
    meeting: Meeting
    words: str


def for_a_meeting(authority: Authority, text: str) -> ForAMeeting | None:
    """None unless these digits are of a meeting of ours, now: a number is an answer like another."""
    found = _TO_A_MEETING.match(text)
    if found is None:
        return None
    meetings = Meeting.objects.filter(
        join_code=found[1] + found[2],
        record__authority=authority,
        record__visibility=Visibility.PUBLIC,
        record__audience__is_public=True,
        record__state__in=_TAKING,
    )
    meeting = meetings.select_related("record").first()
    return ForAMeeting(meeting, found[3].strip()) if meeting else None


def ask_meeting(asked: ForAMeeting, her: Correspondent, message: IncomingMessage, clock: Clock) -> None:
    """Without a name. Of a child, or of who said no age, the words alone are kept: nothing ties them to her address."""
    her.person.refresh_from_db(fields=["age_band"])
    author = welcome_guest() if her.person.age_band in CHILD else her.person
    try:
        spend(QUESTIONS, str(her.pk))
        question = put_question(
            meeting=asked.meeting,
            words=_words(asked.words),
            author=author,
            origin=origin_of(message.kind),
            clock=clock,
        ).question
    except Refusal as refusal:
        say(her, str(refusal.message), errand_of(message), clock)
        return
    waits = question.record.visibility == Visibility.HELD
    told = _("Reçue. Elle est relue, puis elle paraît au mur.") if waits else _("Votre question est au mur.")
    number = _("Numéro de suivi : %(code)s.") % {"code": question.record.code}
    say(her, f"{told} {number}", errand_of(message), clock)


def _words(said: str) -> Words:
    """A long message is its first words, and the whole under them."""
    language = get_language() or "fr"
    line = " ".join(said.split())
    if len(line) <= TITLE_LIMIT:
        return Words(line, "", language)
    cut = line[: TITLE_LIMIT - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return Words(cut, said, language)
