"""How a flow fares: who began, who answered each question, who finished, from which code, at what cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from civics.reach.flow import Flow as WrittenFlow
from democratic.participation.conversations.models import Flow, FlowAnswer, FlowCode, FlowRun
from democratic.participation.conversations.states import RunState


@dataclass(frozen=True, slots=True)
class StepFigures:
    key: str
    text: str
    answered: int


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """``each_costs`` in cents for one person who finished; None while nobody did."""

    code: FlowCode
    begun: int
    done: int

    @property
    def each_costs(self) -> int | None:
        return round(self.code.cost / self.done) if self.done and self.code.cost else None


@dataclass(frozen=True, slots=True)
class FlowFigures:
    """``bodies``: what was said to « déjà membre d'un conseil ? »: yes, no, unsaid; who was not asked is in none."""

    begun: int
    done: int
    steps: Sequence[StepFigures]
    codes: Sequence[CodeFigures]
    bands: Sequence[tuple[str, int]]
    kinds: Sequence[tuple[str, int]]
    places: Sequence[tuple[str, int]]
    bodies: dict[str, int]

    @property
    def not_in_a_body(self) -> int | None:
        """Of those who answered yes or no, per cent; None of none. Silence is never counted as a no."""
        told = self.bodies.get("no", 0) + self.bodies.get("yes", 0)
        return round(100 * self.bodies.get("no", 0) / told) if told else None


def figures_of(flow: Flow, written: WrittenFlow, language: str) -> FlowFigures:
    """In a fixed number of queries. A revision's steps that the draft no longer has are not shown."""
    runs = FlowRun.objects.filter(revision__flow=flow)
    done = Count("pk", filter=Q(state=RunState.DONE))
    totals = runs.aggregate(begun=Count("pk"), done=done)
    answers = FlowAnswer.objects.filter(run__revision__flow=flow)
    answered = dict(answers.values_list("step").annotate(n=Count("pk")).values_list("step", "n"))
    by_code = {
        pk: (begun, finished)
        for pk, begun, finished in runs.values_list("code").annotate(begun=Count("pk"), done=done)
    }
    return FlowFigures(
        begun=totals["begun"],
        done=totals["done"],
        steps=[
            StepFigures(step.key, written.in_language(step.text, language), answered.get(step.key, 0))
            for step in written.singles()
            if step.kind not in ("message", "hand_over")
        ],
        codes=[
            CodeFigures(code, *by_code.get(code.pk, (0, 0)))
            for code in flow.codes.order_by(F("retired_at").asc(nulls_first=True), "label")
        ],
        bands=_counted(answers.filter(kind="age_band")),
        kinds=list(runs.values_list("kind").annotate(n=Count("pk")).order_by("-n")),
        places=_counted(answers.filter(kind="place"))[:30],
        bodies=dict(_counted(answers.filter(kind="in_body"))),
    )


def _counted(answers: QuerySet[FlowAnswer]) -> list[tuple[str, int]]:
    rows = answers.values_list("value").annotate(n=Count("pk")).order_by("-n", "value")
    return list(rows)
