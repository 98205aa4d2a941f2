from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.thread.actions.attachments import erase_files
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import BYLINE_ERASED
from democratic.thread.models import (
    AudienceMember,
    Follow,
    FollowsAddress,
    Grant,
    Kind,
    Opening,
    Record,
    Visibility,
)

SAID = (Kind.IDEA, Kind.COMMENT, Kind.WALL_QUESTION)


@transaction.atomic
def cut_private_ties(*, person_ids: Collection[UUID], clock: Clock) -> None:
    """Follows go, and their address; roles and memberships end today. What was done under them stays, in public."""
    now = clock.now()
    Follow.objects.filter(person__in=person_ids).delete()
    FollowsAddress.objects.filter(person__in=person_ids).delete()
    Grant.objects.filter(person__in=person_ids, until=None).update(until=now)
    AudienceMember.objects.filter(person__in=person_ids, until=None).update(until=now)


@transaction.atomic
def erase_bylines(*, person_ids: Collection[UUID], clock: Clock) -> int:
    """Take the name off what these persons said, wherever it was said: the words stay, signed by nobody."""
    signed = Record.objects.filter(author__in=person_ids, kind__in=SAID).exclude(byline="")
    return erase_bylines_of(signed, clock=clock)


@transaction.atomic
def erase_bylines_of(signed: QuerySet[Record], *, clock: Clock) -> int:
    """The same, of these records."""
    named = list(signed.select_related("authority").select_for_update(of=("self",)))
    now = clock.now()
    Opening.objects.filter(entry__record__in=named, part="byline").delete()
    Record.objects.filter(pk__in=[record.pk for record in named]).update(byline="")
    for record in named:
        if record.visibility != Visibility.HELD:  # what waits to be read is not in the journal
            append_entry(BYLINE_ERASED, record=record, now=now, data={"kind": record.kind})
        bump_pages_of(record)
    note_erasure(ErasureKind.BYLINE, [record.pk for record in named])
    return len(named)


@transaction.atomic
def erase_photos(*, person_ids: Collection[UUID], clock: Clock) -> int:
    """Take away the photos that these persons gave with what they said: the words stay."""
    shown = Record.objects.filter(author__in=person_ids, kind__in=SAID, attachments__isnull=False).distinct()
    return sum(erase_files(record=record, clock=clock) for record in shown.select_related("authority"))
