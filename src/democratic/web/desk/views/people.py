"""Who has a role here, for who administers: ending one, and helping who has lost her second factor."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.queries import roles_of
from democratic.kernel.refusals import Refusal
from democratic.people.actions import end_other_sessions
from democratic.people.models import Account
from democratic.stewardship.roles import end_role
from democratic.thread.models import Grant, Record
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.accounts.factors import FACTORS, forget_factors
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.handovers import called
from democratic.web.desk.forms.people import SureForm
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 30


def list_path() -> str:
    return at("/bureau/personnes")


def scope_of(process: Record | None) -> str:
    return process.title if process else _("toute la collectivité")


@require_GET
@for_administrators
def people(request: Request) -> HttpResponse:
    paging = paging_of(request, PAGE)
    grants, total = roles_of(request.authority, offset=paging.offset, limit=paging.size)
    accounts = [account.pk for grant in grants if (account := _account_of(grant))]
    secured = set(
        Authenticator.objects.filter(user__in=accounts, type__in=FACTORS).values_list("user_id", flat=True)
    )
    context = {
        "rows": [_row(grant, secured) for grant in grants],
        "pager": pager(paging, len(grants), total, list_path()),
    }
    return desk_page(request, "people.html", context, title=_("Personnes et rôles"))


def _account_of(grant: Grant) -> Account | None:
    return getattr(grant.person, "account", None)


def _row(grant: Grant, secured: set[UUID]) -> dict[str, Any]:
    account = _account_of(grant)
    return {
        "name": called(grant.person) or _("compte fermé"),
        "email": account.email if account else "",
        "role": grant.get_role_display(),
        "scope": scope_of(grant.process),
        "since": day(grant.since),
        "is_secured": account is not None and account.pk in secured,
        "is_suspended": account is not None and not account.is_active,
        "end_url": at(f"/bureau/roles/{grant.pk}/terminer"),
        "factor_url": at(f"/bureau/personnes/{grant.person_id}/second-facteur"),
    }


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def end(request: Request, grant: UUID) -> HttpResponse:
    known = Grant.objects.select_related("person__account", "process__wording")
    held = get_object_or_404(known, authority=request.authority, pk=grant, until=None)

    def act(_cleaned: dict[str, Any]) -> str:
        end_role(grant=held, clock=request.clock)
        return list_path()

    asked = Asked(
        title=_("Terminer le rôle de %(name)s") % {"name": called(held.person)},
        lead=_(
            "%(role)s, %(scope)s. Ce qui a été fait sous ce rôle reste ; il n’ouvre plus rien dès maintenant."
        )
        % {"role": held.get_role_display(), "scope": scope_of(held.process)},
        send=_("Terminer ce rôle"),
        done=_("Ce rôle a pris fin."),
        place=None,
        crumbs=((_("Personnes et rôles"), list_path()),),
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def forget_factor(request: Request, person: UUID) -> HttpResponse:
    """For who lost phone and recovery codes: someone who knows her takes her second factor away."""
    holders = Grant.objects.filter(authority=request.authority, until=None, person=person)
    account = get_object_or_404(Account, person__in=holders.values("person"))

    def act(_cleaned: dict[str, Any]) -> str:
        if account == request.user:
            raise Refusal(_("Le vôtre se règle sur la page de votre compte."))
        forget_factors(account)
        end_other_sessions(account=account)
        return list_path()

    asked = Asked(
        title=_("Retirer le second facteur de %(name)s") % {"name": called(account.person)},
        lead=_(
            "Parlez-lui d’abord, de vive voix : qui vous écrit n’est peut-être pas elle. Ses appareils seront"
            " déconnectés, et son bureau lui demandera d’en régler un autre."
        ),
        send=_("Retirer son second facteur"),
        done=_("C’est retiré. Un autre lui sera demandé à sa prochaine visite."),
        place=None,
        crumbs=((_("Personnes et rôles"), list_path()),),
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, asked)
