"""What waits for an agent's eyes and ears, each with the sentence that it goes with."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from democratic.participation.conversations.models import Flow, FlowAnswer, FlowFile
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
    said = FlowAnswer.objects.filter(run__in=[each.answer.run_id for each in page], record__isnull=False)
    sentences = {
        each.run_id: each.record
        for each in said.select_related("record__wording").order_by("-record__recorded_at")
    }
    return [Waiting(each, sentences.get(each.answer.run_id)) for each in page]


def where_files_are(flow: Flow) -> Elsewhere:
    counts = {f"{state.value}_": Count("pk", filter=Q(state=state)) for state in State}
    found = files_of(flow).aggregate(**counts)
    return Elsewhere(
        *(found[f"{state.value}_"] for state in (State.KEPT, State.AWAITED, State.REFUSED, State.RELEASED))
    )
