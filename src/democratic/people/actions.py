"""Writes about people. Nothing here enters the journal: these facts are private."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.people.models import Account, AgeBand, Consent, ContactAddress, Person

THIRTEEN_MONTHS = 395  # days


def welcome_guest(*, name: str = "", age_band: str = AgeBand.UNSAID) -> Person:
    return Person.objects.create(name=clean_line(name)[:80], age_band=age_band)


@transaction.atomic
def open_account(*, email: str, name: str = "", password: str | None = None, language: str = "fr") -> Account:
    account = Account(email=email.strip(), person=welcome_guest(name=name), language=language)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    return account


@transaction.atomic
def leave_address(
    *, person: Person, email: str, purpose: str, wording: str, language: str, clock: Clock
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
    was_stopped = ContactAddress.objects.filter(
        email__iexact=email.strip(), stopped_at__isnull=False
    ).exists()
    address, _created = ContactAddress.objects.update_or_create(
        person=person,
        email=email.strip().lower(),
        defaults={"language": language},
        create_defaults={"language": language, "stopped_at": now if was_stopped else None},
    )
    Consent.objects.create(person=person, purpose=purpose, wording=wording, given_at=now)
    return address


@transaction.atomic
def keep_account_address(*, account: Account, clock: Clock) -> None:
    """An account was opened by proving an address: what one follows is told there, unless it was stopped."""
    now = clock.now()
    ContactAddress.objects.get_or_create(
        person=account.person,
        email=account.email.lower(),
        defaults={"language": account.language, "confirmed_at": now},
    )


@transaction.atomic
def stop_address(*, address: ContactAddress, clock: Clock) -> None:
    """STOP always wins: nothing is sent to this address any more."""
    now = clock.now()
    stopped = ContactAddress.objects.filter(email__iexact=address.email, stopped_at=None)
    note_erasure(ErasureKind.ADDRESS, list(stopped.values_list("pk", flat=True)))
    stopped.update(stopped_at=now)
    Consent.objects.filter(person=address.person, purpose="notices", withdrawn_at=None).update(
        withdrawn_at=now
    )


@transaction.atomic
def close_account(*, account: Account | None, person_ids: Collection[UUID], clock: Clock) -> None:
    """Delete the way to sign in, and all that was kept to reach this person under any of her identities.

    Sessions open nothing once their account is gone. A stopped address stays stopped, for that alone.
    """
    now = clock.now()
    ContactAddress.objects.filter(person__in=person_ids, stopped_at=None).delete()
    Consent.objects.filter(person__in=person_ids, withdrawn_at=None).update(withdrawn_at=now)
    if account is not None:  # one whose account was closed before has none to close again
        account.delete()
    Person.objects.filter(pk__in=person_ids).update(
        name="", age_band=AgeBand.UNSAID, erased_on=local_day(now, "UTC")
    )
    note_erasure(ErasureKind.PERSON, person_ids)


def forget_old_consents() -> int:
    """A consent that was withdrawn is kept a year, as its proof; then forgotten."""
    deleted, _rows = Consent.objects.filter(withdrawn_at__lt=Now() - timedelta(days=365)).delete()
    return deleted


def forget_old_guests() -> int:
    """Guests who neither said nor supported anything are kept thirteen months, as long as their cookie."""
    day = Now() - timedelta(days=THIRTEEN_MONTHS)
    silent = Person.objects.filter(
        created_on__lt=day, account=None, claimed=None, root=None, records=None, supports=None, erased_on=None
    )
    deleted, _rows = silent.delete()
    return deleted


def forget_unconfirmed_addresses() -> int:
    """An address whose owner never answered is forgotten a week after, with its consent link."""
    deleted, _rows = ContactAddress.objects.filter(
        confirmed_at=None, stopped_at=None, created_at__lt=Now() - timedelta(days=8)
    ).delete()
    return deleted


@transaction.atomic
def claim_person(*, guest: Person, by: Person) -> None:
    """The guest and the account's person are one: only ``root`` says so.

    A key can be shared: it never hands over someone who has an account, had one, or was claimed already.
    """
    root = by.root or by
    locked = Person.objects.select_for_update().get(pk=guest.pk)
    if root.pk in (locked.pk, locked.root_id):
        return
    if locked.root_id or locked.erased_on or Account.objects.filter(person=locked).exists():
        raise Conflict(
            _("Cette parole est déjà rattachée à un autre compte. La clé reste bonne pour la retirer.")
        )
    Person.objects.filter(pk=locked.pk).update(root=root)
