from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.db.models import DateField, QuerySet
from django.db.models.functions import Cast, Now

from democratic.kernel.compiled import Compiled, columns_of, instances_of
from democratic.people.models import Account, Consent, ContactAddress, Person, Session

_SIGNED_AS = "django.contrib.sessions.SessionStore"  # as every store of Django's is


def _account(pk: UUID) -> QuerySet[Account, tuple[object, ...]]:
    return Account.objects.filter(pk=pk).values_list(*columns_of(Account), *columns_of(Person, "person__"))


_ACCOUNT = Compiled(_account, pk=UUID)
_CLAIMED = Compiled(lambda root: Person.objects.filter(root=root).values_list("pk"), root=UUID)


def account_of(pk: UUID) -> Account | None:
    """With the person, in one query that every signed-in page asks."""
    row = _ACCOUNT.first(pk=pk)
    if row is None:
        return None
    account: Account
    account, account.person = instances_of(row, Account, Person)
    return account


def person_and_claimed(person: Person) -> list[UUID]:
    """The ids under which this person spoke: her own, and those that she claimed."""
    root = person.root_id or person.pk
    return [root, *(pk for (pk,) in _CLAIMED.rows(root=root))]


def addresses_of(person_ids: list[UUID]) -> list[ContactAddress]:
    return list(
        ContactAddress.objects.filter(person_id__in=person_ids, stopped_at=None).order_by("created_at")
    )


def address_book(person_ids: list[UUID], *, limit: int = 50) -> list[ContactAddress]:
    """Every address of hers, stopped or not."""
    return list(ContactAddress.objects.filter(person_id__in=person_ids).order_by("created_at", "pk")[:limit])


def get_address_for(person_ids: list[UUID], typed: str) -> ContactAddress | None:
    """One of hers; another's and none look alike."""
    try:
        found = ContactAddress.objects.filter(person_id__in=person_ids, pk=UUID(typed))
    except ValueError:
        return None
    return found.select_related("person").first()


def consents_of(person_ids: list[UUID], *, skip: int, limit: int) -> list[Consent]:
    """The ledger, the newest first; an address that is gone leaves its line."""
    hers = Consent.objects.filter(person_id__in=person_ids).select_related("address")
    return list(hers.order_by("-given_at", "-pk")[skip : skip + limit])


def living_sessions() -> QuerySet[Session]:
    """Neither too old nor left unused: a browser that was forgotten somewhere closes by itself."""
    unused_since = Cast(Now() - timedelta(days=settings.SESSION_UNUSED_DAYS), DateField())
    return Session.objects.filter(expire_date__gt=Now(), used_on__gte=unused_since)


def still_signed_in(keys: Collection[str]) -> QuerySet[Session, tuple[str]]:
    """Of these sessions, those that still open an account."""
    return living_sessions().filter(pk__in=keys, account__is_active=True).values_list("session_key")


def sessions_of(account: Account) -> list[Session]:
    """Where this account is signed in, the last one used first."""
    living = living_sessions().filter(account=account)
    return list(living.defer("session_data").order_by("-used_on", "-expire_date", "pk"))


def held_in(session: Session) -> dict[str, Any]:
    """What a session keeps; empty when it was signed with a key of before."""
    try:
        held: dict[str, Any] = signing.loads(session.session_data, salt=_SIGNED_AS, serializer=JSONSerializer)
    except signing.BadSignature:
        return {}
    return held
