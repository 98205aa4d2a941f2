"""The next members: their mandate begins, roles are free again, and what was learnt stays with who learnt it."""

from democratic.communities.houses.actions.locking import Held
from democratic.communities.houses.events import MANDATE_BEGUN
from democratic.communities.houses.models import House
from democratic.communities.houses.queries import running_terms
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of


def begin_mandate(held: Held) -> House:
    """In the caller's transaction, which hands over what is open."""
    running_terms(held.house, held.today).update(ended_on=held.today)
    House.objects.filter(pk=held.house.pk).update(mandate=held.house.mandate + 1, mandate_since=held.today)
    held.house.mandate, held.house.mandate_since = held.house.mandate + 1, held.today
    append_entry(MANDATE_BEGUN, record=held.record, now=held.now, data={"mandate": held.house.mandate})
    bump_pages_of(held.record)
    return held.house
