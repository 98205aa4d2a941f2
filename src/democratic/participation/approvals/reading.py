"""What an elected person reads before she agrees: everything that publishing would say, and its print."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from democratic.communities.models import Official
from democratic.kernel.clock import local_day
from democratic.kernel.tools import all_tools
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.models import GivenWord
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.models import Process
from democratic.thread.models import Kind, Record

_OF_PROCESS = (
    "record__wording",
    "mandate__record__wording",
    "mandate__answerer__person__account",
    "authority",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """``parts``: what is said under each name, in the order in which it is read; dates as 2026-09-04."""

    kind: str
    title: str
    text: str
    parts: tuple[tuple[str, str], ...]
    official: Official

    @property
    def text_print(self) -> str:
        """SHA-256 of all that is shown, in hexadecimal: another comma, another print."""
        said = [self.kind, str(self.title), str(self.text), [list(part) for part in self.parts]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def draft_of(record: Record) -> Draft | None:
    """None for what nobody approves before it is public."""
    if record.kind == Kind.MANDATE:
        related = ("record__wording", "answerer__person__account", "service")
        return _order(Mandate.objects.select_related(*related).get(pk=record.pk))
    if record.kind == Kind.PROCESS:
        return _process(Process.objects.select_related(*_OF_PROCESS).get(pk=record.pk))
    if record.kind == Kind.ANSWER:
        related = ("record__wording", "subject__wording", "signer__person__account")
        return _answer(Answer.objects.select_related(*related).get(pk=record.pk))
    if record.kind == Kind.DECISION:
        words = ("record__wording", "official__person__account", "process__record__wording")
        given = GivenWord.objects.select_related(*words).filter(pk=record.pk).first()
        return _given_word(given) if given else None
    return None


def _order(mandate: Mandate) -> Draft:
    budget = "" if mandate.budget_cents is None else str(mandate.budget_cents)
    parts = (
        ("ordered_by", mandate.ordered_by),
        ("ordered_on", mandate.ordered_on.isoformat()),
        ("vote", mandate.vote),
        ("level", mandate.level),
        ("decidable", mandate.decidable),
        ("not_decidable", mandate.not_decidable),
        ("aimed_at", mandate.aimed_at),
        ("answer_due_on", mandate.answer_due_on.isoformat()),
        ("answerer", f"{mandate.answerer.name}, {mandate.answerer.function}"),
        ("service", mandate.service.name),
        ("budget_cents", budget),
    )
    record = mandate.record
    return Draft(record.kind, record.title, record.text, parts, mandate.answerer)


def _process(process: Process) -> Draft:
    """Its dates as people read them, in the authority's own days; what its tools will ask comes last."""
    mandate, record, zone = process.mandate, process.record, process.authority.time_zone
    days = [
        (
            f"stage_{stage.step}",
            f"{local_day(stage.opens_at, zone)}/{local_day(stage.closes_at - timedelta(seconds=1), zone)}",
        )
        for stage in process.stages.order_by("rank")
    ]
    parts = (
        ("mandate", f"{mandate.record.title} ({mandate.record.code})"),
        ("asks", process.asks),
        ("use_of_input", process.use_of_input),
        ("not_decidable", process.not_negotiable),
        ("in_clear", process.in_clear),
        ("uses_tu", "yes" if process.uses_tu else ""),
        ("answer_due_on", mandate.answer_due_on.isoformat()),
        ("answerer", f"{mandate.answerer.name}, {mandate.answerer.function}"),
        *days,
        *(part for tool in all_tools() if tool.written is not None for part in tool.written(process)),
    )
    return Draft(record.kind, record.title, record.text, parts, mandate.answerer)


def _answer(answer: Answer) -> Draft:
    signer = f"{answer.signer.name}, {answer.signer.function}"
    parts = (("verdict", answer.verdict), ("passed_to", answer.passed_to), ("signer", signer))
    return Draft(answer.record.kind, answer.subject.title, answer.record.text, parts, answer.signer)


def _given_word(word: GivenWord) -> Draft:
    """What she promised face to face, as an agent noted it: the very text that will be published in her name."""
    record, said_by = word.record, f"{word.official.name}, {word.official.function}"
    parts = (
        ("promised_by", said_by),
        ("promised_for_on", word.due_on.isoformat()),
        ("given_on", word.given_on.isoformat()),
        ("given_at", word.reference),
        ("signature", word.signature),
        ("process", word.process.record.title),
    )
    return Draft(record.kind, record.title, record.text, parts, word.official)
