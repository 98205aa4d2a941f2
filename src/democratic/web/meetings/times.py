"""How long each group spoke, as bars: by seat for the public, by side for those who answer, never by person."""

from typing import Any

from django.utils.translation import gettext as _

from democratic.participation.meetings.floor.models import Side
from democratic.participation.meetings.floor.queries import Times
from democratic.web.formats import number
from democratic.web.words import ORIGINS


def times_told(times: Times) -> dict[str, Any]:
    """``genders`` is empty as long as it would point at a few people."""
    rows = [(str(ORIGINS[seat]).capitalize(), n) for seat, n in times.seats.items()]
    rows += [(str(Side(side).label), n) for side, n in times.sides.items() if side != Side.PUBLIC]
    most = max((n for _label, n in rows), default=0)
    words = {"woman": _("Femmes"), "man": _("Hommes"), "other": _("Autrement"), "": _("Non dit")}
    return {
        "times": [
            {"label": label, "value": minutes(n), "share": f"{100 * n / most if most else 0:.1f}"}
            for label, n in rows
        ],
        "genders": [(words[gender], minutes(n)) for gender, n in times.genders.items()],
    }


def minutes(seconds: float) -> str:
    """« 7 min », and seconds below one minute."""
    if seconds < 60:  # noqa: PLR2004
        return _("%(n)s s") % {"n": number(int(seconds))}
    return _("%(n)s min") % {"n": number(round(seconds / 60))}
