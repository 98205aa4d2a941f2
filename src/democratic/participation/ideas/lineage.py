"""What an idea was merged into or cut from: read both ways, with who did it, when and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from democratic.participation.answers.grouping import REJOINED
from democratic.thread.models import Link, LinkKind, Opening, Record, Visibility


@dataclass(frozen=True, slots=True)
class Tie:
    """Another idea tied to this one by a public act."""

    other: Record
    on: date
    reason: str
    function: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """``into``: where this idea was merged; ``merged``: those that were merged into it, the oldest first.

    ``whole``: what this part was cut from, though it may be joined back since; ``parts``: what this was split into.
    """

    into: Tie | None
    merged: tuple[Tie, ...]
    whole: Tie | None
    parts: tuple[Tie, ...]


_RELATED = (
    "source__wording", "source__figures", "source__theme",
    "target__wording", "target__figures", "target__theme__wording", "entry", "ended_by",
)  # fmt: skip


def lineage_of(record: Record) -> Lineage:
    """Two queries: the ties, then their words, erased or not."""
    shown = Q(source__visibility=Visibility.PUBLIC, target__visibility=Visibility.PUBLIC)
    here = Q(source=record) | Q(target=record)
    running = Q(ended_by=None, kind__in=(LinkKind.MERGED_INTO, LinkKind.SPLIT_FROM))
    closed = Q(source=record, kind=LinkKind.SPLIT_FROM) if record.state == REJOINED else Q(pk=None)
    found = Link.objects.filter(shown, here, running | closed).select_related(*_RELATED)
    links = list(found.order_by("source", "pk"))
    tie = _teller(record, links)
    merges = [link for link in links if link.kind == LinkKind.MERGED_INTO]
    splits = [link for link in links if link.kind == LinkKind.SPLIT_FROM]
    return Lineage(
        next((tie(link, link.target) for link in merges if link.source_id == record.pk), None),
        tuple(tie(link, link.source) for link in merges if link.target_id == record.pk),
        next((tie(link, link.target) for link in splits if link.source_id == record.pk), None),
        tuple(tie(link, link.source) for link in splits if link.target_id == record.pk),
    )


def _teller(record: Record, links: list[Link]) -> Callable[[Link, Record], Tie]:
    """What the last act on each tie said."""
    words: dict[object, dict[str, str]] = {(link.ended_by_id or link.entry_id): {} for link in links}
    for entry_id, part, value in Opening.objects.filter(entry__in=list(words)).values_list(
        "entry_id", "part", "value"
    ):
        words[entry_id][part] = str(value)

    def tie(link: Link, other: Record) -> Tie:
        act = link.ended_by or link.entry
        said = words[act.pk]
        return Tie(other, act.day, record.spoken(said.get("reason", "")), said.get("function", ""))

    return tie
