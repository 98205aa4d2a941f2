"""What members decide of an opinion: to ask everyone, to say yes or no, to see otherwise, to lay it before the authority."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.communities.houses.actions import say_on
from democratic.communities.houses.models import AdoptionVoice, Right
from democratic.communities.houses.queries import Presence
from democratic.participation.houses.actions import (
    add_minority_view,
    count_opinion,
    hold_minority_view,
    propose_opinion,
    refer,
)
from democratic.participation.houses.models import MinorityView
from democratic.web.houses.access import for_house_members, me, with_right
from democratic.web.houses.forms import ClosingForm, ViewForm
from democratic.web.houses.frame import ask_at_home, press
from democratic.web.houses.opinions import opinion_at, path_of
from democratic.web.houses.places import referral_path
from democratic.web.organisations.asking import SureForm
from democratic.web.processes.days import today_of
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_house_members
def propose(request: Request, presence: Presence, opinion: str) -> HttpResponse:
    found = opinion_at(presence, opinion)
    week = today_of(request) + timedelta(days=7)
    form = ClosingForm(request.POST if request.method == "POST" else None, initial={"closes_on": week})

    def act(cleaned: dict[str, Any]) -> str:
        propose_opinion(opinion=found, closes_on=cleaned["closes_on"], clock=request.clock)
        return path_of(found)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Proposer l’avis à tous"),
        lead=_("Ses mots ne changent plus jusqu’au compte. Adopté, il est public."),
        send=_("Proposer"),
        done=_("C’est proposé. Chacun peut répondre, et changer d’avis jusqu’au dernier jour."),
        above=(found.record.title, path_of(found)),
    )


@require_POST
@for_house_members
def say(request: Request, presence: Presence, opinion: str) -> HttpResponse:
    found, position = opinion_at(presence, opinion), request.POST.get("position", "")
    adoption = found.adoption
    if adoption is None or position not in AdoptionVoice.Position.values:
        raise Http404
    return press(
        request,
        lambda: say_on(
            adoption=adoption,
            member=me(presence),
            position=AdoptionVoice.Position(position),
            clock=request.clock,
        ),
        _("C’est noté. Personne d’autre ne le voit."),
        path_of(found),
    )


@require_POST
@for_house_members
def count(request: Request, presence: Presence, opinion: str) -> HttpResponse:
    found = opinion_at(presence, opinion)
    return press(
        request, lambda: count_opinion(opinion=found, clock=request.clock), _("C’est compté."), path_of(found)
    )


@require_http_methods(["GET", "POST"])
@for_house_members
def new_view(request: Request, presence: Presence, opinion: str) -> HttpResponse:
    found = opinion_at(presence, opinion)
    form = ViewForm(request.POST if request.method == "POST" else None)

    def act(cleaned: dict[str, Any]) -> str:
        add_minority_view(opinion=found, member=me(presence), text=cleaned["text"], clock=request.clock)
        return path_of(found)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Dire ce que je vois autrement"),
        lead=_("Ce sera publié à côté de l’avis, sans nom. D’autres peuvent s’y joindre."),
        send=_("Ajouter"),
        done=_("C’est ajouté."),
        above=(found.record.title, path_of(found)),
        public=_("Public quand l’avis est adopté."),
    )


@require_POST
@for_house_members
def hold_view(request: Request, presence: Presence, opinion: str, pk: UUID) -> HttpResponse:
    found, holds = opinion_at(presence, opinion), request.POST.get("holds") == "1"
    view = MinorityView.objects.filter(opinion=found, pk=pk).select_related("opinion").first()
    if view is None:
        raise Http404
    said = _("C’est une voix de plus.") if holds else _("C’est une voix de moins.")
    return press(
        request, lambda: hold_minority_view(view=view, member=me(presence), holds=holds), said, path_of(found)
    )


@require_http_methods(["GET", "POST"])
@with_right(Right.PUBLISH)
def send(request: Request, presence: Presence, opinion: str) -> HttpResponse:
    found = opinion_at(presence, opinion)
    form = SureForm(request.POST if request.method == "POST" else None)
    house = presence.house

    def act(_cleaned: dict[str, Any]) -> str:
        return referral_path(refer(opinion=found, clock=request.clock).record.code)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Saisir la collectivité"),
        lead=_(
            "%(who)s doit répondre à chaque demande, dans les %(days)d jours. Le retard se verra tout seul."
        )
        % {"who": house.respondent.function.capitalize(), "days": house.answer_days},
        send=_("Envoyer la saisine"),
        done=_("C’est reçu : l’accusé de réception est le numéro de cette page."),
        above=(found.record.title, path_of(found)),
        public=_("Public dès l’envoi."),
    )
