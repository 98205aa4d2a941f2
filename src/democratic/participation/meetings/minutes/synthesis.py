"""Which arguments and questions came from where: the room, a distance, later, a chat, paper. Nothing is inferred."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from democratic.participation.meetings.minutes.models import BlockKind, MinutesBlock
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.thread.models import Kind, Origin, Visibility

ASKED = (
    QuestionState.PUBLISHED,
    QuestionState.CURRENT,
    QuestionState.ANSWERED,
    QuestionState.OWED,
    QuestionState.MERGED,
)


@dataclass(frozen=True, slots=True)
class Source:
    """``origin`` empty: the account does not say from where. ``arguments``: as they are written in the account."""

    origin: str
    questions: int
    arguments: list[MinutesBlock] = field(default_factory=list)


def by_source(meeting: Meeting, blocks: Sequence[MinutesBlock]) -> list[Source]:
    """Where at least one came from, in the order of origins; one query."""
    asked = WallQuestion.objects.filter(
        meeting=meeting, record__state__in=ASKED, record__visibility=Visibility.PUBLIC
    )
    questions: Counter[str] = Counter(
        dict(asked.order_by().values_list("record__origin").annotate(n=Count("pk")))
    )
    arguments: dict[str, list[MinutesBlock]] = {}
    for block in blocks:
        if block.kind == BlockKind.ARGUMENT:
            arguments.setdefault(origin_of(block), []).append(block)
    return [
        Source(origin, questions[origin], arguments.get(origin, []))
        for origin in (*ORDER, "")
        if questions[origin] or origin in arguments
    ]


ORDER: tuple[str, ...] = (
    Origin.ROOM, Origin.REMOTE, Origin.LATER, Origin.CHAT, Origin.SMS, Origin.PAPER,
    *(origin for origin in Origin.values if origin not in
      {Origin.ROOM, Origin.REMOTE, Origin.LATER, Origin.CHAT, Origin.SMS, Origin.PAPER}),
)  # fmt: skip


def origin_of(block: MinutesBlock) -> str:
    """Of the question that it tells of, by whatever way it came; else the seat that whoever wrote has noted."""
    if block.about is not None and block.about.kind == Kind.WALL_QUESTION:
        return block.about.origin
    return block.seat
