"""How ideas are told: where and when they were said, and what became of them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.spoken import alike
from democratic.participation.ideas.models import IdeaState
from democratic.thread.models import Origin, Wording
from democratic.web import formats, words

# The shapes of the thread; a word always stands beside them.
GLYPHS = {
    IdeaState.RECEIVED: "due",
    IdeaState.KEPT: "kept",
    IdeaState.PART: "part",
    IdeaState.UNKEPT: "unkept",
    IdeaState.PASSED: "passed",
    IdeaState.INADMISSIBLE: "withdrawn",
    IdeaState.SPLIT: "passed",
    IdeaState.REJOINED: "passed",
}


def day_of(moment: datetime, today: date) -> str:
    """Without its year within the year."""
    day = timezone.localtime(moment).date()
    return formats.day(day, "short" if day.year == today.year else "")


def said(origin: str, moment: datetime, today: date) -> str:
    """« dite dans la rue le 14 février »."""
    if origin == Origin.IMPORT:
        return _("par import, dite le %(day)s") % {"day": day_of(moment, today)}
    return _("dite %(how)s le %(day)s") % {"how": words.ORIGINS[origin], "day": day_of(moment, today)}


def imported_votes(count: int) -> str:
    if not count:
        return ""
    phrase = ngettext("%(n)s vote importé, sans votant", "%(n)s votes importés, sans votants", count)
    return phrase % {"n": formats.number(count)}


def what_became(state: str, days_late: int = 0) -> tuple[str, str]:
    """A shape and its word."""
    if state == IdeaState.RECEIVED and days_late > 0:
        return "late", words.days_late(days_late)
    if state not in GLYPHS:
        return "", ""
    return GLYPHS[IdeaState(state)], str(IdeaState(state).label)


def sentence(text: str) -> str:
    """With a capital, the rest as it was."""
    return text[:1].upper() + text[1:]


SHORT = 240


def shown_words(wording: Wording | None) -> tuple[str, str]:
    """The large words, then the rest: a short text whole, a long one under its title.

    A title that was made of the first words is not said twice.
    """
    if wording is None:
        return "", ""
    title, text = wording.title, wording.text
    begins = text.startswith(title.rstrip("…")) if title else True
    if begins and len(text) <= SHORT:
        return text, ""
    return title or alike(text[:SHORT], text), text
