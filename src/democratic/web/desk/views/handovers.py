"""Who holds what is owed, and giving it to others: in public, without the agents' names."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.actions import hand_over_service
from democratic.communities.models import Official, Service
from democratic.communities.queries import agents_of
from democratic.people.models import Person
from democratic.stewardship.actions import hand_over_answers
from democratic.stewardship.queries import officials_with_dues, services_with_dues
from democratic.thread.rules import is_administrator
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.handovers import AnswersForm, ServiceForm, called
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.places import at, official_path
from democratic.web.requests import Request


def holders_path() -> str:
    return at("/bureau/services")


@require_GET
@for_agents
def holders(request: Request) -> HttpResponse:
    services = [
        {
            "service": each.holder,
            "owed": each.owed,
            "titular": _called(each.holder.titular),
            "deputy": _called(each.holder.deputy),
            "url": at(f"/bureau/services/{each.holder.pk}"),
        }
        for each in services_with_dues(request.authority)
        if isinstance(each.holder, Service)
    ]
    officials = [
        {
            "official": each.holder,
            "owed": each.owed,
            "url": at(f"/bureau/elus/{each.holder.pk}"),
            "page": official_path(each.holder.pk),
        }
        for each in officials_with_dues(request.authority)
    ]
    context = {
        "services": services,
        "officials": officials,
        "may_administer": bool(is_administrator(request.viewer)),
    }
    return desk_page(request, "holders.html", context, title=_("Services et relais"))


def _called(person: Person | None) -> str:
    return called(person) if person else _("personne")


@require_http_methods(["GET", "POST"])
@for_agents
@recently_authenticated
def service(request: Request, service: UUID) -> HttpResponse:
    held = get_object_or_404(Service, authority=request.authority, pk=service)
    people = {str(person.pk): person for person in agents_of(request.authority)}
    initial = {"titular": str(held.titular_id or ""), "deputy": str(held.deputy_id or "")}
    form = ServiceForm(list(people.values()), request.POST or None, initial=initial)

    def act(cleaned: dict[str, Any]) -> str:
        hand_over_service(
            service=held,
            titular=people[cleaned["titular"]],
            deputy=people.get(cleaned["deputy"]),
            clock=request.clock,
        )
        return holders_path()

    asked = Asked(
        title=_("Remettre : %(service)s") % {"service": held.name},
        lead=_(
            "Toutes ses échéances passent à ces personnes. Le journal dit le service et le jour, jamais qui."
        ),
        send=_("Remettre"),
        done=_("C’est remis, et inscrit au journal."),
        place=Place.COMMITMENT,
        crumbs=((_("Services et relais"), holders_path()),),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
@recently_authenticated
def answers(request: Request, official: UUID) -> HttpResponse:
    office = get_object_or_404(Official, authority=request.authority, pk=official)
    others = (
        Official.objects.filter(authority=request.authority, until=None)
        .exclude(pk=office.pk)
        .order_by("name")
    )
    successors = {str(each.pk): each for each in others}
    form = AnswersForm(list(successors.values()), request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        hand_over_answers(
            official=office,
            to=successors[cleaned["to"]],
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return holders_path()

    asked = Asked(
        title=_("Remettre les réponses de %(name)s") % {"name": office.name},
        lead=_(
            "Chaque commande dont la réponse est encore due, et chaque brouillon à signer, changent de main."
        ),
        send=_("Remettre"),
        done=_("C’est remis, et inscrit au journal."),
        place=Place.ANSWER,
        crumbs=((_("Services et relais"), holders_path()),),
    )
    return ask(request, form, act, asked)
