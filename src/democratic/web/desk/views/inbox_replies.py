"""Reply templates at the desk: written, changed, dropped; they are chosen on the page of a conversation."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.participation.inbox.models import ReplyTemplate
from democratic.participation.inbox.replies import drop_template, keep_template, templates_of, text_in
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.replies import TemplateForm, initial_of
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.desk.views.conversations import inbox_crumbs
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 30


def replies_path(template: UUID | str = "", act: str = "") -> str:
    return at("/".join(part for part in ("/bureau/boite/reponses-types", str(template), act) if part))


@require_GET
@for_agents
def listed(request: Request) -> HttpResponse:
    paging, found = paging_of(request, PAGE), templates_of(request.authority)
    shown = found[paging.offset : paging.offset + paging.size]
    context = {
        "rows": [_row(each) for each in shown],
        "pager": pager(paging, len(shown), len(found), replies_path()),
        "new": replies_path("nouvelle"),
        "empty": {
            "what": _("Aucune réponse type"),
            "why": _("Ce que vous répondez souvent s’écrit une fois, dans chaque langue, et se relit avant chaque envoi."),
            "who": _("Écrivez la première : vos collègues la choisiront aussi."),
            "action": (_("Écrire une réponse type"), replies_path("nouvelle")),
        },
    }  # fmt: skip
    return desk_page(request, "inbox_replies.html", context, title=_("Réponses types"), crumbs=inbox_crumbs())


def _row(template: ReplyTemplate) -> dict[str, Any]:
    written: dict[str, str] = template.texts
    return {
        "name": template.name,
        "text": text_in(template, "fr"),
        "url": replies_path(template.pk),
        "drop": replies_path(template.pk, "supprimer"),
        "languages": ", ".join(str(name) for language, name in settings.LANGUAGES if language in written),
    }


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request) -> HttpResponse:
    return _write(request, None)


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: Request, template: UUID) -> HttpResponse:
    return _write(request, _found(request, template))


def _found(request: Request, template: UUID) -> ReplyTemplate:
    return get_object_or_404(ReplyTemplate, authority=request.authority, pk=template)


def _write(request: Request, found: ReplyTemplate | None) -> HttpResponse:
    form = TemplateForm(
        request.POST if request.method == "POST" else None, initial=initial_of(found) if found else {}
    )

    def act(cleaned: dict[str, Any]) -> str:
        keep_template(authority=request.authority, name=cleaned["name"], texts=form.texts(), template=found)
        return replies_path()

    asked = Asked(
        title=_("Modifier une réponse type") if found else _("Écrire une réponse type"),
        lead=_("Elle n’est jamais envoyée toute seule : on la choisit, on la relit, on la change, puis on l’envoie."),
        send=_("Garder"),
        done=_("La réponse type est gardée."),
        crumbs=inbox_crumbs((_("Réponses types"), replies_path())),
    )  # fmt: skip
    return ask(request, form, act, asked)


@require_POST
@for_agents
def drop(request: Request, template: UUID) -> HttpResponse:
    spend_a_write(request)
    found = _found(request, template)
    drop_template(template=found)
    messages.success(
        request, _("« %(name)s » est supprimée. Ce qui a été envoyé ne change pas.") % {"name": found.name}
    )
    return redirect(replies_path())
