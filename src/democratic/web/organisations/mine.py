"""« Mes organisations »: to which I belong here, in whose name I speak, and what is proposed to me."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.houses.models import Facilitator
from democratic.communities.houses.queries import helped_by
from democratic.communities.models import Membership, SpeakingMandate
from democratic.communities.organisations.actions import (
    accept_to_speak,
    end_mandate_to_speak,
    end_membership,
)
from democratic.communities.organisations.queries import mandates_held, memberships_of, proposed_to
from democratic.kernel.refusals import Refusal
from democratic.people.queries import person_and_claimed
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.acts import spend_a_write
from democratic.web.formats import day
from democratic.web.organisations.asking import Question, SureForm, ask
from democratic.web.organisations.places import MINE, house_path_of, list_path, members_path, public_path
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request, someone


@require_GET
@login_required
def my_organisations(request: Request) -> HttpResponse:
    ids = person_and_claimed(someone(request))
    mine = memberships_of(ids).filter(organisation__authority=request.authority)
    context = {
        "proposals": [_proposal(each) for each in proposed_to(ids, request.authority)],
        "mandates": [_mandate(each) for each in mandates_held(ids, request.authority)],
        "rows": [_membership(each) for each in mine],
        "helps": [_help(each) for each in helped_by(ids, request.authority)],
        "empty": {
            "what": _("Vous n’êtes membre d’aucune organisation ici"),
            "why": _(
                "On rejoint une association ou un conseil par un lien, que ses membres donnent en main propre."
            ),
            "who": _("Personne d’autre que ses membres ne sait qui en fait partie."),
            "action": (_("Voir les organisations"), list_path()),
        },
    }
    title = _("Mes organisations")
    return show(request, Main("web/organisations/mine.html", context | {"title": title}, title=title))


def _proposal(mandate: SpeakingMandate) -> dict[str, Any]:
    """``line``: exactly what everybody will read once she says yes."""
    return {
        "organisation": mandate.organisation.name,
        "url": public_path(mandate.organisation),
        "line": mandate.signature,
        "on": day(mandate.proposed_on),
        "accept_url": at(f"{MINE}/habilitations/{mandate.pk}/accepter"),
        "decline_url": at(f"{MINE}/habilitations/{mandate.pk}/terminer"),
    }


def _mandate(mandate: SpeakingMandate) -> dict[str, Any]:
    return {
        "organisation": mandate.organisation.name,
        "url": public_path(mandate.organisation),
        "line": mandate.signature,
        "since": day(mandate.since),
        "end_url": at(f"{MINE}/habilitations/{mandate.pk}/terminer"),
    }


def _membership(membership: Membership) -> dict[str, Any]:
    return {
        "name": membership.organisation.name,
        "url": public_path(membership.organisation),
        "since": day(membership.since),
        "keeps": membership.place == Membership.Place.EDITOR,
        "members_url": members_path(membership.organisation),
        "house_url": house_path_of(membership.organisation),
        "leave_url": at(f"{MINE}/{membership.pk}/quitter"),
    }


def _help(facilitator: Facilitator) -> dict[str, Any]:
    return {
        "name": facilitator.house.organisation.name,
        "url": house_path_of(facilitator.house.organisation),
        "function": facilitator.function,
        "since": day(facilitator.since),
    }


def _proposed(request: Request, pk: UUID) -> SpeakingMandate:
    """A proposal or a habilitation of the reader's own, at this authority, that has not ended."""
    ids = person_and_claimed(someone(request))
    mine = SpeakingMandate.objects.select_related("organisation__record").filter(
        person__in=ids, organisation__authority=request.authority, until=None
    )
    return get_object_or_404(mine, pk=pk)


@require_POST
@login_required
def accept(request: Request, mandate: UUID) -> HttpResponse:
    held, ids = _proposed(request, mandate), person_and_claimed(someone(request))
    return _done(
        request,
        lambda: accept_to_speak(mandate=held, person_ids=ids, clock=request.clock),
        _("C’est public dès maintenant. Vous pouvez parler en son nom."),
    )


@require_POST
@login_required
def end_mine(request: Request, mandate: UUID) -> HttpResponse:
    """Says no to a proposal, or ends what was accepted: at once, as it is hers."""
    held = _proposed(request, mandate)
    said = _("C’est terminé : les deux dates restent publiques.") if held.since else _("C’est décliné.")
    return _done(request, lambda: end_mandate_to_speak(mandate=held, clock=request.clock), said)


def _done(request: Request, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        spend_a_write(request)
        act()
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(at(MINE))


@require_http_methods(["GET", "POST"])
@login_required
@recently_authenticated
def leave(request: Request, membership: UUID) -> HttpResponse:
    ids = person_and_claimed(someone(request))
    mine = memberships_of(ids).filter(organisation__authority=request.authority)
    held = get_object_or_404(mine, pk=membership)

    def act(_cleaned: dict[str, Any]) -> str:
        end_membership(membership=held, clock=request.clock)
        return at(MINE)

    question = Question(
        title=_("Quitter %(name)s") % {"name": held.organisation.name},
        lead=_("Vous ne parlerez plus en son nom. Ce qui a été dit reste dit."),
        send=_("Quitter"),
        done=_("Vous n’en êtes plus membre."),
        trail=[(_("Mes organisations"), at(MINE))],
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, question)
