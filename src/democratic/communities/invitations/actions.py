"""Inviting someone to a role: by her address, for seven days, once."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.communities.invitations.queries import hash_of
from democratic.communities.invitations.states import LIFE, InvitationState, state_of
from democratic.communities.invitations.texts import invitation_text, link_of
from democratic.communities.models import Invitation
from democratic.kernel.clock import Clock
from democratic.kernel.data_classes import INVITED
from democratic.kernel.ids import new_claim_secret
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.actions import INVITATION, Notice, queue_messages
from democratic.people.actions import address_for_one_message
from democratic.people.ages import Door, refuse_unless, regime_of
from democratic.people.models import Account, Person
from democratic.thread.actions import give_role
from democratic.thread.models import Authority, Grant, Record, Role


@dataclass(frozen=True, slots=True)
class Invited:
    """``link`` holds the secret: it is mailed, or shown once, and never found again."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite_to_role(
    *,
    authority: Authority,
    email: str,
    role: Role,
    by: Person | None,
    clock: Clock,
    process: Record | None = None,
    language: str = "fr",
    is_mailed: bool = True,
) -> Invited:
    """Whether an account has this address is neither asked nor told. A new invitation replaces the one before."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(
            _("Cette adresse n’est pas complète. Elle ressemble à prenom@exemple.fr."), field="email"
        ) from error
    if process is not None and (process.authority_id != authority.pk or role == Role.ADMINISTRATOR):
        raise Refusal(_("Ce rôle porte sur toute la collectivité."), field="role")
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # two clicks at once: one link
    now = clock.now()
    Invitation.objects.filter(
        authority=authority, process=process, role=role, email=email, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=now)
    secret = new_claim_secret()
    invitation = Invitation.objects.create(
        authority=authority,
        process=process,
        role=role,
        email=email,
        language=language,
        secret_hash=hash_of(secret),
        invited_by=by,
        invited_at=now,
        expires_at=now + LIFE,
    )
    if is_mailed:
        text = invitation_text(invitation, secret)
        address = address_for_one_message(email=email, language=language)
        queue_messages([Notice(authority, address, INVITATION, text.subject, text.body)])
    return Invited(invitation, link_of(authority, secret, language))


@transaction.atomic
def accept_invitation(*, invitation: Invitation, account: Account, clock: Clock) -> Grant:
    """Give the role to the owner of the invited address, once. Signing in has proved that it is hers."""
    locked = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("authority", "process")
        .get(pk=invitation.pk)
    )
    now = clock.now()
    if state_of(locked, now) != InvitationState.WAITING:
        raise Conflict(_("Cette invitation n’est plus valable. Demandez-en une autre."))
    if account.email.lower() != locked.email.lower():
        raise Refusal(_("Cette invitation est pour une autre adresse que celle de votre compte."))
    refuse_unless(Door.ROLE, regime_of(account.person.age_band, says_15=True))
    locked.accepted_at = now
    locked.save(update_fields=["accepted_at"])
    return give_role(
        person=account.person,
        role=Role(locked.role),
        authority=locked.authority,
        process=locked.process,
        clock=clock,
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, clock: Clock) -> None:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    now = clock.now()
    if state_of(locked, now) != InvitationState.WAITING:
        raise Conflict(_("Cette invitation n’attend plus personne."))
    locked.withdrawn_at = now
    locked.save(update_fields=["withdrawn_at"])


def forget_old_invitations() -> int:
    ended = Now() - timedelta(days=INVITED.term.length)
    deleted, _rows = Invitation.objects.filter(expires_at__lt=ended).delete()
    return deleted
