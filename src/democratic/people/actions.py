"""Writes about people. Nothing here enters the journal: these facts are private."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.people.models import Account, AgeBand, Consent, ContactAddress, Person, Session

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
def address_for_one_message(*, email: str, language: str) -> ContactAddress:
    """Where to write once to someone who gave us nothing: forgotten in eight days unless she confirms it.

    Whoever it belongs to, and whether we know her, is not looked up; only whether she ever said STOP.
    """
    stopped = ContactAddress.objects.filter(email__iexact=email.strip()).aggregate(at=Min("stopped_at"))
    return ContactAddress.objects.create(
        person=welcome_guest(), email=email.strip().lower(), language=language, stopped_at=stopped["at"]
    )


def keep_account_address(*, account: Account) -> None:
    """An account was opened by proving an address: what one follows is told there, unless it was stopped.

    Done at each sign-in, in one statement; the database says when.
    """
    kept = ContactAddress(
        person_id=account.person_id,
        email=account.email.lower(),
        language=account.language,
        confirmed_at=Now(),
    )
    ContactAddress.objects.bulk_create([kept], ignore_conflicts=True)


@transaction.atomic
def stop_address(*, address: ContactAddress, clock: Clock) -> None:
    """STOP always wins: nothing is sent to this address any more."""
    now = clock.now()
    ContactAddress.objects.filter(email__iexact=address.email, stopped_at=None).update(stopped_at=now)
    Consent.objects.filter(person=address.person, purpose="notices", withdrawn_at=None).update(
        withdrawn_at=now
    )


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
def close_account(*, account: Account, person_ids: Collection[UUID], clock: Clock) -> None:
    """Delete the way to sign in, and all that was kept to reach this person under any of her identities.

    Its sessions go with it. A stopped address stays stopped, for that alone.
    """
    now = clock.now()
    ContactAddress.objects.filter(person__in=person_ids, stopped_at=None).delete()
    Consent.objects.filter(person__in=person_ids, withdrawn_at=None).update(withdrawn_at=now)
    account.delete()
    Person.objects.filter(pk__in=person_ids).update(
        name="", age_band=AgeBand.UNSAID, erased_on=local_day(now, "UTC")
    )


def forget_old_consents() -> int:
    """A consent that was withdrawn is kept a year, as its proof; then forgotten."""
    deleted, _rows = Consent.objects.filter(withdrawn_at__lt=Now() - timedelta(days=365)).delete()
    return deleted


def forget_old_sessions() -> int:
    ended, _rows = Session.objects.filter(expire_date__lt=Now()).delete()
    return ended


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
