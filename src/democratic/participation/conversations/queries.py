"""What a page shows of a conversation: the question that one is at, what was just said, and the end of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from civics.reach.engine import begin, hint_of, options_at, step_at
from civics.reach.reading import MEDIA
from civics.reach.rendering import Option, Say
from democratic.messaging.correspondents import print_of_address
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.participation.conversations.models import Flow, FlowCode, FlowRevision, FlowRun
from democratic.participation.conversations.speaking import Said, said_in, standing_of
from democratic.participation.conversations.states import RunState
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority, Record, Visibility

NEWS = 20


@dataclass(frozen=True, slots=True)
class Question:
    """``kind`` says how it is answered; ``rank`` of ``total`` where she is. ``places``: names that may be typed.

    ``hint``: what is said under it.
    """

    text: str
    kind: str
    step: str
    options: tuple[Option, ...]
    rank: int
    total: int
    places: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class News:
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """``said``: what came before the question in the last turn; ``question`` is None once it is over."""

    run: FlowRun
    her: Correspondent
    said: Sequence[str]
    question: Question | None
    news: Sequence[News] = ()
    records: Sequence[Record] = ()


@dataclass(frozen=True, slots=True)
class FlowLine:
    flow: Flow
    begun: int


def flows_in(process: Process, *, offset: int, limit: int) -> tuple[list[FlowLine], int]:
    """The newest first, each with how many people began it."""
    rows = Flow.objects.filter(process=process)
    page = list(rows.select_related("process").order_by("-pk")[offset : offset + limit])
    runs = FlowRun.objects.filter(revision__flow__in=page).values_list("revision__flow")
    begun = dict(runs.annotate(n=Count("pk")).values_list("revision__flow", "n"))
    return [FlowLine(flow, begun.get(flow.pk, 0)) for flow in page], rows.count()


def codes_open(authority: Authority) -> QuerySet[FlowCode]:
    """That open a flow here and now: what is hidden, or not published yet, is opened by no channel."""
    return FlowCode.objects.filter(
        authority=authority,
        retired_at=None,
        flow__is_open=True,
        flow__process__record__visibility=Visibility.PUBLIC,
    )


def open_code(authority: Authority, code: str, kind: str) -> FlowCode | None:
    """A code that opens a flow here and now, on a channel that is open."""
    if not ChannelUse.objects.filter(authority=authority, kind=kind, is_open=True).exists():
        return None
    found = codes_open(authority).filter(code=code.upper())
    return found.select_related("flow__process__record__wording", "flow__process__record__authority").first()


def revision_of(code: FlowCode) -> FlowRevision:
    rows = code.flow.revisions.select_related("flow__process__record__authority").order_by("-number")
    return rows[0]


def first_of(revision: FlowRevision, language: str, kind: str) -> tuple[tuple[Say, ...], Question]:
    """As it begins: what is said, and the first question. Nothing is written."""
    said = said_in(revision, language, kind)
    turn = begin(said.flow, said.speaker, 0)
    run = FlowRun(
        revision=revision, step=turn.standing.step, language=said.speaker.language, kind=kind, seed=0
    )
    return turn.says[:-1], _question(run, said)


def is_known(authority: Authority, kind: str, address: str, since: datetime | None = None) -> bool:
    """Whether a conversation was begun at this address, by someone who is still there; and was heard ``since``."""
    prints = print_of_address(kind, address)
    hers = Correspondent.objects.filter(authority=authority, kind=kind, address_print=prints, gone_at=None)
    return (hers.filter(heard_at__gte=since) if since else hers).exists()


def shown_to(authority: Authority, kind: str, address: str) -> Shown | None:
    """The last conversation at this address; None when nobody wrote from there."""
    rows = FlowRun.objects.filter(
        correspondent__authority=authority,
        correspondent__kind=kind,
        correspondent__address_print=print_of_address(kind, address),
        correspondent__gone_at=None,
    )
    run = rows.select_related(
        "correspondent__authority", "revision__flow__process__record__authority", "revision__flow__process__record__wording"
    ).order_by("-pk").first()  # fmt: skip
    if run is None or run.correspondent is None:
        return None
    question = (
        _question(run, said_in(run.revision, run.language, run.kind)) if run.state == RunState.OPEN else None
    )
    bodies = last_turn(run.correspondent)
    return Shown(
        run,
        run.correspondent,
        _before(bodies, question),
        question,
        _news(run.correspondent),
        [] if question else _records(run),
    )


def _before(bodies: list[str], question: Question | None) -> list[str]:
    """Without the question, which the page asks by itself: it closes the last message, and may be all of it."""
    if question is None or not bodies:
        return bodies
    asked = f"{question.text}\n{question.hint}" if question.hint else question.text
    last = bodies[-1].removesuffix(asked).rstrip()
    return [*bodies[:-1], *([last] if last else [])]


def last_turn(her: Correspondent) -> list[str]:
    """All that was said in answer to her last message, in order."""
    answers = her.messages.filter(is_first=False).order_by("-pk")
    last = answers.first()
    if last is None:
        return []
    caused = ":".join(last.purpose.split(":")[:2])
    same = answers.filter(created_at=last.created_at)
    told = same.filter(purpose__startswith=caused) | same.filter(purpose__startswith="held:")
    return [message.body for message in sorted(told, key=lambda each: each.pk)]


def _question(run: FlowRun, said: Said) -> Question:
    standing = standing_of(run)
    step = step_at(said.flow, standing)
    options = tuple(
        Option(f"{step.key}:{each.key}", each.label) for each in options_at(said.flow, said.speaker, standing)
    )
    asked = [each for each in said.flow.steps if each.kind not in {"message", *said.speaker.lacks}]
    rank = next(at for at, each in enumerate(asked, start=1) if _holds(each, step.key))
    places = tuple(each.name for each in said.speaker.places) if step.kind == "place" else ()
    is_chosen = bool(options) and step.kind not in MEDIA
    return Question(
        said.flow.in_language(step.text, said.speaker.language),
        "choice" if is_chosen else step.kind,
        step.key,
        options,
        rank,
        len(asked),
        places,
        hint_of(step, said.speaker),
    )


def _holds(step: object, key: str) -> bool:
    among = getattr(step, "among", ())
    return getattr(step, "key", "") == key or any(each.key == key for each in among)


def _news(her: Correspondent) -> list[News]:
    rows = her.messages.filter(is_first=True, state=OutgoingMessage.State.SENT).order_by("-pk")[:NEWS]
    return [News(each.created_at, each.body) for each in rows]


def _records(run: FlowRun) -> list[Record]:
    said = Record.objects.filter(said_in_flows__run=run).select_related("wording", "authority")
    return list(said.order_by("recorded_at").distinct())


__all__ = [
    "News",
    "Question",
    "Shown",
    "first_of",
    "flows_in",
    "is_known",
    "open_code",
    "revision_of",
    "shown_to",
]
