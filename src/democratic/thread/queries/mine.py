from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from democratic.people.models import Person
from democratic.thread.models import Follow, Kind, Record, Visibility
from democratic.thread.queries.clauses import rows_of
from democratic.thread.queries.records import Card, cards

SAID = (Kind.IDEA, Kind.COMMENT)


@dataclass(frozen=True, slots=True)
class Mine:
    """A page of what one said; ``next`` is the cursor of the following page, empty at the end."""

    cards: Sequence[Card]
    next: str


def contributions_of(person_ids: Sequence[UUID], *, after: str, limit: int) -> Mine:
    """The newest first. ``after`` is a public code; an unknown one begins again."""
    said = Record.objects.filter(author__in=person_ids, kind__in=SAID, visibility=Visibility.PUBLIC)
    start = said.filter(code=after).values_list("happened_at", "id").first() if after else None
    if start:
        said = said.filter(Q(happened_at__lt=start[0]) | Q(happened_at=start[0], id__lt=start[1]))
    found = cards(said.order_by("-happened_at", "-id")[: limit + 1])
    return Mine(found[:limit], found[limit - 1].code if len(found) > limit else "")


def follows_of(person: Person, *, limit: int = 200) -> list[Follow]:
    """What this person follows, with each Record's words; bounded, as the page shows them all."""
    return list(
        Follow.objects.filter(person=person, record__visibility=Visibility.PUBLIC)
        .select_related("record__wording")
        .order_by("-created_at")[:limit]
    )


def is_followed(record_id: UUID, person_ids: Sequence[UUID]) -> bool:
    asked = "select exists (select from thread_follow where record_id = %s and person_id = any(%s))"
    found: bool = rows_of((asked, [record_id, list(person_ids)]))[0][0]
    return found
