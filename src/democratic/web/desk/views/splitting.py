"""Splitting what says several things, beside the words themselves, and joining its parts back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import uuid7
from democratic.participation.ideas.splitting import split_idea, unsplit_idea, words_of
from democratic.participation.reports.desk import SPLIT_UP
from democratic.people.models import Person
from democratic.thread.models import Kind, Record
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import desk_record, for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.answering import ReasonForm
from democratic.web.desk.forms.splitting import SplitForm
from democratic.web.desk.groups import grouped
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs, process_desk_path
from democratic.web.places import at, record_path
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_agents
def split(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.IDEA)
    form = SplitForm(request.POST if request.method == "POST" else None)

    def act(_person: Person, cleaned: dict[str, Any]) -> str:
        split_idea(
            record=record,
            parts=form.parts_in(cleaned),
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return record_path(Kind.IDEA, record.code)

    if request.method == "POST":
        location = attempt(request, form, act)
        if location is not None:
            messages.success(request, _("Parole scindée. Son auteur est prévenu."))
            return location
    context = {
        "record": record,
        "said": words_of(record),
        "form": form,
        "groups": grouped(form),
        "key": request.POST.get("key") or uuid7().hex,
        "back": _board(record),
    }
    title = _("Scinder cette parole")
    return desk_page(
        request, "split.html", context, title=title, crumbs=_crumbs(record), status=refused(form)
    )


@require_http_methods(["GET", "POST"])
@for_agents
def unsplit(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.IDEA)
    back = f"{_board(record)}?sujet={SPLIT_UP}"

    def act(cleaned: dict[str, Any]) -> str:
        unsplit_idea(
            idea=record, reason=cleaned["reason"], function=function_of(request), clock=request.clock
        )
        return back

    asked = Asked(
        title=_("Réunir les parts"),
        lead=_(
            "« %(said)s » sera de nouveau une seule parole, sans sujet. Ses parts restent lisibles, fermées."
        )
        % {"said": record.title},
        send=_("Publier le motif"),
        done=_("C’est publié."),
        place=Place.THEME,
        crumbs=((_("Paroles"), back),),
    )
    return ask(request, ReasonForm(request.POST or None), act, asked)


def _board(record: Record) -> str:
    return process_desk_path(record.process.as_process, "sujets") if record.process else at("/bureau")


def _crumbs(record: Record) -> tuple[tuple[Any, str], ...]:
    return process_crumbs(record.process.as_process, "sujets", _("Paroles")) if record.process else ()
