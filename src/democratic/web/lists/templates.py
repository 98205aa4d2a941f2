"""« Modèles » of a channel: what its provider approved, noted here word for word."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.ids import uuid7
from democratic.messaging.models import ChannelUse, MessageTemplate
from democratic.messaging.opening import use_of
from democratic.messaging.ports import capabilities
from democratic.messaging.templates import PARAMETERS, note_template, retire_template
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import for_administrators
from democratic.web.desk.groups import grouped
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.lists.template_form import TemplateForm
from democratic.web.places import at
from democratic.web.requests import Request

MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def listed(request: Request, kind: str) -> HttpResponse:
    use = _use(request, kind)
    form = TemplateForm(request.POST or None)
    if request.method == "POST":
        location = attempt(request, form, lambda _person, cleaned: _note(request, kind, form, cleaned))
        if location is not None:
            acknowledge(request, _("Le modèle est noté : une campagne peut le choisir."))
            return location
    rows = MessageTemplate.objects.filter(authority=request.authority, kind=kind)
    context = {
        "rows": [_row(each) for each in rows.order_by("retired_at", "name", "language")[:MOST]],
        "form": form,
        "groups": grouped(form),
        "key": request.POST.get("key") or uuid7().hex,
    }
    crumbs = (
        (_("Canaux"), at("/bureau/canaux")),
        (use.get_kind_display(), at(f"/bureau/canaux/{kind}")),
    )
    title = _("Modèles de message")
    return desk_page(request, "templates.html", context, title=title, crumbs=crumbs, status=refused(form))


def _use(request: Request, kind: str) -> ChannelUse:
    try:
        use = use_of(request.authority, kind)
    except KeyError as unknown:
        raise Http404 from unknown
    if not capabilities(use).has_templates:
        raise Http404
    return use


def _note(request: Request, kind: str, form: TemplateForm, cleaned: dict[str, Any]) -> str:
    said = {name: cleaned[name] for name in ("name", "language", "text")}
    note_template(authority=request.authority, kind=kind, parameters=form.parameters(), **said)
    return _path(kind)


def _path(kind: str) -> str:
    return at(f"/bureau/canaux/{kind}/modeles")


def _row(each: MessageTemplate) -> dict[str, Any]:
    return {
        "name": f"{each.name} ({each.language})",
        "text": each.text,
        "places": [
            (f"{{{{{rank}}}}}", PARAMETERS[said]) for rank, said in enumerate(each.parameters, start=1)
        ],
        "is_retired": each.retired_at is not None,
        "retire": f"{_path(each.kind)}/{each.pk}/retirer",
    }


@require_POST
@for_administrators
def retire(request: Request, kind: str, approved: UUID) -> HttpResponse:
    found = MessageTemplate.objects.filter(authority=request.authority, kind=kind, pk=approved).first()
    if found is None:
        raise Http404
    retire_template(template=found, clock=request.clock)
    messages.success(request, _("Le modèle est retiré : plus rien ne part avec lui."))
    return redirect(_path(kind))
