"""The acts of ``bin/democratic invite`` and ``account``, once Django is ready."""

from democratic.communities.invitations.actions import invite_to_role
from democratic.config.commands.which_authority import authority_named
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.refusals import Refusal
from democratic.people.actions import restore_account, suspend_account
from democratic.people.models import Account
from democratic.thread.models import Role


def invite(email: str, slug: str) -> None:
    authority = authority_named(slug)
    try:
        invited = invite_to_role(
            authority=authority,
            email=email,
            role=Role.ADMINISTRATOR,
            by=None,
            clock=DATABASE_CLOCK,
            is_mailed=False,
        )
    except Refusal as refusal:
        raise CannotStart(str(refusal.message)) from refusal
    say(f"{authority.name} invite {invited.invitation.email} à administrer. Transmettez-lui ce lien :")
    say(f"\n  {invited.link}\n")
    say("Il sert une fois, pendant sept jours, et n’est montré qu’ici. Une autre invitation le remplace.")


def suspend(email: str) -> None:
    suspend_account(account=_account(email))
    say("Ce compte est suspendu : il est fermé sur tous ses appareils, et n’entre plus.")


def restore(email: str) -> None:
    restore_account(account=_account(email))
    say("Ce compte est rétabli : la personne peut se connecter à nouveau.")


def _account(email: str) -> Account:
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        raise CannotStart(f"Aucun compte n’a l’adresse « {email} ».")
    return account
