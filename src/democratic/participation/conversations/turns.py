"""Whose turn it is: the run that someone is in, and what is said back to one message."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.kernel.compiled import Compiled, columns_of, instances_of
from democratic.messaging.models import Correspondent, IncomingMessage
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations.models import Flow, FlowRevision, FlowRun
from democratic.participation.conversations.states import RunState
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority, Record


def _open_run(correspondent: UUID) -> QuerySet[Any, Any]:
    to_process = "revision__flow__process__"
    return FlowRun.objects.filter(correspondent=correspondent, state=RunState.OPEN).values_list(
        *columns_of(FlowRun),
        *columns_of(FlowRevision, "revision__", but=_WRITTEN),
        *columns_of(Flow, "revision__flow__", but=_WRITTEN),
        *columns_of(Process, to_process),
        *columns_of(Record, f"{to_process}record__"),
        *columns_of(Authority, f"{to_process}record__authority__"),
    )


_WRITTEN = ("content", "draft")  # what a flow says is read once in a process: ``speaking``
_OPEN_RUN = Compiled(_open_run, correspondent=UUID)


def run_of(her: Correspondent) -> FlowRun | None:
    """Asked at each message: with its flow, and the process that it belongs to."""
    row = _OPEN_RUN.first(correspondent=her.pk)
    if row is None:
        return None
    models = (FlowRun, FlowRevision, Flow, Process, Record, Authority)
    run, revision, flow, process, record, authority = instances_of(row, *models, but=_WRITTEN)
    run.correspondent, run.revision, revision.flow, flow.process = her, revision, flow, process
    process.record, record.authority = record, authority
    whose: FlowRun = run
    return whose


def errand_of(message: IncomingMessage) -> Errand:
    """An answer to a message is one of a kind: carried out twice, it is there once."""
    return Errand(f"turn:{message.pk.hex}")


def say(her: Correspondent, words: str, errand: Errand, clock: Clock) -> None:
    tell(her, [Say(words)], errand, now=clock.now())
