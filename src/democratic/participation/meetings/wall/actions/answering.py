"""What was answered, in writing: an aide types three lines, who answers approves them, and they are public."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.wall.actions.records import lock_question, move, show
from democratic.participation.meetings.wall.events import QUESTION_ANSWERED
from democratic.participation.meetings.wall.models import SpokenAnswer, WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.actions import meet
from democratic.participation.obligations.models import Owed
from democratic.thread.actions import append_entry
from democratic.thread.models import Visibility

LONGEST_ANSWER = 2000


@dataclass(frozen=True, slots=True)
class Spoken:
    """``function``: who answers, as everyone reads it. ``is_by_delegation``: an aide acts in her name."""

    text: str
    function: str
    is_by_delegation: bool = False

    def cleaned(self) -> "Spoken":
        text, function = clean_text(self.text), clean_line(self.function)[:120]
        if not text:
            raise Refusal(_("Écrivez ce qui a été répondu : trois lignes suffisent."), field="text")
        if len(text) > LONGEST_ANSWER:
            raise Refusal(
                _("Ce texte a %(n)d signes ; il en faut 2 000 au plus.") % {"n": len(text)}, field="text"
            )
        if not function:
            raise Refusal(_("Dites au nom de quelle fonction on répond."), field="function")
        return Spoken(text, function, self.is_by_delegation)


class AnswerMoved(Conflict):
    """Someone wrote meanwhile: nobody approves what she did not read."""


@transaction.atomic
def draft_spoken_answer(*, question: WallQuestion, spoken: Spoken, clock: Clock) -> SpokenAnswer:
    """One draft a question: typing again replaces it. Nothing of it is public."""
    said, locked = spoken.cleaned(), lock_question(question)
    _refuse_unless_answerable(locked)
    answer, _is_new = SpokenAnswer.objects.update_or_create(
        question=locked,
        state=SpokenAnswer.State.DRAFTED,
        defaults={
            "text": said.text,
            "function": said.function,
            "is_by_delegation": said.is_by_delegation,
            "written_at": clock.now(),
        },
    )
    touch(locked.meeting_id, Topic.TEAM)
    return answer


@transaction.atomic
def approve_spoken_answer(
    *, question: WallQuestion, spoken: Spoken, clock: Clock, read_at: datetime | None = None
) -> SpokenAnswer:
    """« Approuver et publier »: what she reads, as she leaves it. ``read_at``: when the draft she read was written."""
    said, locked = spoken.cleaned(), lock_question(question)
    _refuse_unless_answerable(locked)
    drafts = SpokenAnswer.objects.filter(question=locked, state=SpokenAnswer.State.DRAFTED)
    draft = drafts.select_for_update().first()
    if draft and draft.written_at != read_at:
        raise AnswerMoved(_("Le texte a changé pendant que vous lisiez : relisez-le, puis approuvez."))
    now = clock.now()
    answer = draft or SpokenAnswer(question=locked, written_at=now)
    answer.text, answer.function = said.text, said.function
    answer.is_by_delegation = said.is_by_delegation
    answer.state, answer.approved_at = SpokenAnswer.State.APPROVED, now
    answer.save()
    if locked.record.state != QuestionState.ANSWERED:
        move(locked, QuestionState.ANSWERED)
    WallQuestion.objects.filter(pk=locked.pk).update(answered_at=now)
    append_entry(
        QUESTION_ANSWERED,
        record=locked.record,
        now=now,
        data={"by_delegation": said.is_by_delegation},
        words={"text": said.text, "function": said.function},
        is_institutional=True,
    )
    meet(record=locked.record, owed=Owed.ANSWER, clock=clock)
    show(locked, Topic.TEAM)
    return answer


def _refuse_unless_answerable(question: WallQuestion) -> None:
    if question.record.visibility != Visibility.PUBLIC:
        raise Conflict(_("Cette question n’est pas au mur : on n’y répond pas."))
    if question.record.state == QuestionState.MERGED:
        raise Conflict(_("Elle est rapprochée d’une autre : répondez à celle qui reste."))
