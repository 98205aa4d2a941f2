"""At the desk: opening an organisation's page, and giving it to who will keep it. Never who belongs to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.models import Membership, Organisation
from democratic.communities.organisations.actions import make_join_link, open_organisation
from democratic.communities.organisations.queries import get_organisation_for, list_with_keepers
from democratic.kernel.ids import read_code
from democratic.kernel.refusals import Refusal
from democratic.thread.actions import Words
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.organisations.forms import OpeningForm
from democratic.web.organisations.places import public_path
from democratic.web.organisations.secret_page import show_link
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE = 30


def desk_list_path() -> str:
    return at("/bureau/organisations")


@require_GET
@for_agents
def listed(request: Request) -> HttpResponse:
    paging = paging_of(request, PAGE)
    found, total = list_with_keepers(request.viewer, offset=paging.offset, limit=paging.size)
    context = {
        "rows": [_row(each) for each in found],
        "pager": pager(paging, len(found), total, desk_list_path()),
        "new_url": f"{desk_list_path()}/nouvelle",
        "empty": {
            "what": _("Aucune organisation"),
            "why": _(
                "Une association, un conseil ou un comité parle ici en son nom quand sa page est ouverte."
            ),
            "who": _("Ouvrez la première, puis donnez son lien à qui la tiendra."),
            "action": (_("Ouvrir une page"), f"{desk_list_path()}/nouvelle"),
        },
    }
    return desk_page(request, "organisations.html", context, title=_("Organisations"))


def _row(organisation: Organisation) -> dict[str, Any]:
    code, house = organisation.record.code, getattr(organisation, "house", None)
    is_body = organisation.sort == Organisation.Sort.BODY
    return {
        "name": organisation.record.title,
        "sort": organisation.get_sort_display(),
        "url": public_path(organisation),
        "is_kept": bool(organisation.keepers),  # type: ignore[attr-defined]
        "is_gone": hasattr(organisation.record, "withdrawal"),
        "link_url": f"{desk_list_path()}/{code}/lien",
        "house_url": at(f"/bureau/conseils/{code}/maison") if is_body and house is None else "",
        "facilitators_url": at(f"/bureau/conseils/{code}/animation") if house else "",
        "withdraw_url": at(f"/bureau/retirer/{code}"),
    }


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request) -> HttpResponse:
    def act(cleaned: dict[str, Any]) -> str:
        open_organisation(
            authority=request.authority,
            sort=Organisation.Sort(cleaned["sort"]),
            words=Words(title=cleaned["title"], text=cleaned["text"], language=get_language() or "fr"),
            clock=request.clock,
        )
        return desk_list_path()

    asked = Asked(
        title=_("Ouvrir la page d’une organisation"),
        lead=_(
            "Sa page est publique tout de suite. Donnez ensuite le lien à qui la tiendra : ses mots seront les siens."
        ),
        send=_("Ouvrir la page"),
        done=_("La page est ouverte. Faites maintenant un lien pour qui la tiendra."),
        crumbs=((_("Organisations"), desk_list_path()),),
        is_announced=True,
    )
    return ask(request, OpeningForm(request.POST or None), act, asked)


@require_POST
@for_agents
def make_keeper_link(request: Request, code: str) -> HttpResponse:
    """For who will keep the page: the first time, or when nobody keeps it any more."""
    organisation = get_organisation_for(request.viewer, read_code(code) or "")
    if organisation is None:
        raise Http404
    try:
        spend_a_write(request)
        joining = make_join_link(
            organisation=organisation,
            place=Membership.Place.EDITOR,
            by=someone(request),
            clock=request.clock,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(desk_list_path())
    trail = [(_("Mon bureau"), at("/bureau")), (_("Organisations"), desk_list_path())]
    return show_link(request, joining, trail)
