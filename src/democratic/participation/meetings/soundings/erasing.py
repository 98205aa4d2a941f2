"""A person is erased: what was not counted yet goes, what was told stays in its total and is nobody's any more."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.soundings import voting
from democratic.participation.meetings.soundings.models import SoundingCount, SoundingVoice

_LATER = Q(seat=Seat.LATER, sounding__is_final=False)


@transaction.atomic
def erase_voices(*, person_ids: Collection[UUID]) -> None:
    hers = SoundingVoice.objects.filter(person__in=person_ids)
    with (
        connection.cursor() as cursor
    ):  # while it is closed or counted for good, we do not know on which side we are
        cursor.execute(voting.LOCK, {"soundings": list(set(hers.values_list("sounding", flat=True)))})
    hers.filter(Q(sounding__closed_at=None) | _LATER).delete()
    hers.update(person=None)
    SoundingCount.objects.filter(entered_by__in=person_ids).update(entered_by=None)
    SoundingCount.objects.filter(verified_by__in=person_ids).update(verified_by=None)
