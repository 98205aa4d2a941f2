"""The order of the day, before the meeting opens."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.agenda.preparing import (
    add_item,
    change_item,
    move_item,
    remove_item,
)
from democratic.participation.meetings.models import Meeting
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.meetings.desk.forms import ItemForm
from democratic.web.meetings.desk.paths import crumbs, desk_meeting, desk_path
from democratic.web.requests import Request


def _asked(meeting: Meeting, title: str, send: str) -> Asked:
    return Asked(
        title=title,
        send=send,
        done=_("L’ordre du jour est à jour."),
        crumbs=crumbs(meeting),
        is_announced=True,
    )


@require_http_methods(["GET", "POST"])
@for_agents
def add(request: Request, code: str) -> HttpResponse:
    meeting = desk_meeting(request, code)

    def act(said: dict[str, Any]) -> str:
        add_item(meeting=meeting, title=said["title"], minutes=said["minutes"])
        return desk_path(meeting)

    asked = _asked(meeting, _("Ajouter un point"), _("Ajouter"))
    return ask(request, ItemForm(request.POST or None), act, asked)


def _item(meeting: Meeting, item: UUID) -> AgendaItem:
    return get_object_or_404(AgendaItem, meeting=meeting, pk=item)


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: Request, code: str, item: UUID) -> HttpResponse:
    meeting = desk_meeting(request, code)
    known = _item(meeting, item)
    form = ItemForm(request.POST or None, initial={"title": known.title, "minutes": known.minutes})

    def act(said: dict[str, Any]) -> str:
        change_item(item=known, title=said["title"], minutes=said["minutes"])
        return desk_path(meeting)

    return ask(request, form, act, _asked(meeting, _("Modifier ce point"), _("Enregistrer")))


def _press(request: Request, code: str, item: UUID, act: Callable[[AgendaItem], None]) -> HttpResponse:
    meeting = desk_meeting(request, code)
    try:
        act(_item(meeting, item))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(desk_path(meeting) + "#ordre")


def _move(item: AgendaItem, *, up: bool) -> None:
    move_item(item=item, up=up)


@require_POST
@for_agents
def move_up(request: Request, code: str, item: UUID) -> HttpResponse:
    return _press(request, code, item, partial(_move, up=True))


@require_POST
@for_agents
def move_down(request: Request, code: str, item: UUID) -> HttpResponse:
    return _press(request, code, item, partial(_move, up=False))


@require_POST
@for_agents
def remove(request: Request, code: str, item: UUID) -> HttpResponse:
    return _press(request, code, item, lambda known: remove_item(item=known))
