"""How a promise stands, for rows, stamps and lists: a code for the shape, a label where days say more."""

from django.utils.translation import gettext as _

from democratic.participation.commitments.queries import LATE, WITHDRAWN
from democratic.participation.obligations.queries import Due
from democratic.web import words
from democratic.web.formats import day


def label_of(standing: str, due: Due | None) -> str:
    """Late: the days; kept after the day promised: the word and the days. Else the word alone, so nothing."""
    if due is None or standing == WITHDRAWN or not due.days_late:
        return ""
    if standing == LATE:
        return words.days_late(due.days_late)
    if due.met_on:
        return f"{words.state_word(standing, 'commitment')}, {words.days_late(due.days_late)}"
    return ""


def promised(due: Due | None) -> str:
    """« Promis pour le 28 août 2026, reporté une fois, au 4 septembre 2026 »."""
    if due is None:
        return ""
    first = _("Promis pour le %(day)s") % {"day": day(due.first_due_on)}
    if due.due_on == due.first_due_on:
        return first
    return _("%(first)s, reporté au %(day)s") % {"first": first, "day": day(due.due_on)}
