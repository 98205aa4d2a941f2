from democratic.participation.meetings.floor.actions.asking import ask_for_floor, raise_hand, withdraw_turn
from democratic.participation.meetings.floor.actions.calling import (
    FloorMoved,
    call_early,
    call_next,
    end_turn,
    give_floor,
)
from democratic.participation.meetings.floor.actions.ruling import switch_rule

__all__ = [
    "FloorMoved",
    "ask_for_floor",
    "call_early",
    "call_next",
    "end_turn",
    "give_floor",
    "raise_hand",
    "switch_rule",
    "withdraw_turn",
]
