"""A method as a line of its stages: how long each lasts, drawn to scale, and said in words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from democratic.participation.processes.methods.template import Method
from democratic.participation.processes.methods.tools import missing_tools
from democratic.participation.processes.models import Step
from democratic.web.places import at

WIDTH = 600  # units of the drawing
SHORTEST = 8
TOUCHING = 3  # a stage that begins on the last day of the one before does not overlap it
A_MONTH = 31


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage of the drawing, in its units. ``row`` keeps stages that overlap apart."""

    step: str
    name: str
    x: int
    y: int
    width: int


def bars_of(method: Method) -> list[Bar]:
    scale = WIDTH / max(1, method.lasts)
    bars: list[Bar] = []
    for plan in method.stages:
        x = min(round(plan.starts * scale), WIDTH - SHORTEST)
        overlaps = bool(bars) and x < bars[-1].x + bars[-1].width - TOUCHING and bars[-1].y == 0
        width = min(max(SHORTEST, round(plan.lasts * scale)), WIDTH - x)
        bars.append(Bar(plan.step.value, str(plan.step.label), x, 14 if overlaps else 0, width))
    return bars


def duration(days: int) -> str:
    if days < 2 * A_MONTH:
        return ngettext("%(n)d jour", "%(n)d jours", days) % {"n": days}
    months = round(timedelta(days=days) / timedelta(days=30.4))
    return ngettext("%(n)d mois", "%(n)d mois", months) % {"n": months}


def card_of(method: Method, order: str = "") -> dict[str, Any]:
    """``order``: code of the one for which a method is being chosen, kept in the links."""
    texts = method.texts(get_language() or "fr")
    missing = missing_tools(method)
    return {
        "key": method.key,
        "url": at(f"/bureau/methodes/{method.key}") + (f"?{urlencode({'commande': order})}" if order else ""),
        "name": texts.name,
        "summary": texts.summary,
        "bars": bars_of(method),
        "meta": _("écoute : %(listening)s · réponse et bilan compris : %(all)s")
        % {"listening": duration(method.plan(Step.LISTENING).lasts + 1), "all": duration(method.lasts + 1)},
        "missing": ", ".join(str(tool) for tool in missing),
    }
