from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from democratic.communities.organisations.actions.speaking import end_mandate_to_speak, erase_speaker
from democratic.communities.organisations.models import Membership, SpeakingMandate
from democratic.kernel.clock import Clock


@transaction.atomic
def leave_organisations(*, person_ids: Collection[UUID], without_name: bool, clock: Clock) -> None:
    """Who closes her account belongs to nothing and speaks for nobody; her name goes too when she asks for it."""
    mandates = SpeakingMandate.objects.filter(person__in=person_ids)
    for mandate in mandates.filter(until=None):
        end_mandate_to_speak(mandate=mandate, clock=clock)
    if without_name:
        for mandate in mandates.select_related("organisation__record"):
            erase_speaker(mandate=mandate)
    mandates.update(person=None)
    Membership.objects.filter(person__in=person_ids).delete()
