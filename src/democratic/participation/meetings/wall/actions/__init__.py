"""Writes of the wall: asked, merged, called, answered, promised, owed; marks beside."""

from democratic.participation.meetings.wall.actions.answering import (
    AnswerMoved,
    Spoken,
    approve_spoken_answer,
    draft_spoken_answer,
)
from democratic.participation.meetings.wall.actions.asking import (
    Receipt,
    publish_question,
    put_question,
    read_questions_first,
    take_back_question,
)
from democratic.participation.meetings.wall.actions.calling import call_question, put_back_question
from democratic.participation.meetings.wall.actions.counting import count_voices, count_voices_of
from democratic.participation.meetings.wall.actions.marking import (
    erase_wall_marks,
    mark_answered,
    support_question,
    unsupport_question,
)
from democratic.participation.meetings.wall.actions.merging import (
    merge_questions,
    settle_gone,
    unmerge_question,
)
from democratic.participation.meetings.wall.actions.noting import note_fact
from democratic.participation.meetings.wall.actions.owing import (
    Promised,
    close_wall,
    owe_answer,
    promised_by_default,
)
from democratic.participation.meetings.wall.actions.promising import LivePromise, promise_live
from democratic.participation.meetings.wall.actions.settling import settle_binned, settle_given_back

__all__ = [
    "AnswerMoved",
    "LivePromise",
    "Promised",
    "Receipt",
    "Spoken",
    "approve_spoken_answer",
    "call_question",
    "close_wall",
    "count_voices",
    "count_voices_of",
    "draft_spoken_answer",
    "erase_wall_marks",
    "mark_answered",
    "merge_questions",
    "note_fact",
    "owe_answer",
    "promise_live",
    "promised_by_default",
    "publish_question",
    "put_back_question",
    "put_question",
    "read_questions_first",
    "settle_binned",
    "settle_given_back",
    "settle_gone",
    "support_question",
    "take_back_question",
    "unmerge_question",
    "unsupport_question",
]
