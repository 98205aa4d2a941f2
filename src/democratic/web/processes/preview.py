"""A draft as its visitors will see it, for who was given the link."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.thread.rules import Viewer
from democratic.web.pages import Main, show, show_once
from democratic.web.processes.previews import process_of_preview
from democratic.web.processes.process_page import build_process_page
from democratic.web.requests import Request


@require_safe
def preview(request: Request, token: str) -> HttpResponse:
    """Never stored, never indexed; its buttons lead to pages that are not there yet, and a line on top says so."""
    process = process_of_preview(request.authority, token)
    if process is None:
        return show(request, _over())
    viewer = Viewer(request.authority, preview=process.pk)
    main = build_process_page(viewer, process.slug, request.clock.now())
    shown = replace(
        main,
        context={**main.context, "is_preview": True},
        title=_("Aperçu · %(title)s") % {"title": main.title},
        feeds=(),
    )
    response = show_once(request, shown)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _over() -> Main:
    title = _("Cet aperçu n’est plus là")
    text = _(
        "Le lien a plus de sept jours, a été remplacé, ou la concertation est publiée. Demandez-en un à qui vous l’a donné."
    )
    return Main("web/error.html", {"heading": title, "text": text, "status": 410}, title=title, status=410)
