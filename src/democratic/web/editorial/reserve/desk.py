"""The desk's page of a reserve: what will change, calmly; how a visitor will see it; what is kept, and why."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.reserve.actions import (
    end_exception,
    make_exception,
    reschedule_reserve,
    schedule_reserve,
)
from democratic.communities.reserve.models import ElectionReserve, Kept, ReserveException
from democratic.communities.reserve.queries import Running, kept_in, reserves_of
from democratic.kernel.refusals import Refusal
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_administrators, for_agents, function_of
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.editorial.reserve.drawn import LEAVES, STAYS, told
from democratic.web.editorial.reserve.forms import ExceptionForm, NewDatesForm, ReserveForm
from democratic.web.formats import day
from democratic.web.home.page import draw_home
from democratic.web.pages import show
from democratic.web.places import at
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.written.places import RESERVE


def desk_path(reserve: object = "", page: str = "") -> str:
    return at("/bureau/reserve") + (f"/{reserve}" if reserve else "") + (f"/{page}" if page else "")


def _reserve_at(request: Request, pk: UUID) -> ElectionReserve:
    found = ElectionReserve.objects.filter(authority=request.authority, pk=pk).select_related("authority")
    reserve = found.first()
    if reserve is None:
        raise Http404
    return reserve


@require_GET
@for_agents
def board(request: Request) -> HttpResponse:
    today = today_of(request)
    context = {
        "reserves": [
            told(each, today)
            | {
                "seen_url": desk_path(each.pk, "apercu"),
                "dates_url": desk_path(each.pk, "dates"),
                "exception_url": desk_path(each.pk, "exception"),
            }
            for each in reserves_of(request.authority)
        ],
        "leaves": LEAVES,
        "stays": STAYS,
        "new_url": desk_path("nouvelle"),
        "public_url": at(RESERVE),
        "end_path": desk_path("exceptions"),
        "empty": {
            "what": _("Aucune réserve n’est prévue"),
            "why": _(
                "Six mois avant un scrutin, la loi interdit de promouvoir ce que la collectivité a fait."
            ),
            "who": _("Donnez le jour du scrutin : la réserve s’ouvrira et se fermera d’elle-même, à minuit."),
            "action": (_("Prévoir une réserve"), desk_path("nouvelle")),
        },
    }
    return desk_page(request, "reserve.html", context, title=_("Réserve électorale"))


@require_GET
@for_agents
def preview(request: Request, reserve: UUID) -> HttpResponse:
    """The home page, as a visitor will see it while this reserve runs."""
    held, today = _reserve_at(request, reserve), today_of(request)
    keeps = kept_in(held, max(today, held.opens_on))
    main = draw_home(anyone(request), today, request.clock.now(), Running(held, keeps))
    return show(request, replace(main, context={**main.context, "is_preview": True}))


def _asked(title: str, send: str, done: str, lead: str = "") -> Asked:
    crumbs = ((_("Réserve électorale"), desk_path()),)
    return Asked(title=title, send=send, done=done, lead=lead, crumbs=crumbs, is_announced=True)


@require_http_methods(["GET", "POST"])
@for_administrators
def new(request: Request) -> HttpResponse:
    form = ReserveForm(request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        schedule_reserve(
            authority=request.authority, election=cleaned["election"], dates=form.dates(), clock=request.clock
        )
        return desk_path()

    asked = _asked(
        _("Prévoir une réserve"),
        _("Prévoir"),
        _("C’est prévu : elle s’ouvrira d’elle-même, à minuit."),
        _(
            "Le jour du scrutin suffit. Les dates sont publiques tout de suite ; l’accueil ne change qu’au premier jour."
        ),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
def dates(request: Request, reserve: UUID) -> HttpResponse:
    held = _reserve_at(request, reserve)
    begun = {"votes_on": held.votes_on, "opens_on": held.opens_on, "closes_on": held.closes_on}
    form = NewDatesForm(request.POST or None, initial=begun)

    def act(cleaned: dict[str, Any]) -> str:
        reschedule_reserve(
            reserve=held,
            dates=form.dates(),
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return desk_path()

    lead = _("Du %(first)s au %(last)s : ces dates restent au journal.") % {
        "first": day(held.opens_on),
        "last": day(held.closes_on),
    }
    asked = _asked(
        _("Changer les dates"), _("Publier les dates"), _("Les nouvelles dates sont publiées."), lead
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
def except_(request: Request, reserve: UUID) -> HttpResponse:
    held = _reserve_at(request, reserve)

    def act(cleaned: dict[str, Any]) -> str:
        make_exception(
            reserve=held,
            keeps=Kept(cleaned["keeps"]),
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return desk_path()

    asked = _asked(
        _("Garder quelque chose affiché"),
        _("Publier l’exception"),
        _("L’exception est publiée, avec son motif."),
        _("Une exception se discute devant un juge : dites ce qui la rend neutre, ancienne ou nécessaire."),
    )
    return ask(request, ExceptionForm(request.POST or None), act, asked)


@require_POST
@for_administrators
def end(request: Request, exception: UUID) -> HttpResponse:
    found = ReserveException.objects.filter(reserve__authority=request.authority, pk=exception).first()
    if found is None:
        raise Http404
    try:
        spend_a_write(request)
        end_exception(exception=found, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(desk_path())
