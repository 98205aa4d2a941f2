"""What a method template says: a file of data, read and refused before anybody can choose it.

A template is TOML. ``schema = 1`` names this shape; docs/howto/add-a-method.md says each line of it in words.
"""

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from democratic.participation.mandates.models import Level
from democratic.participation.processes.models import Step
from democratic.participation.processes.tool import Act

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{2,39}$")]
Days = Annotated[int, Field(ge=0, le=3650)]

# Without these a process could be neither spoken in, nor answered, nor closed.
ALWAYS = (Step.LISTENING, Step.ANSWER, Step.REPORT)
_ORDER = {step: rank for rank, step in enumerate(Step)}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Strict):
    """What a process of this method says at first, in one language: the agent edits it all."""

    name: Line
    summary: Line
    when: Text
    title: Line
    question: Text
    asks: Text
    use_of_input: Text
    not_negotiable: Text
    in_clear: Text


class Said(Strict):
    """One sentence in the languages of the interface."""

    fr: Line
    en: Line

    def told(self, language: str) -> str:
        return self.en if language == "en" else self.fr


class Legal(Said):
    """A rule that this method stands under; ``reference`` names the law."""

    reference: Line


class StagePlan(Strict):
    """``starts`` and ``lasts`` are in days, counted from the process's first day."""

    step: Step
    starts: Days
    lasts: Days
    allows: tuple[Act, ...] = ()

    def dates(self, first_day: date) -> tuple[date, date]:
        """First and last day, when the process begins on ``first_day``."""
        opens = first_day + timedelta(days=self.starts)
        return opens, opens + timedelta(days=self.lasts)


class Method(Strict):
    """A way of leading a process. ``needs``: keys of the tools; one that is not there yet can't be chosen."""

    version: Literal[1] = Field(alias="schema")
    key: Key
    rank: int = Field(default=100, ge=0, le=1000)
    level: Level
    uses_tu: bool = False
    needs: tuple[Key, ...] = Field(min_length=1)
    kit: tuple[Key, ...] = ()
    fr: Texts
    en: Texts
    stages: tuple[StagePlan, ...] = Field(min_length=3)
    roles: tuple[Said, ...] = Field(min_length=1)
    checklist: tuple[Said, ...] = Field(min_length=1)
    legal: tuple[Legal, ...] = ()
    sample: tuple[Said, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _stages_follow_each_other(self) -> Self:
        steps = [plan.step for plan in self.stages]
        if sorted(set(steps), key=_ORDER.__getitem__) != steps:
            raise ValueError("stages: each step once, in the order of the timeline: " + ", ".join(Step))
        if missing := [step.value for step in ALWAYS if step not in steps]:
            raise ValueError(f"stages: a process can't do without {', '.join(missing)}")
        starts = [plan.starts for plan in self.stages]
        if starts != sorted(starts):
            raise ValueError("stages: one can't start before the one above it")
        return self

    def texts(self, language: str) -> Texts:
        return self.en if language == "en" else self.fr

    @property
    def lasts(self) -> int:
        """In days, from the first day to the last."""
        return max(plan.starts + plan.lasts for plan in self.stages)

    def plan(self, step: Step) -> StagePlan:
        return next(plan for plan in self.stages if plan.step == step)
