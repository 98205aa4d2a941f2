"""Accounts that an identity service opens: linked by their owner, known again by a print."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict
from democratic.people.models import Account, Level, LinkedIdentity, Verification


def print_of(issuer: str, subject: str) -> str:
    return keyed_hash("identity", issuer, subject)


def account_known_by(subject_print: str) -> Account | None:
    return Account.objects.filter(identities__subject_print=subject_print).first()


def identities_of(account: Account) -> list[LinkedIdentity]:
    return list(LinkedIdentity.objects.filter(account=account).order_by("linked_on", "pk"))


@transaction.atomic
def link_identity(
    *, account: Account, provider: str, subject_print: str, source: str, clock: Clock
) -> LinkedIdentity:
    """``source``: the service's name, for the verification that it gives. One identity opens one account."""
    Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account.pk)
    today = local_day(clock.now(), "UTC")
    linked, _is_new = LinkedIdentity.objects.get_or_create(
        subject_print=subject_print, defaults={"account": account, "provider": provider, "linked_on": today}
    )
    if linked.account_id != account.pk:
        raise Conflict(_("Cette identité ouvre déjà un autre compte. Retirez-la d’abord là-bas."))
    Verification.objects.update_or_create(
        person=account.person, level=Level.IDENTITY, source=source, defaults={"on": today}
    )
    return linked


def unlink_identity(*, account: Account, identity: UUID) -> bool:
    """False when it was not hers, or gone already."""
    gone, _rows = LinkedIdentity.objects.filter(account=account, pk=identity).delete()
    return bool(gone)
