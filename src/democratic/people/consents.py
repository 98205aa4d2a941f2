"""The ledger of consents: given for one address and one purpose, proved, and taken back as easily."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, Refusal
from democratic.people.models import (
    Account,
    Consent,
    ConsentSource,
    ContactAddress,
    Person,
    Purpose,
    StoppedAddress,
)


def print_of(email: str) -> str:
    """What an address is compared by once it is gone."""
    return keyed_hash("address", email.strip().lower())


@transaction.atomic
def leave_address(
    *,
    person: Person,
    email: str,
    purpose: str,
    wording: str,
    language: str,
    clock: Clock,
    source: str = ConsentSource.SAID,
) -> ContactAddress:
    """Keep where to tell this person, with the consent in the words that she was shown."""
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Refusal(
            _("Cette adresse n’est pas complète. Elle ressemble à prenom@exemple.fr."), field="email"
        ) from error
    now = clock.now()
    # Anyone can type an address: one whose owner said STOP stays stopped, whoever gives it again.
    was_stopped = StoppedAddress.objects.filter(email_print=print_of(email)).exists()
    address, _created = ContactAddress.objects.update_or_create(
        person=person,
        email=email.strip().lower(),
        defaults={"language": language},
        create_defaults={"language": language, "stopped_at": now if was_stopped else None},
    )
    _give(address, purpose=purpose, wording=wording, source=source, now=now)
    return address


def _give(address: ContactAddress, *, purpose: str, wording: str, source: str, now: datetime) -> None:
    Consent.objects.create(
        person=address.person,
        address=address,
        address_print=print_of(address.email),
        purpose=purpose,
        wording=wording,
        language=address.language,
        source=source,
        age_band=address.person.age_band,
        given_at=now,
        proved_at=address.confirmed_at and now,
    )


def agree_in_conversation(
    *, person: Person, address_print: str, wording: str, language: str, clock: Clock
) -> None:
    """She answered yes, from that address: given and proved at once. Asked again, it is given once."""
    hers = Consent.objects.filter(person=person, address_print=address_print, withdrawn_at=None)
    if hers.exists():
        return
    now = clock.now()
    Consent.objects.create(
        person=person,
        address_print=address_print,
        purpose=Purpose.NOTICES,
        wording=wording,
        language=language,
        source=ConsentSource.CHAT,
        age_band=person.age_band,
        given_at=now,
        proved_at=now,
    )


def withdraw_in_conversation(*, address_print: str, now: datetime) -> None:
    """STOP takes back what was agreed from there."""
    given = Consent.objects.filter(address_print=address_print, withdrawn_at=None)
    given.update(withdrawn_at=now, withdrawn_by=ConsentSource.CHAT)


@transaction.atomic
def address_for_one_message(*, email: str, language: str) -> ContactAddress:
    """Where to write once to someone who gave us nothing: forgotten in eight days unless she confirms it.

    Whoever it belongs to, and whether we know her, is not looked up; only whether she ever said STOP.
    """
    stopped = StoppedAddress.objects.filter(email_print=print_of(email)).first()
    return ContactAddress.objects.create(
        person=Person.objects.create(),
        email=email.strip().lower(),
        language=language,
        stopped_at=stopped.stopped_at if stopped else None,
    )


def address_of_work(*, account: Account) -> ContactAddress:
    """Where to write to an account about what its own work owes: the address that opens it.

    No consent is asked, and none is kept: unless its owner confirmed it, it is forgotten in eight days. A STOP holds.
    """
    stopped = StoppedAddress.objects.filter(email_print=print_of(account.email)).first()
    address, _created = ContactAddress.objects.get_or_create(
        person_id=account.person_id,
        email=account.email.lower(),
        defaults={"language": account.language, "stopped_at": stopped.stopped_at if stopped else None},
    )
    return address


@transaction.atomic
def address_to_answer(*, person: Person, email: str, language: str) -> ContactAddress:
    """Where to write back to someone who wrote to us; as short-lived as ``address_for_one_message`` says."""
    stopped = StoppedAddress.objects.filter(email_print=print_of(email)).first()
    address, _created = ContactAddress.objects.get_or_create(
        person=person,
        email=email.strip().lower(),
        defaults={"language": language, "stopped_at": stopped.stopped_at if stopped else None},
    )
    return address


def keep_account_address(*, account: Account, wording: str, clock: Clock) -> None:
    """An account was opened by proving an address: what one follows is told there, unless it was stopped."""
    known = ContactAddress.objects.filter(person_id=account.person_id, email=account.email.lower())
    if not known.exists():  # asked at each sign-in, and no more than that
        _keep_account_address(account, wording, clock)


@transaction.atomic
def _keep_account_address(account: Account, wording: str, clock: Clock) -> None:
    now = clock.now()
    was_stopped = StoppedAddress.objects.filter(email_print=print_of(account.email)).exists()
    address, created = ContactAddress.objects.get_or_create(
        person=account.person,
        email=account.email.lower(),
        defaults={
            "language": account.language,
            "confirmed_at": now,
            "stopped_at": now if was_stopped else None,
        },
    )
    if created:
        _give(address, purpose=Purpose.NOTICES, wording=wording, source=ConsentSource.ACCOUNT, now=now)


@transaction.atomic
def prove_address(*, address: ContactAddress, clock: Clock) -> None:
    """Its owner answered: what was agreed to for this address is proved."""
    now = clock.now()
    ContactAddress.objects.filter(pk=address.pk, confirmed_at=None).update(confirmed_at=now)
    Consent.objects.filter(address=address, proved_at=None, withdrawn_at=None).update(proved_at=now)


@transaction.atomic
def stop_address(*, address: ContactAddress, clock: Clock, source: str = ConsentSource.MAIL) -> None:
    """STOP always wins: nothing is sent to this address any more, whoever gave it."""
    now = clock.now()
    StoppedAddress.objects.get_or_create(email_print=print_of(address.email), defaults={"stopped_at": now})
    reached = ContactAddress.objects.filter(email__iexact=address.email, stopped_at=None)
    note_erasure(ErasureKind.ADDRESS, list(reached.values_list("pk", flat=True)))
    reached.update(stopped_at=now)
    same = Q(address_print=print_of(address.email)) | Q(person=address.person, address_print="")
    Consent.objects.filter(same, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=source)


@transaction.atomic
def stop_all(*, person_ids: Collection[UUID], clock: Clock) -> int:
    """Everywhere at once, on request: each address of hers, under every identity."""
    mine = list(ContactAddress.objects.filter(person__in=person_ids, stopped_at=None).order_by("pk"))
    for address in mine:
        stop_address(address=address, clock=clock, source=ConsentSource.LEDGER)
    return len(mine)


@transaction.atomic
def resume_address(*, address: ContactAddress, wording: str, clock: Clock) -> None:
    """She agrees again, in these words. Only for an address that she proved to be hers."""
    now = clock.now()
    locked = (
        ContactAddress.objects.select_for_update(of=("self",)).select_related("person").get(pk=address.pk)
    )
    if locked.confirmed_at is None:
        raise Conflict(_("Cette adresse n’a pas été confirmée : nous ne savons pas si elle est à vous."))
    if locked.stopped_at is None:
        raise Conflict(_("Cette adresse reçoit déjà nos messages."))
    StoppedAddress.objects.filter(email_print=print_of(locked.email)).delete()
    locked.stopped_at = None
    ContactAddress.objects.filter(pk=locked.pk).update(stopped_at=None)
    _give(locked, purpose=Purpose.NOTICES, wording=wording, source=ConsentSource.LEDGER, now=now)


def drop_addresses(*, person_ids: Collection[UUID], now: datetime, source: str = ConsentSource.LEFT) -> None:
    """All of them, with what was sent there; the proof of what was agreed to stays its year."""
    Consent.objects.filter(person__in=person_ids, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=source
    )
    ContactAddress.objects.filter(person__in=person_ids).delete()
