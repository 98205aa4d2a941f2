"""Marks and private facts: rows of their own. A support is counted later in one coalesced Entry."""

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_line
from democratic.people.models import Person
from democratic.people.verifications import is_verified
from democratic.thread.models import Follow, Record, Support, Tag, TagOnRecord, Visibility, Volume

# What was merged is counted with its target, once a person: both are stale.
_MARK = """
insert into thread_markedrecord (record_id, is_stale)
select id, true from (
  select %(record)s::uuid as id
  union select target_id from thread_link
  where source_id = %(record)s and kind = 'merged_into' and ended_by_id is null) touched
order by id
on conflict (record_id) do update set is_stale = true where not thread_markedrecord.is_stale
"""


def recount(record: Record) -> None:
    """Its supports, and those of what it was merged into, are counted again with the next lines."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, {"record": record.pk})


@transaction.atomic
def support(*, record: Record, person: Person) -> bool:
    """True when this is a new support; a double tap finds the first one and changes nothing."""
    if record.visibility != Visibility.PUBLIC:
        raise Conflict(_("On ne peut plus soutenir : cette parole n’est plus publiée."))
    tapped = Support(record=record, person=person, is_verified=is_verified(person))
    made = Support.objects.bulk_create([tapped], ignore_conflicts=True)
    recount(record)
    return bool(made)


@transaction.atomic
def unsupport(*, record: Record, person: Person) -> None:
    deleted, _rows = Support.objects.filter(record=record, person=person).delete()
    if deleted:
        recount(record)


@transaction.atomic
def follow(*, record: Record, person: Person, volume: str = Volume.KEY) -> Follow:
    followed, _created = Follow.objects.update_or_create(
        record=record, person=person, defaults={"volume": volume}
    )
    return followed


@transaction.atomic
def unfollow(*, record: Record, person: Person) -> None:
    Follow.objects.filter(record=record, person=person).delete()


@transaction.atomic
def tag(*, record: Record, name: str) -> Tag:
    label = clean_line(name)[:60]
    made, _created = Tag.objects.get_or_create(
        authority=record.authority, slug=slugify(label)[:60], defaults={"name": label}
    )
    TagOnRecord.objects.get_or_create(tag=made, record=record)
    return made
