"""Erasing a person everywhere: rows, words, search, messages, sessions, counts, and mails kept as files.

What a public fact proves stays: the journal keeps commitments that nobody can open any more. How long a
backup still holds what was erased is the operator's to say (docs/operate/personal-data.md).
"""

import json
from collections.abc import Collection, Sequence
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from democratic.communities.actions import leave_services
from democratic.communities.agreements.actions import leave_agreements
from democratic.communities.houses.actions import leave_houses
from democratic.communities.organisations.actions import leave_organisations
from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.idempotency import forget_answers
from democratic.kernel.limits import forget_subjects
from democratic.messaging.composing import reference_of
from democratic.messaging.correspondents import forget_correspondents
from democratic.messaging.mailbox import forget_mails
from democratic.messaging.models import OutgoingMessage
from democratic.observatory.actions import leave_observatories
from democratic.participation.answers.grouping import settle_answers
from democratic.participation.campaigns.lists.forgetting import leave_lists
from democratic.participation.conversations.keeping import part_with_answers
from democratic.participation.ideas.actions import erase_ages
from democratic.participation.ideas.merging import part_from_withdrawn
from democratic.participation.inbox.actions import leave_inbox
from democratic.participation.meetings.forgetting import part_with_attendance
from democratic.participation.meetings.minutes.actions import erase_amendments
from democratic.participation.meetings.soundings.erasing import erase_voices
from democratic.participation.meetings.wall.actions import count_voices, erase_wall_marks, settle_gone
from democratic.participation.polls.actions import erase_answers
from democratic.people.actions import close_account, forget_person
from democratic.people.models import Account, ContactAddress, Person, Session
from democratic.people.queries import held_in, person_and_claimed
from democratic.stewardship.actions import refuse_while_owing
from democratic.stewardship.guests import ids_of_guest
from democratic.stewardship.moderation.forgetting import part_with_notices
from democratic.thread.actions import (
    cut_private_ties,
    erase_bylines,
    erase_marks,
    erase_photos,
    erase_words,
    part_with_author,
    said_by,
)
from democratic.thread.models import Kind, Record


@transaction.atomic
def erase_name(*, person_ids: Collection[UUID], clock: Clock) -> int:
    """Only the name: the account and the words stay. Returns how many contributions were signed."""
    Person.objects.filter(pk__in=person_ids).update(name="")
    note_erasure(ErasureKind.NAME, person_ids)
    return erase_bylines(person_ids=person_ids, clock=clock)


@transaction.atomic
def erase_account(*, account: Account, with_words: bool, clock: Clock) -> None:
    """Everything, under every identity. ``with_words``: what she said in public goes too."""
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    ids = person_and_claimed(locked.person)
    refuse_while_owing(ids)
    addresses = _addresses(ids) | {locked.email.lower()}
    addresses |= {email.lower() for email in _signing_in(locked)}
    _erase(ids, with_words=with_words, clock=clock)
    leave_lists(emails=addresses)
    _close_sessions(locked, addresses)
    close_account(account=locked, person_ids=ids, clock=clock)
    _forget_traces(ids, addresses)


@transaction.atomic
def erase_guest(*, guest: Person, with_words: bool, clock: Clock) -> None:
    """The same for a guest, who has no account and was not claimed by one. NotAGuest otherwise."""
    locked = Person.objects.select_for_update().get(pk=guest.pk)
    ids = ids_of_guest(locked)
    addresses = _addresses(ids)
    _erase(ids, with_words=with_words, clock=clock)
    leave_lists(emails=addresses)
    forget_person(person_ids=ids, clock=clock)
    _forget_traces(ids, addresses)


def _signing_in(account: Account) -> list[str]:
    return list(EmailAddress.objects.filter(user=account).values_list("email", flat=True))


def _addresses(ids: Collection[UUID]) -> set[str]:
    kept = ContactAddress.objects.filter(person__in=ids).values_list("email", flat=True)
    return {email.lower() for email in kept}


def _erase(ids: Collection[UUID], *, with_words: bool, clock: Clock) -> None:
    said = said_by(ids)
    erase_ages(records=said)
    if with_words:
        _erase_said(said, clock)
    else:
        erase_bylines(person_ids=ids, clock=clock)
        erase_photos(person_ids=ids, clock=clock)
        part_with_author(records=said)
    erase_answers(person_ids=ids)
    erase_voices(person_ids=ids)
    erase_wall_marks(person_ids=ids)
    erase_amendments(person_ids=ids, with_words=with_words)
    erase_marks(person_ids=ids)
    part_with_notices(person_ids=ids)
    leave_services(person_ids=ids)
    leave_agreements(person_ids=ids, clock=clock)
    leave_houses(person_ids=ids, clock=clock)
    leave_organisations(person_ids=ids, without_name=True, clock=clock)
    leave_observatories(person_ids=ids, without_name=True, clock=clock)
    part_with_attendance(person_ids=ids, clock=clock)
    part_with_answers(person_ids=ids, clock=clock)
    leave_inbox(person_ids=ids)
    forget_correspondents(person_ids=ids)
    cut_private_ties(person_ids=ids, clock=clock)
    forget_answers([record.code for record in said])


def _erase_said(said: Sequence[Record], clock: Clock) -> None:
    """Words, and what others were told of them; an idea that is gone is owed no answer."""
    mails = _forget_what_was_told([record.pk for record in said])
    for record in said:
        settle = settle_gone if record.kind == Kind.WALL_QUESTION else part_from_withdrawn
        settle(target=record, clock=clock)
    for record in reversed(said):  # parts before the whole they were cut from, which would take them with it
        erase_words(record=record, clock=clock)
    count_voices([record.pk for record in said if record.kind == Kind.WALL_QUESTION])
    processes = {record.process.pk: record.process for record in said if record.process}
    for process in processes.values():
        settle_answers(process=process.as_process, clock=clock)
    transaction.on_commit(lambda: forget_mails(references=mails))


def _forget_what_was_told(said: Collection[UUID]) -> list[str]:
    """Messages that quote these, to whoever they went. Returns the references of their mails."""
    quoting = Q(entry__record__in=said) | Q(entry__record__answer__subject__in=said)
    quoting |= Q(entry__record__evidence__subject__in=said)
    found = OutgoingMessage.objects.filter(pk__in=OutgoingMessage.objects.filter(quoting).values("pk"))
    mails = [reference_of(message) for message in found]
    found.filter(state=OutgoingMessage.State.QUEUED).delete()
    found.update(subject="", body="")
    return mails


def _close_sessions(account: Account, addresses: Collection[str]) -> None:
    """On every device; and those in which one of her addresses waits for a code."""
    Session.objects.filter(account=account).delete()
    for session in Session.objects.filter(account=None).iterator(chunk_size=500):
        said = json.dumps(held_in(session)).lower()
        if any(address in said for address in addresses):
            session.delete()


def _forget_traces(ids: Collection[UUID], addresses: Collection[str]) -> None:
    forget_subjects([*map(str, ids), *addresses])
    transaction.on_commit(lambda: forget_mails(addresses))
