"""The secret address of one's follows: made when it is asked for, shown once, made again or taken back at will."""

from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict
from democratic.people.models import Person
from democratic.thread.models import Authority, FollowsAddress
from democratic.thread.queries.follows_address import hash_of

_BYTES = 32  # 256 bits: twice what no guess can reach


@transaction.atomic
def make_follows_address(*, person: Person, authority: Authority, clock: Clock) -> str:
    """The secret, known to nobody but who asked from now on. The one before opens nothing any more."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.erased_on is not None:
        raise Conflict(_("Ce compte est fermé."))
    secret = token_urlsafe(_BYTES)
    FollowsAddress.objects.filter(person=locked).delete()
    FollowsAddress.objects.create(
        person=locked, secret_hash=hash_of(secret), made_on=local_day(clock.now(), authority.time_zone)
    )
    return secret


@transaction.atomic
def revoke_follows_address(*, person: Person) -> bool:
    """True when there was one."""
    deleted, _rows = FollowsAddress.objects.filter(person=person).delete()
    return bool(deleted)
