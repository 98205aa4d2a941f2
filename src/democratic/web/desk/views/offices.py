"""Services and elected people, added and ended by who administers: no script is needed for a new term."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.actions import appoint_official, create_service, give_account
from democratic.communities.models import Official
from democratic.communities.queries import agents_of, could_be_officials
from democratic.stewardship.roles import close_office
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.handovers import AccountForm, NewServiceForm, OfficialForm
from democratic.web.desk.forms.people import SureForm
from democratic.web.desk.pages import Asked, Crumb, ask
from democratic.web.desk.views.handovers import holders_path
from democratic.web.requests import Request


def _crumbs() -> tuple[Crumb, ...]:
    return ((_("Services et relais"), holders_path()),)


@require_http_methods(["GET", "POST"])
@for_administrators
def new_service(request: Request) -> HttpResponse:
    people = {str(person.pk): person for person in agents_of(request.authority)}
    form = NewServiceForm(list(people.values()), request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        create_service(
            authority=request.authority,
            name=cleaned["name"],
            titular=people.get(cleaned["titular"]),
            deputy=people.get(cleaned["deputy"]),
        )
        return holders_path()

    asked = Asked(
        title=_("Ajouter un service"),
        lead=_(
            "Chaque échéance sera à un service. Son nom est public avec ce qu’il doit ; ses agents, jamais."
        ),
        send=_("Ajouter"),
        done=_("Le service est ajouté."),
        crumbs=_crumbs(),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def new_official(request: Request) -> HttpResponse:
    people = {str(person.pk): person for person in could_be_officials(request.authority)}
    form = OfficialForm(list(people.values()), request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        appoint_official(
            authority=request.authority,
            name=cleaned["name"],
            function=cleaned["function"],
            person=people.get(cleaned["person"]),
            clock=request.clock,
        )
        return holders_path()

    asked = Asked(
        title=_("Ajouter une personne élue"),
        lead=_("Elle commande, répond et signe en public, sous ce nom et cette fonction."),
        send=_("Publier"),
        done=_("Sa page est publique."),
        crumbs=_crumbs(),
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def account(request: Request, official: UUID) -> HttpResponse:
    office = get_object_or_404(Official, authority=request.authority, pk=official)
    people = {str(person.pk): person for person in could_be_officials(request.authority)}
    form = AccountForm(list(people.values()), request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        give_account(official=office, person=people[cleaned["person"]])
        return holders_path()

    asked = Asked(
        title=_("Donner un compte à %(name)s") % {"name": office.name},
        lead=_("Avec ce compte, cette personne lit ce qu’elle doit signer, et le signe."),
        send=_("Donner ce compte"),
        done=_("C’est fait : son bureau lui montre ce qui l’attend."),
        crumbs=_crumbs(),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def end(request: Request, official: UUID) -> HttpResponse:
    office = get_object_or_404(Official, authority=request.authority, pk=official)

    def act(_cleaned: dict[str, Any]) -> str:
        close_office(official=office, clock=request.clock)
        return holders_path()

    asked = Asked(
        title=_("Fin de fonction de %(name)s") % {"name": office.name},
        lead=_("Sa page et ce qu’elle a signé restent, avec la date d’aujourd’hui. Elle ne signera plus."),
        send=_("Publier la fin de fonction"),
        done=_("C’est publié, et inscrit au journal."),
        crumbs=_crumbs(),
        is_announced=True,
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, asked)
