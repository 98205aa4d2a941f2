"""The tags of the inbox: how many conversations under each; renamed, merged, retired, brought back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.participation.inbox.models import InboxTag
from democratic.participation.inbox.queries import tags_of
from democratic.participation.inbox.tagging import (
    TagLine,
    bring_tag_back,
    list_tags,
    merge_tags,
    rename_tag,
    retire_tag,
)
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.replies import MergeForm, RenameForm
from democratic.web.desk.pages import Asked, Crumb, ask, desk_page
from democratic.web.desk.views.conversations import inbox_crumbs
from democratic.web.desk.views.inbox import inbox_path
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 50


def tags_path(tag: UUID | None = None, act: str = "") -> str:
    return at("/".join(part for part in ("/bureau/boite/mots-cles", str(tag or ""), act) if part))


@require_GET
@for_agents
def listed(request: Request) -> HttpResponse:
    paging = paging_of(request, PAGE)
    found, total = list_tags(request.authority, offset=paging.offset, limit=paging.size)
    context = {
        "rows": [_row(each) for each in found],
        "pager": pager(paging, len(found), total, tags_path()),
        "empty": {
            "what": _("Aucun mot-clé"),
            "why": _("Un mot-clé s’écrit sur un échange, et sert ensuite à tous."),
            "who": _("Le premier viendra quand un agent classera un message."),
            "action": (_("Ouvrir la boîte commune"), inbox_path()),
        },
    }
    return desk_page(request, "inbox_tags.html", context, title=_("Les mots-clés"), crumbs=inbox_crumbs())


def _row(line: TagLine) -> dict[str, Any]:
    tag = line.tag
    return {
        "name": tag.name,
        "n": line.n,
        "url": f"{inbox_path()}?{urlencode({'file': 'en-cours', 'mot': tag.name})}",
        "base": tags_path(tag.pk),
        "is_retired": tag.retired_at is not None,
    }


def _tag(request: Request, tag: UUID) -> InboxTag:
    return get_object_or_404(
        InboxTag.objects.select_related("authority"), authority=request.authority, pk=tag
    )


def _crumbs() -> tuple[Crumb, ...]:
    return inbox_crumbs((_("Les mots-clés"), tags_path()))


@require_http_methods(["GET", "POST"])
@for_agents
def rename(request: Request, tag: UUID) -> HttpResponse:
    found = _tag(request, tag)

    def act(cleaned: dict[str, Any]) -> str:
        rename_tag(tag=found, name=cleaned["name"])
        return tags_path()

    asked = Asked(
        title=_("Renommer « %(name)s »") % {"name": found.name},
        lead=_("Le nouveau nom se lit partout, aussi sur ce qui est déjà classé."),
        send=_("Renommer"),
        done=_("Mot-clé renommé."),
        crumbs=_crumbs(),
    )
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def merge(request: Request, tag: UUID) -> HttpResponse:
    found = _tag(request, tag)
    others = [each for each in tags_of(request.authority) if each.pk != found.pk]
    form = MergeForm(others, request.POST if request.method == "POST" else None)

    def act(cleaned: dict[str, Any]) -> str:
        merge_tags(tag=found, into=form.tags[cleaned["into"]])
        return tags_path()

    asked = Asked(
        title=_("Fusionner « %(name)s »") % {"name": found.name},
        lead=_(
            "Tout ce qu’il classe passe sous l’autre mot-clé, et celui-ci disparaît. Cela ne se défait pas."
        ),
        send=_("Fusionner"),
        done=_("Les deux mots-clés n’en font plus qu’un."),
        crumbs=_crumbs(),
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def retire(request: Request, tag: UUID) -> HttpResponse:
    """Or bring back what was retired: the same button, on the same line."""
    found = _tag(request, tag)
    spend_a_write(request)
    if found.retired_at is None:
        retire_tag(tag=found, clock=request.clock)
        messages.success(
            request,
            _("« %(name)s » n’est plus proposé. Ce qu’il classe reste classé.") % {"name": found.name},
        )
    else:
        bring_tag_back(tag=found)
        messages.success(request, _("« %(name)s » est de nouveau proposé.") % {"name": found.name})
    return redirect(tags_path())
