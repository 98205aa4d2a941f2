"""What waits for an agent's eyes and ears, each with the sentence that it goes with."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from democratic.participation.conversations.models import Flow, FlowAnswer, FlowFile
from democratic.participation.inbox.models import InboxMessage
from democratic.thread.models import Record

State = FlowFile.State


@dataclass(frozen=True, slots=True)
class Waiting:
    sent: FlowFile
    record: Record | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """``awaited``: held by a provider still; ``refused``: too heavy, unreadable, lost."""

    kept: int
    awaited: int
    refused: int
    released: int


def files_of(flow: Flow) -> "QuerySet[FlowFile]":
    return FlowFile.objects.filter(answer__run__revision__flow=flow)


def to_review(flow: Flow, *, offset: int, limit: int) -> list[Waiting]:
    """The oldest first. Two queries, whatever their number."""
    rows = files_of(flow).filter(state=State.KEPT).select_related("file", "answer__run")
    page = list(rows.order_by("sent_at", "pk")[offset : offset + limit])
    runs = [each.answer.run_id for each in page if each.answer]
    said = FlowAnswer.objects.filter(run__in=runs, record__isnull=False)
    sentences = {
        each.run_id: each.record
        for each in said.select_related("record__wording").order_by("-record__recorded_at")
    }
    return [Waiting(each, sentences.get(each.answer.run_id) if each.answer else None) for each in page]


def came_with(letters: Collection[InboxMessage]) -> dict[UUID, list[FlowFile]]:
    """By message, in their order; one query."""
    found: dict[UUID, list[FlowFile]] = defaultdict(list)
    for each in FlowFile.objects.filter(letter__in=letters).select_related("file").order_by("pk"):
        if each.letter_id is not None:
            found[each.letter_id].append(each)
    return found


def where_files_are(flow: Flow) -> Elsewhere:
    counts = {f"{state.value}_": Count("pk", filter=Q(state=state)) for state in State}
    found = files_of(flow).aggregate(**counts)
    return Elsewhere(
        *(found[f"{state.value}_"] for state in (State.KEPT, State.AWAITED, State.REFUSED, State.RELEASED))
    )
