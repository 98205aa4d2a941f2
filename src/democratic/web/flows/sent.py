"""« Photos et vocaux » of a conversation: looked at, listened to, released, written down or removed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.refusals import Refusal
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.releasing import release_photo, remove_file, write_down
from democratic.participation.conversations.reviewing import Waiting, files_of, to_review, where_files_are
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.files_shown import SMALL
from democratic.web.flows.reading import desk_flow, flow_crumbs, flow_path
from democratic.web.flows.views import title
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.voices import lasting, private_file

PAGE = 20


@require_safe
@for_agents
def listed(request: Request, slug: str, flow: UUID) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    paging, here = paging_of(request, PAGE), flow_path(found, "fichiers")
    where = where_files_are(found)
    rows = [_row(each, here) for each in to_review(found, offset=paging.offset, limit=paging.size)]
    context = {
        "rows": rows,
        "where": where,
        "pager": pager(paging, len(rows), where.kept, here),
        "empty": {
            "what": _("Rien à regarder ni à écouter"),
            "why": _(
                "Une photo ou un message vocal attend ici qu’un agent l’ait vu, puis paraît ou s’efface."
            ),
            "who": _("Il en arrive quand une conversation en demande."),
            "action": (_("Voir la conversation"), flow_path(found)),
        },
    }
    return desk_page(
        request, "flow_files.html", context, title=_("Photos et vocaux"), crumbs=flow_crumbs(found, title())
    )


def _row(each: Waiting, here: str) -> dict[str, Any]:
    sent, record = each.sent, each.record
    photo = sent.file if sent.medium == FlowFile.Medium.PHOTO else None
    width = min(SMALL, photo.width) if photo and photo.width else SMALL
    return {
        "pk": sent.pk,
        "base": f"{here}/{sent.pk}",
        "photo": photo is not None,
        "width": width,
        "height": round(photo.height * width / photo.width) if photo and photo.width else SMALL,
        "voice": {"url": f"{here}/{sent.pk}", "lasts": lasting(sent.file)} if sent.file else None,
        "words": sent.words,
        "alt": sent.words or _("Photo à regarder"),
        "day": day(sent.sent_at),
        "code": record.code if record else "",
        "url": at(f"/fil/{record.code}") if record else "",
        "said": record.spoken(record.wording.text) if record and record.wording else "",
    }


def _sent(request: Request, slug: str, flow: UUID, file: UUID) -> FlowFile:
    found = files_of(desk_flow(request, slug, flow)).select_related("file").filter(pk=file).first()
    if found is None:
        raise Http404
    return found


@require_safe
@for_agents
def content(request: Request, slug: str, flow: UUID, file: UUID) -> HttpResponse:
    """A photo drawn, a voice played: for who reads the conversation's files, and for nobody else."""
    sent = _sent(request, slug, flow, file)
    if sent.file is None:
        raise Http404
    return private_file(request, sent.file)


@require_POST
@for_agents
def publish(request: Request, slug: str, flow: UUID, file: UUID) -> HttpResponse:
    sent, said = _sent(request, slug, flow, file), request.POST.get("text", "")

    def act() -> str:
        if sent.medium == FlowFile.Medium.PHOTO:
            record = release_photo(sent=sent, alternative=said, clock=request.clock)
            return _("La photo paraît avec %(code)s.") % {"code": record.code}
        record = write_down(sent=sent, text=said, clock=request.clock)
        return _("Ces mots paraissent : %(code)s. L’enregistrement est effacé.") % {"code": record.code}

    return _done(request, slug, flow, act)


@require_POST
@for_agents
def remove(request: Request, slug: str, flow: UUID, file: UUID) -> HttpResponse:
    sent = _sent(request, slug, flow, file)

    def act() -> str:
        remove_file(sent=sent, clock=request.clock)
        return _("C’est effacé, et rien n’en paraît.")

    return _done(request, slug, flow, act)


def _done(request: Request, slug: str, flow: UUID, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(flow_path(desk_flow(request, slug, flow), "fichiers"))
