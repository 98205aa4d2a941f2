from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from democratic.people.models import Person
from democratic.thread.models import Authority, Follow, Kind, Record, Support, Visibility
from democratic.thread.queries.clauses import rows_of
from democratic.thread.queries.records import Card, cards

SAID = (Kind.IDEA, Kind.COMMENT, Kind.WALL_QUESTION)


@dataclass(frozen=True, slots=True)
class Mine:
    """A page of what one said; ``next`` is the cursor of the following page, empty at the end.

    ``elsewhere``: the authority of each Record that is not at the one where the page is read.
    """

    cards: Sequence[Card]
    next: str
    elsewhere: Mapping[UUID, Authority]


def contributions_of(person_ids: Sequence[UUID], *, here: Authority, after: str, limit: int) -> Mine:
    """The newest first, at every authority. ``after`` is a public code; an unknown one begins again."""
    said = Record.objects.filter(author__in=person_ids, kind__in=SAID, visibility=Visibility.PUBLIC)
    start = said.filter(code=after).values_list("happened_at", "id").first() if after else None
    if start:
        said = said.filter(Q(happened_at__lt=start[0]) | Q(happened_at=start[0], id__lt=start[1]))
    found = cards(said.order_by("-happened_at", "-id")[: limit + 1])
    shown = found[:limit]
    away = Record.objects.filter(pk__in=[card.id for card in shown]).exclude(authority=here)
    elsewhere = {record.pk: record.authority for record in away.select_related("authority")}
    return Mine(shown, shown[-1].code if len(found) > limit else "", elsewhere)


def follows_of(person: Person, *, limit: int = 200) -> list[Follow]:
    """What this person follows, at every authority, with each Record's words; bounded: all are shown."""
    return list(
        Follow.objects.filter(person=person, record__visibility=Visibility.PUBLIC)
        .select_related("record__wording", "record__authority")
        .order_by("-created_at")[:limit]
    )


def get_follow_for(person: Person, code: str) -> Follow | None:
    found = Follow.objects.filter(person=person, record__code=code, record__visibility=Visibility.PUBLIC)
    return found.select_related("record").first()


def is_followed(record_id: UUID, person_ids: Sequence[UUID]) -> bool:
    asked = "select exists (select from thread_follow where record_id = %s and person_id = any(%s))"
    found: bool = rows_of((asked, [record_id, list(person_ids)]))[0][0]
    return found


def supported_among(record_ids: Sequence[UUID], person_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these Records one supports, under any identity of hers."""
    if not person_ids:
        return set()
    mine = Support.objects.filter(record__in=record_ids, person__in=person_ids)
    return set(mine.values_list("record", flat=True))
