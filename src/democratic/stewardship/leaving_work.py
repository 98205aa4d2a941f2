"""Someone no longer works for an authority: its directory says so, and nothing of her role outlives that.

Stricter than ``end_role``, which an administrator may wait with: what she held (dates, answers to sign, even
the last administration) is handed over afterwards, by who remains or by the command line. Her account, her
words and her follows are hers, and stay.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.people.actions import end_other_sessions
from democratic.people.models import Account
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import end_grant
from democratic.thread.models import Authority, Role
from democratic.thread.queries.roles import running_grants


@dataclass(frozen=True, slots=True)
class Ended:
    grants: int
    leaves_nobody: bool  # no one administers any more


@transaction.atomic
def end_work(*, account: Account, authority: Authority, clock: Clock) -> Ended:
    """All roles here end, and all sessions everywhere. Done again, it changes nothing more."""
    # One end at a time, as for ``end_role``.
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    running = running_grants(authority)
    held = list(running.select_for_update().filter(person__in=person_and_claimed(account.person)))
    for grant in held:
        end_grant(grant=grant, clock=clock)
    if held:
        end_other_sessions(account=account)
    leaves_nobody = bool(held) and not running.filter(role=Role.ADMINISTRATOR, process=None).exists()
    return Ended(len(held), leaves_nobody)


def absent_from(authority: Authority, present: Collection[str]) -> list[Account]:
    """Who has a role here and is not on the directory's list, by the account's address."""
    still = {email.strip().lower() for email in present}
    accounts = Account.objects.filter(person__grants__in=running_grants(authority)).distinct()
    return [each for each in accounts.order_by("email") if each.email.lower() not in still]
