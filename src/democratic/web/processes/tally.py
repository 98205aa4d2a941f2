"""Commitments as a row of knots, and what the row says in words."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.commitment_lines import LATE, CommitmentLine
from democratic.thread.models import Kind
from democratic.web.formats import number
from democratic.web.places import record_path
from democratic.web.words import state_word

MOST_KNOTS = 60


def tally_title(tally: Counter[str]) -> str:
    """« 14 engagements, 6 tenus, 2 en retard, 1 non tenu »: the bad news is in the title too."""
    total = tally.total()
    parts = [ngettext("%(n)s engagement", "%(n)s engagements", total) % {"n": number(total)}]
    kept, late, unkept = tally["kept"], tally[LATE], tally["unkept"]
    parts.append(
        ngettext("%(n)s tenu", "%(n)s tenus", kept) % {"n": number(kept)} if kept else _("aucun encore tenu")
    )
    if late:
        parts.append(_("%(n)s en retard") % {"n": number(late)})
    if unkept:
        parts.append(ngettext("%(n)s non tenu", "%(n)s non tenus", unkept) % {"n": number(unkept)})
    return ", ".join(parts)


def late_title(tally: Counter[str]) -> str:
    """The bad news alone, while an election reserve takes off the good."""
    late, unkept = tally[LATE], tally["unkept"]
    parts = []
    if late:
        parts.append(
            ngettext("%(n)s engagement en retard", "%(n)s engagements en retard", late) % {"n": number(late)}
        )
    if unkept:
        parts.append(ngettext("%(n)s non tenu", "%(n)s non tenus", unkept) % {"n": number(unkept)})
    return ", ".join(parts) or _("Aucun engagement n’est en retard")


def knot(line: CommitmentLine) -> dict[str, str]:
    return {
        "state": line.shown,
        "word": state_word(line.shown, "commitment"),
        "label": line.title,
        "url": record_path(Kind.COMMITMENT, line.code),
    }
