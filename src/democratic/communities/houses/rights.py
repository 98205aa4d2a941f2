"""Which rights facilitators have left, and until when: read from dates, so that each ends by itself at midnight."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from democratic.communities.houses.models import Right, RightStep


@dataclass(frozen=True, slots=True)
class RightEnd:
    """``ends_on``: the first day without it. ``is_given_up``: sooner than what was agreed."""

    right: Right
    ends_on: date
    is_given_up: bool = False

    def is_over(self, today: date) -> bool:
        return today >= self.ends_on


def ends_of(steps: Iterable[RightStep], rights_until: date) -> list[RightEnd]:
    """Every right with its end, soonest first. What the charter says nothing of ends with the house's first term."""
    agreed = {step.right: step for step in steps}
    ends = [_end(Right(right), agreed.get(right), rights_until) for right in Right.values]
    return sorted(ends, key=lambda end: (end.ends_on, Right.values.index(end.right)))


def _end(right: Right, step: RightStep | None, rights_until: date) -> RightEnd:
    if step is None:
        return RightEnd(right, rights_until)
    if step.given_up_on is not None:
        return RightEnd(right, step.given_up_on, is_given_up=True)
    return RightEnd(right, step.ends_on)


def left_on(ends: Iterable[RightEnd], today: date) -> frozenset[Right]:
    return frozenset(end.right for end in ends if not end.is_over(today))
