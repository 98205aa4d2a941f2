"""Method templates: which stages a process has, how long each lasts, and what it allows."""

from dataclasses import dataclass

from democratic.participation.processes.models import Step
from democratic.participation.processes.tool import Act


@dataclass(frozen=True, slots=True)
class StagePlan:
    """``starts`` and ``lasts`` are in days, counted from the process's first day."""

    step: Step
    starts: int
    lasts: int
    allows: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    key: str
    stages: tuple[StagePlan, ...]


ORDER_TO_ROAD_MAP = Method(
    "order_to_road_map",
    (
        StagePlan(Step.ORDER, 0, 21),
        StagePlan(Step.LISTENING, 21, 55, (Act.SUBMIT_IDEA, Act.COMMENT, Act.SUPPORT, Act.ANSWER_POLL)),
        StagePlan(Step.ANALYSIS, 76, 20, (Act.COMMENT, Act.SUPPORT, Act.GROUP, Act.ANSWER_POLL)),
        StagePlan(Step.ANSWER, 96, 56, (Act.COMMENT, Act.GROUP, Act.ANSWER)),
        StagePlan(Step.DECISION, 152, 21, (Act.ANSWER, Act.DECIDE)),
        StagePlan(Step.ACTION, 173, 181, (Act.DECIDE,)),
        StagePlan(Step.REPORT, 354, 15),
    ),
)
METHODS = {ORDER_TO_ROAD_MAP.key: ORDER_TO_ROAD_MAP}
