"""What a meeting left, as blocks to begin from: its points, the questions, the votes, what was promised."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from democratic.kernel.days import day_in_words
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.minutes.models import BlockKind
from democratic.participation.meetings.minutes.votes import vote_in_words
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.wall.models import SpokenAnswer, WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.models import Obligation
from democratic.thread.models import Kind, Link, LinkKind, Record, Visibility

TOLD = (QuestionState.CURRENT, QuestionState.ANSWERED, QuestionState.OWED)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that nobody has written yet."""

    kind: BlockKind
    text: str
    seat: str = ""
    item_id: UUID | None = None
    about_id: UUID | None = None


def pieces_of(meeting: Meeting) -> list[Piece]:
    """Point by point, in their order, then what belongs to none; seven queries at most."""
    items = list(AgendaItem.objects.filter(meeting=meeting))
    questions = answered_questions(meeting)
    due = owed_by([question.pk for question in questions])
    promises = _promises([question.pk for question in questions])
    votes = closed_votes(meeting)
    zone = ZoneInfo(meeting.record.authority.time_zone)
    pieces: list[Piece] = []
    for item in (*items, None):
        at = item.pk if item else None
        if item:
            pieces.append(Piece(BlockKind.SAID, _of_item(item, zone), item_id=at))
        for question in questions:
            if question.item_id == at:
                pieces += _of_question(question, due, promises.get(question.pk, ()))
        pieces += [_of_vote(vote) for vote in votes if vote.item_id == at]
    return pieces


def answered_questions(meeting: Meeting) -> list[WallQuestion]:
    """Those to which something was said, or is owed; with what was said. Two queries."""
    approved = SpokenAnswer.objects.filter(state=SpokenAnswer.State.APPROVED).order_by("written_at", "pk")
    return list(
        WallQuestion.objects.filter(
            meeting=meeting, record__state__in=TOLD, record__visibility=Visibility.PUBLIC
        )
        .select_related("record__wording")
        .prefetch_related(Prefetch("spoken_answers", queryset=approved, to_attr="said"))
        .order_by("put_at", "record__recorded_at", "pk")
    )


def owed_by(records: Iterable[UUID]) -> dict[UUID, Obligation]:
    """What is still owed about these, with its service; one query."""
    open_ones = Obligation.objects.filter(record__in=list(records), met_on=None, ended_on=None)
    return {owed.record_id: owed for owed in open_ones.select_related("service").order_by("due_on")}


def closed_votes(meeting: Meeting) -> list[Sounding]:
    """Whose count may be told, the first closed first; two queries."""
    closed = Sounding.objects.filter(
        meeting=meeting, closed_at__isnull=False, record__visibility=Visibility.PUBLIC
    )
    return list(
        closed.select_related("record__wording").prefetch_related("options").order_by("closed_at", "pk")
    )


def _of_item(item: AgendaItem, zone: ZoneInfo) -> str:
    if item.started_at is None:
        return _("%(title)s : ce point n’a pas été abordé.") % {"title": item.title}
    told = {"title": item.title, "from": _hour(item.started_at, zone)}
    if item.ended_at is None:
        return _("%(title)s, à partir de %(from)s.") % told
    return _("%(title)s, de %(from)s à %(to)s.") % {**told, "to": _hour(item.ended_at, zone)}


def _hour(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.hour}\u00a0h\u00a0{local.minute:02}"


def _of_question(
    question: WallQuestion, due: Mapping[UUID, Obligation], promises: Iterable[Record]
) -> Iterator[Piece]:
    asked = question.record.text or question.record.title
    said = [
        _("%(function)s : %(text)s") % {"function": each.function, "text": each.text}
        for each in getattr(question, "said", [])
    ]
    tied = {"seat": question.seat, "item_id": question.item_id, "about_id": question.pk}
    kind = BlockKind.ARGUMENT if question.objects_to_id else BlockKind.SAID
    if question.record.state == QuestionState.OWED:
        kind, said = BlockKind.OWED, [*said, _due(due.get(question.pk))]
    yield Piece(kind, "\n".join([_("Question : « %(asked)s »") % {"asked": asked}, *said]), **tied)
    for promise in promises:
        yield Piece(BlockKind.PROMISE, promise.title, item_id=question.item_id, about_id=promise.pk)


def _due(owed: Obligation | None) -> str:
    if owed is None:
        return _("Une réponse est due par écrit.")
    told = {"service": owed.service.name, "day": day_in_words(owed.due_on)}
    return _("Une réponse est due par écrit : %(service)s, avant le %(day)s.") % told


def _of_vote(vote: Sounding) -> Piece:
    kind = BlockKind.DECISION if vote.is_binding else BlockKind.SAID
    return Piece(kind, vote_in_words(vote), item_id=vote.item_id, about_id=vote.pk)


def _promises(questions: Iterable[UUID]) -> dict[UUID, list[Record]]:
    """Engagements that were taken while answering, by question: her word is a decision, which they keep. Two queries."""
    given = Link.objects.filter(source__in=list(questions), kind=LinkKind.DECIDED_BY, ended_by=None)
    asked = dict(given.values_list("target", "source"))
    ties = Link.objects.filter(
        source__in=asked,
        kind=LinkKind.KEPT_BY,
        target__kind=Kind.COMMITMENT,
        target__visibility=Visibility.PUBLIC,
        ended_by=None,
    ).select_related("target__wording")
    found: dict[UUID, list[Record]] = {}
    for tie in ties:
        found.setdefault(asked[tie.source_id], []).append(tie.target)
    return found
