"""The gallery of methods, and one of them: what it asks of whom, before it is chosen."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.participation.processes.methods.files import NoMethod, library, method_of
from democratic.participation.processes.methods.template import Method
from democratic.participation.processes.methods.tools import missing_tools
from democratic.participation.processes.queries import mandates_to_carry
from democratic.thread.rules import is_administrator
from democratic.web.desk.access import for_agents
from democratic.web.desk.method_lines import bars_of, card_of, duration
from democratic.web.desk.pages import desk_page
from democratic.web.places import at
from democratic.web.requests import Request

METHODS = "/bureau/methodes"


@require_GET
@for_agents
def gallery(request: Request) -> HttpResponse:
    """Those that can be chosen first; the others say which tool they wait for."""
    known, order = library(), request.GET.get("commande", "")
    cards = [card_of(method, order) for method in known.methods.values()]
    context = {
        "ready": [card for card in cards if not card["missing"]],
        "waiting": [card for card in cards if card["missing"]],
        "unread": known.unread if is_administrator(request.viewer) else (),
    }
    return desk_page(request, "methods.html", context, title=_("Choisir une méthode"))


@require_GET
@for_agents
def method(request: Request, key: str) -> HttpResponse:
    try:
        found = method_of(key)
    except NoMethod as missing:
        raise Http404 from missing
    language = get_language() or "fr"
    texts = found.texts(language)
    context = {
        "texts": texts,
        "bars": bars_of(found),
        "stages": _stages(found),
        "roles": [each.told(language) for each in found.roles],
        "checklist": [each.told(language) for each in found.checklist],
        "legal": [(each.told(language), each.reference) for each in found.legal],
        "missing": missing_tools(found),
        "level": found.level.label,
        "orders": _orders(request, found.key),
        "new_order": at(f"/bureau/commandes/nouvelle?methode={found.key}"),
    }
    crumbs = ((_("Choisir une méthode"), at(METHODS)),)
    return desk_page(request, "method.html", context, title=texts.name, crumbs=crumbs)


def _stages(method: Method) -> list[tuple[str, str]]:
    return [
        (
            str(plan.step.label),
            _("jour %(first)d, pendant %(lasts)s")
            % {"first": plan.starts + 1, "lasts": duration(plan.lasts + 1)},
        )
        for plan in method.stages
    ]


def _orders(request: Request, key: str) -> list[dict[str, Any]]:
    """The orders that may be carried by it; the one from which the agent came, alone."""
    wanted = request.GET.get("commande", "")
    known = mandates_to_carry(request.authority)
    return [
        {"title": title, "url": at(f"/bureau/commandes/{code}/concertation") + f"?methode={key}"}
        for code, title in ([each for each in known if each[0] == wanted] or known)
    ]
