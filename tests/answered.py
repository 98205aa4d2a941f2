"""An answer of June to all that was said until then."""

from datetime import date

from democratic.participation.answers.actions import (
    AnswerDraft,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.models import Idea
from democratic.thread.actions import Words
from democratic.thread.journal.running import drain
from factories import clock_at


def sign_for(territory):
    clock = clock_at(date(2026, 6, 10))
    theme = open_theme(
        process=territory.process, words=Words(title="Rentrer le soir"), author=None, clock=clock
    )
    group_contributions(contributions=[each.record for each in Idea.objects.all()], theme=theme, clock=clock)
    answer = draft_answer(
        process=territory.process,
        subject=theme.record,
        draft=AnswerDraft(Verdict.PART, "Oui le week-end.", territory.official),
        author=None,
        clock=clock,
    )
    sign_answer(answer=answer, signer=territory.official, clock=clock)
    drain(clock=clock)
    return theme
