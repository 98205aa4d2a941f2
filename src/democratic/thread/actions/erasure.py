from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.thread.actions.attachments import detach_files
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.marks import unsupport
from democratic.thread.actions.places import erase_points
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import WORDS_ERASED
from democratic.thread.models import (
    AudienceMember,
    ClaimSecret,
    ExternalReference,
    Follow,
    FollowsAddress,
    Kind,
    Opening,
    Record,
    RecordPoint,
    RecordSearch,
    Support,
    Visibility,
    Wording,
)
from democratic.thread.queries.wholes import parts_of

SAID = (Kind.IDEA, Kind.COMMENT, Kind.WALL_QUESTION)

# Places that nobody names any more are not kept as +1 and -1: in one statement, what was summed is what goes.
_FORGET_PLACES = """
with unnamed as (
  select array_agg(id) as ids from thread_shelfcount
  where process_id = %s and kind = %s and audience_id = %s and facet = 'place'
  group by value having sum(n) = 0)
delete from thread_shelfcount where id in (select unnest(ids) from unnamed)
"""


@transaction.atomic
def erase_words(*, record: Record, clock: Clock) -> None:
    """Erase what a person said: wordings, files, search and openings go, and with each opening its salt.

    The Entries stay with their commitments, which nobody can open any more: every proof is still valid.
    The parts of what was split say its words: they go with it. A part that goes leaves the whole.
    """
    for part in parts_of(record).exclude(wording__text="").select_related("authority", "process"):
        erase_words(record=part, clock=clock)
    locked = Record.objects.select_for_update().get(pk=record.pk)
    now = clock.now()
    detach_files(records=[record.pk], now=now)
    Opening.objects.filter(entry__record=record).delete()
    Wording.objects.filter(record=record).update(title="", text="")
    RecordSearch.objects.filter(record=record).delete()
    RecordPoint.objects.filter(record=record).delete()
    ClaimSecret.objects.filter(record=record).delete()
    was_public = locked.visibility == Visibility.PUBLIC
    Record.objects.filter(pk=record.pk).update(
        byline="", place="", author=None, visibility=Visibility.WITHDRAWN
    )
    if locked.place and locked.process_id:
        shelf: list[Any] = [locked.process_id, locked.kind, locked.audience_id]
        with connection.cursor() as cursor:
            cursor.execute(_FORGET_PLACES, shelf)
    if locked.visibility != Visibility.HELD:  # what waited to be read was never told
        data = {"kind": record.kind, "was_public": was_public}
        append_entry(WORDS_ERASED, record=record, now=clock.now(), data=data)
    note_erasure(ErasureKind.WORDS, [record.pk])
    bump_pages_of(record)


@transaction.atomic
def erase_marks(*, person_ids: Collection[UUID]) -> None:
    """Her supports are counted no more; follows and memberships leave no line."""
    for mark in Support.objects.filter(person__in=person_ids).select_related("record", "person"):
        unsupport(record=mark.record, person=mark.person)
    Follow.objects.filter(person__in=person_ids).delete()
    FollowsAddress.objects.filter(person__in=person_ids).delete()
    AudienceMember.objects.filter(person__in=person_ids).delete()
    ExternalReference.objects.filter(person__in=person_ids).delete()
    note_erasure(ErasureKind.MARKS, person_ids)


def said_by(person_ids: Collection[UUID]) -> list[Record]:
    """What these persons said, shown or not, locked until the caller's transaction ends."""
    said = Record.objects.filter(author__in=person_ids, kind__in=SAID).order_by("pk")
    return list(said.select_related("authority", "process").select_for_update(of=("self",)))


@transaction.atomic
def part_with_author(*, records: Collection[Record]) -> None:
    """Nothing ties these to their author any more; the key that she kept still takes them back.

    Her points go: where she lives may be told by several of them. The places that she named stay.
    """
    erase_points(records=[record.pk for record in records])
    Record.objects.filter(pk__in=[record.pk for record in records]).update(author=None)
