"""In le bilan: what the observatory found of a process, where it does not say what the authority says."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.observatory.judgements import Narrowed, tally_of_verdicts
from democratic.thread.rules import Viewer
from democratic.web.formats import number
from democratic.web.places import at


def observed_in(viewer: Viewer, slug: str, today: date) -> dict[str, object] | None:
    """None while nobody judged, or while every verdict agrees. One query."""
    tally = tally_of_verdicts(viewer.authority, today, Narrowed(process=slug))
    if not tally.disagreeing:
        return None
    split = ngettext(
        "En désaccord avec la collectivité sur %(n)s engagement.",
        "En désaccord avec la collectivité sur %(n)s engagements.",
        tally.disagreeing,
    )
    return {
        "counts": [{"code": value, "of": "commitment", "n": n} for value, n in tally.counts.items() if n],
        "split": split % {"n": number(tally.disagreeing)},
        "url": f"{at('/observatoire')}?concertation={slug}",
        "more": _("Les avis, un par un"),
    }
