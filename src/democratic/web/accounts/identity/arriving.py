"""What becomes of someone whom a service knows: she enters the account that she linked to it, or links one.

A service opens no account and gives no role. To link, one is signed in by one's own means, minutes ago.
"""

from dataclasses import asdict

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from democratic.communities.invitations.queries import waits_for_someone_of
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.people.identities import account_known_by, link_identity
from democratic.people.models import Account
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Authority
from democratic.thread.queries.roles import works_here
from democratic.web.accounts.factors import BY_IDENTITY
from democratic.web.accounts.identity.declared import Provider
from democratic.web.accounts.identity.oidc import Proof
from democratic.web.places import at
from democratic.web.requests import Request

PENDING, LIFE = "identity_to_link", 600
HINT = "identity_to_leave"
LINK = "/compte/identites"


class NotExpected(Exception):
    """The service knows her, but nobody here expects her under its name. ``message`` is for her."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def arrive(request: Request, provider: Provider, proof: Proof, onward: str) -> HttpResponse:
    account = account_known_by(proof.subject_print)
    if account is None:
        return _to_link(request, provider, proof)
    if not account.is_active:
        return redirect("account_inactive")
    if provider.is_for_staff:
        refuse_unexpected(account, provider, proof, request.authority, request.clock)
    record_authentication(
        request, account, BY_IDENTITY, provider=named(provider), is_strong=proof.is_strong,
    )  # fmt: skip
    response = perform_login(request, account, redirect_url=onward or None)
    if request.user.is_authenticated:
        _remember_to_leave(request, provider, proof)
    return response


def named(provider: Provider) -> str:
    return f"{provider.authority}/{provider.slug}"


def _to_link(request: Request, provider: Provider, proof: Proof) -> HttpResponse:
    held = asdict(proof) | {"provider": provider.slug, "at": request.clock.now().timestamp()}
    request.session[PENDING] = held
    if request.user.is_authenticated:
        return redirect(at(LINK))
    messages.info(
        request,
        _("%(service)s vous a reconnu. Une seule fois : connectez-vous à votre compte, ou ouvrez-en un.")
        % {"service": provider.name},
    )
    return redirect(f"{at('/connexion')}?{urlencode({'next': at(LINK)})}")


def waiting_to_link(request: Request) -> tuple[str, Proof] | None:
    """The service's slug and what it proved, for ten minutes, in this browser."""
    held = dict(request.session.get(PENDING) or {})
    if not held or request.clock.now().timestamp() - held.pop("at") > LIFE:
        return None
    return held.pop("provider"), Proof(**held)


def link(request: Request, account: Account, provider: Provider, proof: Proof) -> None:
    """Refusal: it opens another account. NotExpected: a service for staff does not know this account."""
    if provider.is_for_staff:
        _refuse_other_address(account, provider, proof)
        refuse_unexpected(account, provider, proof, request.authority, request.clock)
    link_identity(
        account=account,
        provider=named(provider),
        subject_print=proof.subject_print,
        source=provider.name,
        clock=request.clock,
    )
    _remember_to_leave(request, provider, proof)


def _remember_to_leave(request: Request, provider: Provider, proof: Proof) -> None:
    if proof.id_token:
        request.session[HINT] = {"provider": provider.slug, "id_token": proof.id_token}


def _refuse_other_address(account: Account, provider: Provider, proof: Proof) -> None:
    """An address that the service did not prove is no one's, unless its domain was declared to be the service's."""
    is_proved = proof.is_email_proved or _domain_of(proof.email) in provider.domains
    hers = EmailAddress.objects.filter(user_id=account.pk, email__iexact=proof.email, verified=True)
    if not proof.email or not is_proved or not hers.exists():
        raise Refusal(
            _("%(service)s vous connaît sous une autre adresse que celle de ce compte.")
            % {"service": provider.name}
        )


def refuse_unexpected(
    account: Account, provider: Provider, proof: Proof, authority: Authority, clock: Clock
) -> None:
    """Staff enter by it while a role runs here, or an invitation waits: nothing else makes one expected."""
    if provider.domains and _domain_of(proof.email) not in provider.domains:
        raise NotExpected(
            _("Votre adresse n’est pas de celles que %(authority)s attend.") % {"authority": authority.name}
        )
    ids = person_and_claimed(account.person)
    if not works_here(ids, authority) and not waits_for_someone_of(authority, account.email, clock.now()):
        raise NotExpected(
            _("Vous n’avez pas de rôle ici. La personne qui administre la plateforme peut vous inviter.")
        )


def _domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()
