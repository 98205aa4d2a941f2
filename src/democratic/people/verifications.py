"""Who was verified, how, and since when: private facts, with their source. They give no word more weight."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Refusal
from democratic.people.models import Account, Level, Person, Verification


def is_verified(person: Person) -> bool:
    """She, or the account that claimed her: whatever the level."""
    hers = {person.pk, person.root_id or person.pk}
    return Verification.objects.filter(person__in=hers).exists()


def is_anyone_verified() -> bool:
    """False where nobody ever was: there is nothing to tell apart yet."""
    return Verification.objects.exists()


def account_at(email: str) -> Account:
    """Whose owner stands at the desk. Raises Refusal."""
    account = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if account is None:
        raise Refusal(
            _("Aucun compte n’a cette adresse. La personne en ouvre un, puis vous revenez ici."),
            field="email",
        )
    return account


def desk_checks_by(source: str, *, offset: int, limit: int) -> tuple[list[Verification], int]:
    """Those that this authority noted at its desk, the newest first, with their accounts; and how many."""
    noted = Verification.objects.filter(level=Level.DESK_CHECK, source=source)
    newest = noted.select_related("person__account").order_by("-on", "-pk")
    return list(newest[offset : offset + limit]), noted.count()


def desk_check_by(source: str, pk: UUID) -> Verification | None:
    noted = Verification.objects.filter(level=Level.DESK_CHECK, source=source, pk=pk)
    return noted.select_related("person__account").first()


@transaction.atomic
def note_desk_check(*, person: Person, by: Person, source: str, clock: Clock) -> Verification:
    """She was seen with a document, of which nothing is kept: neither a copy nor its number.
    ``source``: the slug of the authority, which no other can take; or the name of who else saw her.

    Seen again, she keeps her first day. Nobody vouches for herself.
    """
    if person.pk in (by.pk, by.root_id):
        raise Refusal(_("C’est votre propre compte. Demandez à une autre personne."), field="email")
    noted, _is_new = Verification.objects.get_or_create(
        person=person,
        level=Level.DESK_CHECK,
        source=source,
        defaults={"on": local_day(clock.now(), "UTC")},
    )
    return noted


@transaction.atomic
def revoke_desk_check(*, verification: Verification) -> None:
    """Nothing is kept of it. What she marked in the meantime was marked by someone verified, and stays so."""
    verification.delete()
