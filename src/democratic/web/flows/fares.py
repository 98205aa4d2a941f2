"""« Qui a répondu »: how a conversation fares, question by question, code by code, and who was in no body before."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.messaging.models import ChannelKind
from democratic.participation.conversations.editing import read_flow
from democratic.participation.conversations.figures import FlowFigures, figures_of
from democratic.participation.conversations.models import Flow
from democratic.participation.conversations.relaying import has_kit
from democratic.people.models import AgeBand
from democratic.thread.addresses import public_url
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.desk.rows import percent
from democratic.web.flows.reading import desk_flow, flow_crumbs, flow_path
from democratic.web.flows.views import title
from democratic.web.formats import euros, number
from democratic.web.requests import Request


@require_safe
@for_agents
def figures(request: Request, slug: str, flow: UUID) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    counted = figures_of(found, read_flow(found.draft), get_language() or "fr")
    context = {
        "figures": counted,
        "steps": [
            (step.text, number(step.answered), _share(step.answered, counted.begun)) for step in counted.steps
        ],
        "codes": _codes(found, counted),
        "tables": [(name, rows) for name, rows in _tables(counted) if rows],
        "headline": _headline(counted),
        "new_code": flow_path(found, "codes"),
        "kits": flow_path(found, "kits.zip") if has_kit(found) and _has_codes(counted) else "",
    }
    return desk_page(
        request, "flow_figures.html", context, title=_("Qui a répondu"), crumbs=flow_crumbs(found, title())
    )


def _tables(counted: FlowFigures) -> list[tuple[str, list[tuple[str, str]]]]:
    names, kinds = dict(AgeBand.choices), dict(ChannelKind.choices)
    rank = {band: n for n, band in enumerate([*AgeBand.values[1:], AgeBand.UNSAID])}
    bands = sorted(counted.bands, key=lambda counted: rank.get(counted[0], len(rank)))  # the youngest first
    return [
        (_("Par tranche d’âge"), [(str(names.get(band, band)), number(n)) for band, n in bands]),
        (_("Par canal"), [(str(kinds[kind]), number(n)) for kind, n in counted.kinds]),
        (_("Par commune"), [(place, number(n)) for place, n in counted.places]),
    ]


def _share(part: int, whole: int) -> str:
    return percent(round(100 * part / whole)) if whole else "–"


def _headline(counted: FlowFigures) -> str:
    """Of who answered the optional question; who did not is told as such, and inferred from nothing."""
    told = counted.bodies.get("yes", 0) + counted.bodies.get("no", 0)
    if counted.not_in_a_body is None:
        return ""
    said = _(
        "Dans aucune instance auparavant : %(share)s des %(told)s personnes qui l’ont dit ; %(silent)s ne l’ont pas dit."
    )
    silent = counted.begun - told
    share = _share(counted.bodies.get("no", 0), told)
    return said % {"share": share, "told": number(told), "silent": number(silent)}


def _has_codes(counted: FlowFigures) -> bool:
    return any(each.code.retired_at is None for each in counted.codes)


def _codes(flow: Flow, counted: FlowFigures) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code.code,
            "label": each.code.label,
            "where": each.code.get_where_display(),
            "begun": number(each.begun),
            "done": number(each.done),
            "each": euros(each.each_costs) if each.each_costs is not None else "",
            "url": public_url(flow.process.authority, f"/r/{each.code.code}", get_language() or "fr"),
            "is_retired": each.code.retired_at is not None,
            "screens": flow_path(flow, f"codes/{each.code.code}/ecrans"),
            "kit": flow_path(flow, f"codes/{each.code.code}"),
        }
        for each in counted.codes
    ]
