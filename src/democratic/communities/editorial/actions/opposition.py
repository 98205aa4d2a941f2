"""The space of councillors who do not belong to the majority: named once in public, then written by them alone.

Code général des collectivités territoriales, articles L.2121-27-1 (communes of 1,000 inhabitants and more) and
L.3121-24-1 (départements). The database holds the rest: nobody hides, rewrites or withdraws a column (migration 0009).
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.actions.drafting import Overtaken, last_wording, sign_revision
from democratic.communities.editorial.actions.publishing import locked
from democratic.communities.editorial.events import (
    COLUMN_PUBLISHED,
    OPPOSITION_GROUP_NAMED,
    OPPOSITION_MEMBERS_CHANGED,
)
from democratic.communities.editorial.models import OppositionGroup, OppositionMember, Publication
from democratic.communities.editorial.rules import refuse_unless_writes, refuse_who_works_here
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.pages import bump
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.people.models import Person
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    bump_pages_of,
    open_record,
    reword_record,
)
from democratic.thread.models import Authority, Kind


@transaction.atomic
def name_opposition_group(
    *,
    authority: Authority,
    name: str,
    act_on: date,
    act_reference: str,
    members: Sequence[Person],
    clock: Clock,
) -> OppositionGroup:
    """From this act on, what the group writes is no more the authority's to touch."""
    now = clock.now()
    said, reference = clean_line(name)[:120], clean_line(act_reference)[:120]
    if not said:
        raise Refusal(_("Donnez le nom du groupe."), field="name")
    if not reference:
        raise Refusal(_("Donnez la référence de l’acte qui le constate."), field="act_reference")
    if act_on > local_day(now, authority.time_zone):
        raise Refusal(_("Cet acte est daté d’un jour à venir."), field="act_on")
    try:
        with transaction.atomic():
            group = OppositionGroup.objects.create(
                authority=authority, name=said, act_on=act_on, act_reference=reference
            )
    except IntegrityError as clash:
        raise Conflict(_("Un groupe porte déjà ce nom ici."), field="name") from clash
    _seat(group, members, local_day(now, authority.time_zone))
    append_entry(
        OPPOSITION_GROUP_NAMED,
        record=None,
        authority=authority,
        now=now,
        data={"group": str(group.pk), "act_on": act_on.isoformat(), "members": len(members)},
        words={"name": said, "reference": reference},
        is_institutional=True,
    )
    bump([authority.pk])
    return group


@transaction.atomic
def change_members(*, group: OppositionGroup, members: Sequence[Person], clock: Clock) -> None:
    """Who writes there from now on; how many is public, and the day. What was written stays."""
    held = (
        OppositionGroup.objects.select_for_update(of=("self",)).select_related("authority").get(pk=group.pk)
    )
    now = clock.now()
    today = local_day(now, held.authority.time_zone)
    running = OppositionMember.objects.filter(group=held, until=None)
    running.exclude(person__in=members).update(until=today)
    already = set(running.values_list("person_id", flat=True))
    _seat(held, [each for each in members if each.pk not in already], today)
    append_entry(
        OPPOSITION_MEMBERS_CHANGED,
        record=None,
        authority=held.authority,
        now=now,
        data={"group": str(held.pk), "members": len(members)},
        words={"name": held.name},
        is_institutional=True,
    )


def _seat(group: OppositionGroup, members: Sequence[Person], today: date) -> None:
    refuse_who_works_here(members, group.authority)
    OppositionMember.objects.bulk_create(
        OppositionMember(group=group, person=person, since=today) for person in members
    )


@transaction.atomic
def publish_column(
    *, group: OppositionGroup, words: Words, person_ids: Collection[UUID], clock: Clock
) -> Publication:
    """Public at once, under the group's name: nobody reads it first, nobody agrees to it."""
    refuse_unless_writes(group, person_ids)
    _refuse_unless_written(words)
    now = clock.now()
    record = open_record(
        NewRecord(
            authority=group.authority,
            kind=Kind.COLUMN,
            words=Words(words.title, words.text, words.language, group.name),
            event=COLUMN_PUBLISHED,
            data={"group": str(group.pk)},
            is_institutional=True,
        ),
        clock=clock,
    )
    column = Publication.objects.create(record=record, authority=group.authority, group=group, appears_at=now)
    sign_revision(last_wording(column), group.name, group.authority, now)
    bump_pages_of(record)
    return column


@transaction.atomic
def revise_column(
    *, column: Publication, words: Words, seen: int, person_ids: Collection[UUID], clock: Clock
) -> Publication:
    held = locked(column)
    if held.group is None:
        raise Refusal(_("Ce texte n’est pas celui d’un groupe."))
    refuse_unless_writes(held.group, person_ids)
    _refuse_unless_written(words)
    last = last_wording(held)
    if last.version != seen:
        raise Overtaken(last)
    with connection.cursor() as cursor:  # the only door of the trigger, for this transaction and this column
        cursor.execute("select set_config('democratic.writes', %s, true)", [str(held.record_id)])
    wording = reword_record(record=held.record, words=words, clock=clock, is_institutional=True)
    sign_revision(wording, held.group.name, held.authority, clock.now())
    return held


def _refuse_unless_written(words: Words) -> None:
    if not clean_line(words.title):
        raise Refusal(_("Donnez un titre."), field="title")
    if not clean_text(words.text):
        raise Refusal(_("Écrivez le texte : une page vide ne dit rien à personne."), field="text")
