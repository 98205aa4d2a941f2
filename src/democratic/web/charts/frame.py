"""What stands around every figure: its finding, its numbers in words, its table, its files, its method."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.thread.addresses import public_url
from democratic.thread.models import Authority
from democratic.web.charts.chart import Chart, Own
from democratic.web.charts.forms import FORMS
from democratic.web.charts.sizes import size_of
from democratic.web.places import at, process_path

_WIDE, _NARROW = FORMS["large.svg"], FORMS["etroit.svg"]


def figures_path(slug: str = "") -> str:
    """Under which the figures of a process are, or of the authority."""
    return process_path(slug, "figures") if slug else at("/chiffres")


def source_of(authority: Authority) -> str:
    return f"{authority.name}, {public_url(authority, '/chiffres', get_language() or 'fr')}"


def framed(chart: Chart) -> dict[str, Any]:
    """What ``parts/chart.html`` shows. A drawing that is not there yet is made when its image is asked."""
    is_own = isinstance(chart.drawing, Own)
    return {
        "id": chart.key,
        "title": chart.title,
        "n": chart.n,
        "alt": chart.description,
        "method": chart.method,
        "caption": chart.caption,
        "head": chart.head,
        "rows": chart.rows,
        "svg": chart.drawing.svg if isinstance(chart.drawing, Own) else "",
        "images": {} if is_own else _images(chart),
        "sizes": {} if is_own else {"wide": size_of(chart, _WIDE), "narrow": size_of(chart, _NARROW)},
        "url": chart.base,
        "downloads": [
            ("CSV", chart.file("donnees.csv")),
            ("SVG", chart.file("figure.svg")),
            ("PNG", chart.file("figure.png")),
            *([("Vega-Lite", chart.file("figure.json"))] if chart.is_statistic else []),
            (_("Intégrer"), f"{chart.base}#integrer"),
        ],
    }


def _images(chart: Chart) -> dict[str, str]:
    return {
        "paper": chart.file("papier.svg"),
        "narrow_dark": chart.file("etroit-nuit.svg"),
        "narrow": chart.file("etroit.svg"),
        "dark": chart.file("large-nuit.svg"),
        "wide": chart.file("large.svg"),
    }
