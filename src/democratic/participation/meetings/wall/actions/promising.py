"""What is promised live becomes an engagement, with the function of who promised, a service and a day."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.commitments.actions.by_word import GivenWord, promise_by_word
from democratic.participation.commitments.actions.promising import Work
from democratic.participation.commitments.models import Commitment
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.wall.actions.records import lock_question, show
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Origin

_SPOKEN_OF = (QuestionState.CURRENT, QuestionState.ANSWERED, QuestionState.OWED)


@dataclass(frozen=True, slots=True)
class LivePromise:
    """``function``: who gave her word, as everyone reads it."""

    words: Words
    work: Work
    function: str


@transaction.atomic
def promise_live(
    *, question: WallQuestion, promise: LivePromise, author: Person | None, clock: Clock
) -> Commitment:
    locked = lock_question(question)
    process = _process_of(locked)
    if locked.record.state not in _SPOKEN_OF:
        raise Conflict(_("On promet sur une question à laquelle on répond."))
    word = GivenWord(
        promise.words, promise.work, promise.function, locked.meeting.record.code, origin=Origin.ROOM
    )
    made = promise_by_word(source=locked.record, process=process, word=word, author=author, clock=clock)
    show(locked, Topic.TEAM)
    return made


def _process_of(question: WallQuestion) -> Process:
    found = Process.objects.filter(meetings=question.meeting_id).select_related("record__authority").first()
    if found is None:
        raise Conflict(
            _("Cette rencontre n’est dans aucune concertation : promettez une réponse écrite, avec sa date.")
        )
    return found
