"""Writes about people. Nothing here enters the journal: these facts are private."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.data_classes import ADDRESS, CONSENT, IDENTITY
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_line
from democratic.people.consents import (
    address_for_one_message,
    address_of_work,
    address_to_answer,
    drop_addresses,
    keep_account_address,
    leave_address,
    prove_address,
    resume_address,
    stop_address,
    stop_all,
)
from democratic.people.models import Account, AgeBand, Consent, ContactAddress, Person, Session, Verification
from democratic.people.queries import living_sessions

__all__ = [
    "address_for_one_message", "address_of_work", "address_to_answer", "claim_person", "close_account", "drop_addresses",
    "end_other_sessions", "end_session", "forget_old_consents", "forget_old_guests", "forget_old_sessions",
    "forget_person",
    "forget_unconfirmed_addresses", "keep_account_address", "leave_address", "note_first_sign_in",
    "open_account", "prove_address", "restore_account", "resume_address", "stop_address", "stop_all",
    "suspend_account", "welcome_guest", "welcome_guest_as", "welcome_guests",
]  # fmt: skip


def welcome_guest(*, name: str = "", age_band: str = AgeBand.UNSAID) -> Person:
    return Person.objects.create(name=clean_line(name)[:80], age_band=age_band)


def welcome_guest_as(person_id: UUID) -> Person:
    """Whoever was welcomed under this id before; someone new when that one is erased, or signs in."""
    person, _is_new = Person.objects.get_or_create(pk=person_id)
    if person.erased_on is not None or Account.objects.filter(person=person).exists():
        return welcome_guest()
    return person


def welcome_guests(how_many: int) -> list[Person]:
    """As many at once, of whom nothing is known."""
    return Person.objects.bulk_create([Person() for _each in range(how_many)], batch_size=1000)


@transaction.atomic
def open_account(*, email: str, name: str = "", password: str | None = None, language: str = "fr") -> Account:
    account = Account(email=email.strip(), person=welcome_guest(name=name), language=language)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    return account


def note_first_sign_in(*, account: Account) -> None:
    """That this account was opened for good; when it came back since is nobody's to know."""
    Account.objects.filter(pk=account.pk, last_login=None).update(last_login=Now())


def end_session(*, account: Account, session_key: str) -> bool:
    """Its row goes: the next request from there finds nobody signed in. False when it had ended already."""
    ended, _rows = Session.objects.filter(account=account, pk=session_key).delete()
    return bool(ended)


def end_other_sessions(*, account: Account, but: str | None = None) -> int:
    """Everywhere at once, or everywhere but here."""
    ended, _rows = Session.objects.filter(account=account).exclude(pk=but or "").delete()
    return ended


@transaction.atomic
def suspend_account(*, account: Account) -> None:
    """It opens nothing from its next request on, and no session of before opens it again once it is back."""
    Account.objects.filter(pk=account.pk).update(is_active=False)
    end_other_sessions(account=account)


def restore_account(*, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=True)


@transaction.atomic
def close_account(*, account: Account | None, person_ids: Collection[UUID], clock: Clock) -> None:
    """Delete the way to sign in, and all that was kept to reach this person under any of her identities.

    Its sessions go with it.
    """
    if account is not None:  # one whose account was closed before has none to close again
        account.delete()
    forget_person(person_ids=person_ids, clock=clock)


@transaction.atomic
def forget_person(*, person_ids: Collection[UUID], clock: Clock) -> None:
    """What was kept to reach and to name her. A stopped address stays stopped: by its print, not by itself."""
    now = clock.now()
    drop_addresses(person_ids=person_ids, now=now)
    Verification.objects.filter(person_id__in=person_ids).delete()
    Person.objects.filter(pk__in=person_ids).update(
        name="", age_band=AgeBand.UNSAID, erased_on=local_day(now, "UTC")
    )
    note_erasure(ErasureKind.PERSON, person_ids)


def forget_old_consents() -> int:
    """A consent that was withdrawn is kept a year, as its proof; then forgotten."""
    deleted, _rows = Consent.objects.filter(
        withdrawn_at__lt=Now() - timedelta(days=CONSENT.term.length)
    ).delete()
    return deleted


def forget_old_sessions() -> int:
    ended, _rows = Session.objects.exclude(pk__in=living_sessions()).delete()
    return ended


def forget_old_guests() -> int:
    """Guests who neither said nor supported anything are kept thirteen months, as long as their cookie."""
    day = Now() - timedelta(days=IDENTITY.term.length)
    silent = Person.objects.filter(
        created_on__lt=day, account=None, claimed=None, root=None, records=None, supports=None, erased_on=None,
        agreement=None, agreement_as_parent=None, conversations=None, correspondents=None,
        registrations=None, attendances=None,
    )  # fmt: skip
    deleted, _rows = silent.delete()
    return deleted


def forget_guests_of_nothing(person_ids: Collection[UUID]) -> int:
    """Of these, guests of whom nothing is left: no word, no address, no account."""
    empty = Person.objects.filter(
        pk__in=person_ids, account=None, claimed=None, root=None, records=None, supports=None, erased_on=None,
        agreement=None, agreement_as_parent=None, conversations=None, correspondents=None,
        registrations=None, attendances=None,
    )  # fmt: skip
    deleted, _rows = empty.delete()
    return deleted


def forget_unconfirmed_addresses() -> int:
    """An address whose owner never answered is forgotten a week after, with its consent link."""
    deleted, _rows = ContactAddress.objects.filter(
        confirmed_at=None, stopped_at=None, created_at__lt=Now() - timedelta(days=ADDRESS.terms[0].length)
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
