"""What pages of this area have in common: a verdict beside the authority's word, a member, a hearing."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.observatory.models import Hearing, Verdict
from democratic.observatory.queries import Judged
from democratic.web import words
from democratic.web.formats import day, number
from democratic.web.places import record_path
from democratic.web.suites.fil.phrases import title_of


def judged_row(judged: Judged) -> dict[str, Any]:
    """For observatory/rows.html: both words, each under who says it, and the disagreement in a word of its own."""
    verdict, record = judged.verdict, judged.verdict.record
    return {
        "title": title_of(verdict.commitment.record),
        "url": record_path(record.kind, record.code),
        "commitment_url": record_path("commitment", verdict.commitment.record.code),
        "code": record.code,
        "says": verdict.says,
        "standing": judged.standing,
        "disagrees": judged.disagrees,
        "who": title_of(verdict.observatory.record),
        "when": day(verdict.decided_on),
        "votes": votes_of(verdict),
        "has_minority": bool(verdict.minority),
        "has_reply": hasattr(verdict, "reply"),
    }


def votes_of(verdict: Verdict) -> str:
    return _("%(for)s pour, %(against)s contre, %(abstentions)s") % {
        "for": number(verdict.votes_for),
        "against": number(verdict.votes_against),
        "abstentions": ngettext("%(n)s abstention", "%(n)s abstentions", verdict.abstentions)
        % {"n": number(verdict.abstentions)},
    }


def hearing_row(hearing: Hearing) -> dict[str, Any]:
    return {
        "title": title_of(hearing.record),
        "url": record_path(hearing.record.kind, hearing.record.code),
        "when": day(hearing.held_on),
        "heard": hearing.heard,
        "where": _("à distance, %(place)s") % {"place": hearing.place}
        if hearing.is_remote
        else hearing.place,
        "has_transcript": bool(hearing.transcript),
        "has_recording": bool(hearing.recording_url),
    }


def disagreement(judged: Judged) -> str:
    """The sentence that says both words, for who reads one row of a longer list."""
    says = words.state_word(judged.verdict.says, "commitment")
    if judged.disagrees:
        return _("Observatoire : %(says)s, en désaccord") % {"says": says.lower()}
    return _("Observatoire : %(says)s") % {"says": says.lower()}
