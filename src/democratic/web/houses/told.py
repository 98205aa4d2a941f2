"""A house's facts in words: rights on a line of time, roles, counts, the state of a referral."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.communities.houses.counts import counts_told
from democratic.communities.houses.models import Adoption, Charter, Role, RoleTerm, Way
from democratic.communities.houses.rights import RightEnd
from democratic.participation.houses.models import Opinion, Power, Referral, ReferralPoint, ReferralRating
from democratic.participation.houses.queries import Sent
from democratic.participation.obligations.queries import Due
from democratic.thread.models import Kind, Record
from democratic.web.formats import day, number
from democratic.web.houses.places import referral_path
from democratic.web.places import record_path
from democratic.web.words import days_late


def line_of_rights(ends: Iterable[RightEnd], today: date) -> list[dict[str, str]]:
    """For parts/steps.html: what is over stands behind us, the next end is the knot where we are."""
    steps, is_next_told = [], False
    for end in ends:
        over = end.is_over(today)
        state = "done" if over else "ahead" if is_next_told else "now"
        is_next_told = is_next_told or not over
        when = _("fini depuis le %(day)s") if over else _("jusqu’au %(day)s")
        steps.append(
            {
                "name": str(end.right.label),
                "when": when % {"day": day(end.ends_on)},
                "note": _("laissé plus tôt que prévu") if end.is_given_up else "",
                "state": state,
            }
        )
    return steps


def settings_of(charter: Charter) -> list[tuple[str, str, str]]:
    """For parts/facts.html."""
    months = ngettext("%(n)d mois", "%(n)d mois", charter.role_months) % {"n": charter.role_months}
    return [
        (_("Comment on décide"), str(Way(charter.way).label), ""),
        (
            _("Ce que valent les votes"),
            _("Ils engagent le conseil.") if charter.votes_bind else _("Ils éclairent le conseil."),
            "",
        ),
        (_("Un rôle dure"), months, str(Charter.Turns(charter.turns).label)),
    ]


def counts_in_words(adoption: Adoption | None) -> str:
    if adoption is None or adoption.counted_on is None:
        return ""
    counts = counts_told(adoption)
    if not counts:
        return _("De moins de cinq voix, seul le résultat est dit.")
    return _("%(yes)s pour, %(no)s contre, %(neither)s ni l’un ni l’autre, sur %(members)s membres.") % {
        name: number(n) for name, n in counts.items()
    }


def role_line(term: RoleTerm) -> dict[str, str]:
    """For everyone: the role and its dates, never whose it is."""
    return {
        "name": str(Role(term.role).label),
        "when": _("du %(since)s au %(until)s") % {"since": day(term.since), "until": day(term.until)},
        "how": str(Charter.Turns(term.how).label),
    }


def standing_of(referral: Referral, due: Due | None) -> tuple[str, str]:
    """A code for the stamp, and what it says."""
    late = days_late(due.days_late) if due and due.days_late else ""
    if referral.answered_on:
        said = _("Répondu le %(day)s") % {"day": day(referral.answered_on)}
        return "kept", f"{said}, {late}" if late else said
    if late:
        return "late", late
    return "due", _("Réponse due le %(day)s") % {"day": day(due.due_on)} if due else ""


def sent_row(sent: Sent) -> dict[str, Any]:
    code, label = standing_of(sent.referral, sent.due)
    return {
        "title": sent.referral.record.title,
        "url": referral_path(sent.referral.record.code),
        "meta": _("envoyée le %(day)s à %(who)s")
        % {"day": day(sent.referral.sent_on), "who": sent.referral.respondent.function},
        "code": code,
        "label": label,
    }


_SHAPES = {Power.OWN: "kept", Power.PASSED: "passed", Power.REFUSED: "unkept"}


def point_row(point: ReferralPoint, record: Record) -> dict[str, Any]:
    """``record``: the referral's, in whose language it was asked and answered."""
    label, made = "", point.commitment
    if point.power == Power.PASSED:
        label = _("Transmis à %(who)s") % {"who": point.passed_to}
    elif point.power:
        label = _("De sa compétence") if point.power == Power.OWN else _("Refusé")
    return {
        "rank": str(point.rank),
        "text": record.spoken(point.text),
        "reason": record.spoken(point.reason),
        "shape": _SHAPES[Power(point.power)] if point.power else "",
        "label": label,
        "promise": (made.record.title, record_path(Kind.COMMITMENT, made.record.code)) if made else None,
    }


def _counted(kind: type[TextChoices], counts: dict[str, int]) -> str:
    """In the order of what one may answer: the database keeps keys in its own."""
    return ", ".join(f"{kind(name).label} {number(counts[name])}" for name in kind.values if name in counts)


def rating_lines(referral: Referral) -> list[str]:
    if not referral.rating:
        return []
    answered, agrees = referral.rating["answered"], referral.rating["agrees"]
    said = _counted(ReferralRating.Answered, answered), _counted(ReferralRating.Agrees, agrees)
    return [
        _("Est-ce une réponse ? %(counts)s") % {"counts": said[0]},
        _("D’accord ? %(counts)s") % {"counts": said[1]},
    ]


def opinion_state(opinion: Opinion) -> str:
    return str(Opinion.State(opinion.state).label)
