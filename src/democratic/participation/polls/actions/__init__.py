"""Writes of a question: asked, answered, counted by hand."""

from democratic.participation.polls.actions.answering import (
    answer_for_guests,
    answer_poll,
    erase_answers,
    part_with_taps,
    take_back_answer,
)
from democratic.participation.polls.actions.asking import (
    Question,
    change_poll,
    draft_poll,
    end_poll,
    open_poll,
)
from democratic.participation.polls.actions.reasons import tie_reason
from democratic.participation.polls.actions.tallying import (
    BY_HAND,
    Batch,
    drop_tally,
    enter_tally,
    verify_tally,
)

__all__ = [
    "BY_HAND",
    "Batch",
    "Question",
    "answer_for_guests",
    "answer_poll",
    "change_poll",
    "draft_poll",
    "drop_tally",
    "end_poll",
    "enter_tally",
    "erase_answers",
    "open_poll",
    "part_with_taps",
    "take_back_answer",
    "tie_reason",
    "verify_tally",
]
