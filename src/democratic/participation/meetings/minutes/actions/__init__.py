"""Writes of what is told after a meeting: the minutes, what is asked of them, recordings, what was said word by word."""

from democratic.participation.meetings.minutes.actions.amending import (
    answer_amendment,
    ask_amendment,
    erase_amendments,
)
from democratic.participation.meetings.minutes.actions.captioning import give_transcript
from democratic.participation.meetings.minutes.actions.proposing import (
    approve_minutes,
    propose_minutes,
    tell_catch_up,
)
from democratic.participation.meetings.minutes.actions.recording import (
    change_chapters,
    chapters_of_agenda,
    show_recording,
    withdraw_recording,
)
from democratic.participation.meetings.minutes.actions.starting import (
    gather,
    open_next_version,
    start_minutes,
)
from democratic.participation.meetings.minutes.actions.writing import (
    BlockGone,
    Said,
    WrittenMeanwhile,
    add_block,
    move_block,
    remove_block,
    save_block,
    save_catch_up,
)

__all__ = [
    "BlockGone",
    "Said",
    "WrittenMeanwhile",
    "add_block",
    "answer_amendment",
    "approve_minutes",
    "ask_amendment",
    "change_chapters",
    "chapters_of_agenda",
    "erase_amendments",
    "gather",
    "give_transcript",
    "move_block",
    "open_next_version",
    "propose_minutes",
    "remove_block",
    "save_block",
    "save_catch_up",
    "show_recording",
    "start_minutes",
    "tell_catch_up",
    "withdraw_recording",
]
