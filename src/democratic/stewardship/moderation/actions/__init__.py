"""Writes of moderation. One Entry a decision; who gave a notice, appealed or decided never enters the journal."""

from democratic.stewardship.moderation.actions.appealing import (
    answer_appeal,
    appeal,
    losing_side,
    standing_of,
)
from democratic.stewardship.moderation.actions.noticing import give_notice, rejected_lately
from democratic.stewardship.moderation.actions.ruling import Finding, rule_on
from democratic.stewardship.moderation.actions.showing import release_held

__all__ = [
    "Finding",
    "answer_appeal",
    "appeal",
    "give_notice",
    "losing_side",
    "rejected_lately",
    "release_held",
    "rule_on",
    "standing_of",
]
