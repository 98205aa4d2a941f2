"""What only who keeps an organisation's page may do: its words, who speaks for it, who belongs to it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.models import Membership, Organisation, SpeakingMandate
from democratic.communities.organisations.actions import (
    describe_organisation,
    end_mandate_to_speak,
    end_membership,
    hand_over_page,
    propose_to_speak,
)
from democratic.communities.organisations.queries import members_of
from democratic.thread.actions import Words
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.organisations.access import for_keepers
from democratic.web.organisations.asking import Question, SureForm, ask
from democratic.web.organisations.forms import DescriptionForm, SpeakingForm
from democratic.web.organisations.places import members_path, public_path
from democratic.web.requests import Request


def _trail(organisation: Organisation) -> list[tuple[str, str]]:
    return [(organisation.name, public_path(organisation)), (_("Membres"), members_path(organisation))]


def _another(mine: Membership, pk: UUID) -> Membership:
    """A running member of the same organisation."""
    found = members_of(mine.organisation).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _called(member: Membership) -> str:
    return member.person.name or _("ce membre")


@require_http_methods(["GET", "POST"])
@for_keepers
def describe(request: Request, membership: Membership) -> HttpResponse:
    organisation = membership.organisation
    record = organisation.record
    form = DescriptionForm(request.POST or None, initial={"title": record.title, "text": record.text})

    def act(cleaned: dict[str, Any]) -> str:
        language = record.wording.language if record.wording else get_language() or "fr"
        words = Words(title=cleaned["title"], text=cleaned["text"], language=language)
        describe_organisation(organisation=organisation, words=words, clock=request.clock)
        return public_path(organisation)

    question = Question(
        title=_("Modifier la page"),
        lead=_("Les mots d’avant restent lisibles dans le journal public."),
        send=_("Publier"),
        done=_("C’est publié."),
        trail=_trail(organisation),
        public=_("Public dès que vous publiez."),
    )
    return ask(request, form, act, question)


@require_http_methods(["GET", "POST"])
@for_keepers
def propose(request: Request, mine: Membership, membership: UUID) -> HttpResponse:
    member = _another(mine, membership)
    form = SpeakingForm(request.POST or None, initial={"name": member.person.name})

    def act(cleaned: dict[str, Any]) -> str:
        propose_to_speak(
            membership=member, name=cleaned["name"], function=cleaned["function"], clock=request.clock
        )
        return members_path(mine.organisation)

    question = Question(
        title=_("Proposer une habilitation à %(name)s") % {"name": _called(member)},
        lead=_("Ce nom et cette fonction seront publics quand la personne aura dit oui, pas avant."),
        send=_("Proposer"),
        done=_("C’est proposé. La réponse se donne dans « Mes organisations »."),
        trail=_trail(mine.organisation),
        public=_("Rien n’est public avant son accord."),
    )
    return ask(request, form, act, question)


@require_http_methods(["GET", "POST"])
@for_keepers
@recently_authenticated
def hand_over(request: Request, mine: Membership, membership: UUID) -> HttpResponse:
    member = _another(mine, membership)

    def act(_cleaned: dict[str, Any]) -> str:
        hand_over_page(keeper=mine, to=member)
        return members_path(mine.organisation)

    question = Question(
        title=_("Confier la page à %(name)s") % {"name": _called(member)},
        lead=_("Cette personne tiendra la page à votre place. Vous restez membre."),
        send=_("Confier la page"),
        done=_("La page est confiée."),
        trail=_trail(mine.organisation),
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, question)


@require_http_methods(["GET", "POST"])
@for_keepers
@recently_authenticated
def end(request: Request, mine: Membership, membership: UUID) -> HttpResponse:
    member = _another(mine, membership)

    def act(_cleaned: dict[str, Any]) -> str:
        end_membership(membership=member, clock=request.clock)
        return members_path(mine.organisation)

    question = Question(
        title=_("Terminer l’appartenance de %(name)s") % {"name": _called(member)},
        lead=_(
            "Cette personne ne verra plus cette page et ne parlera plus au nom de l’organisation."
            " Ce qui a été dit reste dit."
        ),
        send=_("Terminer"),
        done=_("C’est terminé, à la date d’aujourd’hui."),
        trail=_trail(mine.organisation),
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, question)


@require_http_methods(["GET", "POST"])
@for_keepers
@recently_authenticated
def end_mandate(request: Request, mine: Membership, mandate: UUID) -> HttpResponse:
    held = get_object_or_404(SpeakingMandate, organisation=mine.organisation, pk=mandate, until=None)

    def act(_cleaned: dict[str, Any]) -> str:
        end_mandate_to_speak(mandate=held, clock=request.clock)
        return members_path(mine.organisation)

    question = Question(
        title=_("Terminer l’habilitation de %(name)s") % {"name": held.name},
        lead=_("Ses deux dates restent sur la page publique, et ce qui a été dit reste signé."),
        send=_("Terminer"),
        done=_("C’est terminé, à la date d’aujourd’hui."),
        trail=_trail(mine.organisation),
        public=_("Public dès que vous publiez.") if held.since else _("Rien n’était public encore."),
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, question)
