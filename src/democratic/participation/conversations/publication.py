"""Conversations written with a process: copied with it, read by who approves it, thrown away with its draft."""

from typing import Any

from civics.reach.flow import ChoiceStep
from democratic.kernel.clock import Clock
from democratic.participation.conversations.editing import read_flow
from democratic.participation.conversations.models import Flow
from democratic.participation.processes.models import Process
from democratic.people.models import Person


def copy_what_was_written(
    source: Process,
    made: Process,
    author: Person | None,  # noqa: ARG001  the registry's own shape
    clock: Clock,  # noqa: ARG001
) -> None:
    """As drafts, without codes nor anyone's answers; a step no longer counts for a question of the first."""
    Flow.objects.bulk_create(
        Flow(process=made, name=flow.name, draft=_apart(flow.draft)) for flow in source.flows.order_by("pk")
    )


def _apart(content: dict[str, Any]) -> dict[str, Any]:
    steps = [{**step, "poll": ""} if step.get("poll") else step for step in content["steps"]]
    return {**content, "steps": steps}


def parts_written(process: Process) -> list[tuple[str, str]]:
    """All that each would say and ask, in each language: who approves a draft approves this."""
    return [("flow", _told(flow)) for flow in process.flows.order_by("pk")]


def _told(flow: Flow) -> str:
    written = read_flow(flow.draft)
    said = [flow.name, *written.intro.values()]
    for step in written.singles():
        said += step.text.values()
        if isinstance(step, ChoiceStep):
            said += [" · ".join(each.label.values()) for each in step.options]
    return "\n".join([*said, *written.outro.values()])


def throw_away_what_was_written(process: Process) -> None:
    """With the draft of its process: nobody began one, as its codes opened nothing."""
    process.flows.all().delete()
