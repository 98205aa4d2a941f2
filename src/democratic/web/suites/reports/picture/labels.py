"""Words short enough to stand beside a knot."""

from django.utils.translation import ngettext

from democratic.kernel.spoken import shorten
from democratic.participation.commitments.queries import WITHDRAWN, withdrawal_of
from democratic.participation.reports.answering import ThemeAnswered
from democratic.web import words
from democratic.web.formats import number

LABEL = 26


def cut_label(text: str) -> str:
    return shorten(text, LABEL)


def voices_label(n: float) -> str:
    return ngettext("%(n)s voix", "%(n)s voix", round(n)) % {"n": number(round(n))}


def answer_state(line: ThemeAnswered) -> tuple[str, str]:
    if line.answer is None:
        if line.days_late:
            return "late", words.days_late(line.days_late)
        return "due", str(words.STATES["answer"]["due"])
    state = WITHDRAWN if withdrawal_of(line.answer.record) else line.answer.verdict
    return state, str(words.STATES["answer"][state])
