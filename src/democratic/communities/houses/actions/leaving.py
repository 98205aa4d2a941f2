from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from democratic.communities.houses.actions.opening import end_facilitator
from democratic.communities.houses.models import Facilitator
from democratic.kernel.clock import Clock


@transaction.atomic
def leave_houses(*, person_ids: Collection[UUID], clock: Clock) -> None:
    """Who closes her account helps nowhere. What a member has at home goes with her membership."""
    mine = Facilitator.objects.filter(person__in=person_ids)
    for facilitator in mine.filter(until=None).select_related("house__organisation__record__authority"):
        end_facilitator(facilitator=facilitator, clock=clock)
    mine.delete()
