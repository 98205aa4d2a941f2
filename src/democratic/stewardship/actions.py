"""Handing over what is owed, and leaving once nothing is."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.actions import leave_services
from democratic.communities.houses.actions import leave_houses
from democratic.communities.models import Official, Service
from democratic.communities.organisations.actions import leave_organisations
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.correspondents import forget_correspondents
from democratic.observatory.actions import leave_observatories
from democratic.participation.conversations.files import forget_files
from democratic.participation.inbox.actions import leave_inbox
from democratic.participation.mandates.actions import change_answerer
from democratic.people.actions import close_account
from democratic.people.models import Account
from democratic.people.queries import person_and_claimed
from democratic.stewardship.moderation.forgetting import part_with_notices
from democratic.stewardship.queries import (
    drafts_to_sign_by,
    is_last_administrator,
    mandates_to_answer,
    what_binds,
)
from democratic.thread.actions import cut_private_ties, erase_bylines, erase_photos
from democratic.thread.models import Grant


class StillOwing(Conflict):
    """Someone waits for what this person holds: it is handed over first."""


@transaction.atomic
def hand_over_answers(*, official: Official, to: Official, reason: str, function: str, clock: Clock) -> int:
    """Give another official every answer that this one still owes. Returns how many orders and drafts moved."""
    if to.pk == official.pk or to.authority_id != official.authority_id:
        raise Refusal(_("Choisissez une autre personne élue de la collectivité."), field="to")
    if to.person_id is None:
        raise Refusal(_("Cette personne n’a pas de compte : elle ne pourrait pas signer."), field="to")
    refuse_unless_in_office(to, field="to")
    mandates = list(mandates_to_answer([official.pk]))
    for mandate in mandates:
        change_answerer(mandate=mandate, answerer=to, reason=reason, function=function, clock=clock)
    moved = drafts_to_sign_by([official.pk]).update(signer=to)
    if not mandates and not moved:
        raise Conflict(_("Aucune réponse n’est à remettre."))
    return len(mandates) + moved


@transaction.atomic
def leave(*, account: Account, without_name: bool, clock: Clock) -> None:
    """Close an account for good. Public contributions stay, without her name and photos when she asks for it."""
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    ids = person_and_claimed(locked.person)
    refuse_while_owing(ids)
    if without_name:
        erase_bylines(person_ids=ids, clock=clock)
        erase_photos(person_ids=ids, clock=clock)
    leave_services(person_ids=ids)
    leave_houses(person_ids=ids, clock=clock)
    leave_organisations(person_ids=ids, without_name=without_name, clock=clock)
    leave_observatories(person_ids=ids, without_name=without_name, clock=clock)
    part_with_notices(person_ids=ids)
    forget_files(person_ids=ids, now=clock.now())
    leave_inbox(person_ids=ids)
    forget_correspondents(person_ids=ids)
    cut_private_ties(person_ids=ids, clock=clock)
    close_account(account=locked, person_ids=ids, clock=clock)


def refuse_while_owing(ids: Collection[UUID]) -> None:
    """StillOwing, or the certainty that nothing more is promised in their name until the transaction ends."""
    # These locks make whoever promises in a service's name, or names an official, wait: nothing slips in between.
    list(Service.objects.select_for_update().filter(Q(titular__in=ids) | Q(deputy__in=ids)))
    list(Official.objects.select_for_update().filter(person__in=ids))
    if what_binds(ids):
        raise StillOwing(
            _("Votre compte ne peut pas fermer avant que ce que vous devez soit remis à d’autres.")
        )
    if any(is_last_administrator(grant) for grant in Grant.objects.filter(person__in=ids, until=None)):
        raise StillOwing(
            _("Vous êtes la dernière personne qui administre : donnez d’abord ce rôle à une autre.")
        )


@transaction.atomic
def leave_again(*, person_id: UUID, clock: Clock) -> None:
    """She had left, and an older backup brought her back. What she owed then holds her back no more.

    What was handed over since that backup is without anyone again: the desk shows it.
    """
    account = Account.objects.select_for_update(of=("self",)).filter(person=person_id).first()
    leave_services(person_ids=[person_id])
    leave_houses(person_ids=[person_id], clock=clock)
    leave_organisations(person_ids=[person_id], without_name=False, clock=clock)
    leave_observatories(person_ids=[person_id], without_name=False, clock=clock)
    part_with_notices(person_ids=[person_id])
    forget_files(person_ids=[person_id], now=clock.now())
    leave_inbox(person_ids=[person_id])
    forget_correspondents(person_ids=[person_id])
    cut_private_ties(person_ids=[person_id], clock=clock)
    close_account(account=account, person_ids=[person_id], clock=clock)
