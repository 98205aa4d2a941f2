"""From an answer to its evidence: the part of every fil that the authority owes, holes included."""

from democratic.participation.reports.fil.tail.ahead import meeting_knot, still_ahead
from democratic.participation.reports.fil.tail.answered import (
    after_answer,
    answer_knot,
    awaited_answer,
    decision_and_after,
)
from democratic.participation.reports.fil.tail.kept import commitment_and_after, commitment_knot
from democratic.participation.reports.fil.tail.owing import day_of, who_follows
from democratic.participation.reports.fil.tail.referred import referral_knots
from democratic.participation.reports.fil.tail.shown import action_knot, evidence_knots

__all__ = [
    "action_knot",
    "after_answer",
    "answer_knot",
    "awaited_answer",
    "commitment_and_after",
    "commitment_knot",
    "day_of",
    "decision_and_after",
    "evidence_knots",
    "meeting_knot",
    "referral_knots",
    "still_ahead",
    "who_follows",
]
