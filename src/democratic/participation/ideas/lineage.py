"""What was merged into what: read both ways, with who did it, when and why."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from democratic.participation.answers.lineage import running_merges
from democratic.thread.models import Opening, Record, Visibility


@dataclass(frozen=True, slots=True)
class Tie:
    """Another idea tied to this one by a public act."""

    other: Record
    on: date
    reason: str
    function: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """``into``: where this idea was merged; ``merged``: those that were merged into it, the oldest first."""

    into: Tie | None
    merged: tuple[Tie, ...]


def lineage_of(record: Record) -> Lineage:
    """Two queries: the ties, then their words, erased or not."""
    shown = Q(source__visibility=Visibility.PUBLIC, target__visibility=Visibility.PUBLIC)
    related = ("source__wording", "source__figures", "target__wording", "target__theme__wording", "entry")
    found = running_merges().filter(shown, Q(source=record) | Q(target=record))
    links = list(found.select_related(*related).order_by("pk"))
    words: dict[object, dict[str, str]] = {link.entry_id: {} for link in links}
    for entry_id, part, value in Opening.objects.filter(entry__in=list(words)).values_list(
        "entry_id", "part", "value"
    ):
        words[entry_id][part] = str(value)
    into, merged = None, []
    for link in links:
        said = words[link.entry_id]
        is_source = link.source_id == record.pk
        other = link.target if is_source else link.source
        tie = Tie(other, link.entry.day, record.spoken(said.get("reason", "")), said.get("function", ""))
        if is_source:
            into = tie
        else:
            merged.append(tie)
    return Lineage(into, tuple(merged))
