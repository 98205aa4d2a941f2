"""Dates, delays and bylines as a fil says them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.spoken import alike
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.models import Decision
from democratic.participation.reports.fil import Fil, Knot
from democratic.thread.models import Record
from democratic.web import words
from democratic.web.formats import day, number
from democratic.web.places import official_path

WORDS_A_MINUTE = 200
SHORT = 240  # beyond, a sentence set in the largest type is no longer read at a glance


def title_of(record: Record) -> str:
    wording = record.wording
    return (wording.title or alike(wording.text[:80], wording.text)) if wording else ""


def text_of(record: Record) -> str:
    return record.wording.text if record.wording else ""


def said_by(record: Record) -> str:
    """« Lina, 17 ans, dans la rue, Vaubrun »: who, how, where, as far as it is known."""
    how = str(words.ORIGINS[record.origin])
    return ", ".join(part for part in (record.byline, how, record.place) if part)


def weekday(on: date) -> str:
    return date_format(on, "l")


def days(n: int) -> str:
    return ngettext("%(n)s jour", "%(n)s jours", n) % {"n": number(n)}


def after(previous: date | None, on: date | None) -> str:
    """« après 48 jours »: how long people waited since the last knot."""
    if previous is None or on is None or on <= previous:
        return ""
    return _("après %(days)s") % {"days": days((on - previous).days)}


def near(on: date, beside: date | None) -> str:
    """A day, with its year when that is not the year of the day beside it."""
    return day(on, "short" if beside and on.year == beside.year else "")


def promise_kept(knot: Knot) -> str:
    """How a day stands to the day promised."""
    if knot.on is None or knot.promised_on is None:
        return ""
    if knot.on == knot.promised_on:
        return _("le jour promis")
    promised = near(knot.promised_on, knot.on)
    return (
        _("prévu le %(day)s") % {"day": promised}
        if knot.lost
        else _("promis pour le %(day)s") % {"day": promised}
    )


def votes_of(decision: Decision) -> str:
    if decision.votes_for is None:
        return ""
    abstentions = decision.abstentions or 0
    return _("%(yes)s pour, %(no)s contre, %(abstentions)s.") % {
        "yes": number(decision.votes_for),
        "no": number(decision.votes_against or 0),
        "abstentions": ngettext("%(n)s abstention", "%(n)s abstentions", abstentions)
        % {"n": number(abstentions)},
    }


def signature_of(answer: Answer) -> dict[str, str]:
    function = answer.signed_function
    line = _("%(function)s, par délégation") % {"function": function} if answer.is_by_delegation else function
    return {"name": answer.signed_name, "line": line, "url": "", "page": official_path(answer.signer_id)}


def length_of(fil: Fil, *, is_back: bool) -> str:
    """« 203 jours, 8 étapes, lecture 3 min »."""
    steps = len(fil.done)
    told = ngettext("%(n)d étape", "%(n)d étapes", steps) % {"n": steps}
    span = days(fil.days)
    if is_back:
        span = _("%(days)s en arrière") % {"days": span}
    read = sum(len((title_of(r) + " " + text_of(r)).split()) for r in _records(fil)) + 25 * len(fil.knots)
    minutes = max(1, round(read / WORDS_A_MINUTE))
    return ", ".join((span, told, _("lecture %(n)d min") % {"n": minutes}))


def _records(fil: Fil) -> list[Record]:
    return [knot.record for knot in fil.knots if knot.record]
