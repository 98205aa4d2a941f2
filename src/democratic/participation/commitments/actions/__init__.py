from democratic.participation.commitments.actions.decisions import Vote, publish_decision
from democratic.participation.commitments.actions.evidence import give_evidence
from democratic.participation.commitments.actions.in_person import (
    Promised,
    note_given_word,
    publish_given_word,
    throw_words_away,
)
from democratic.participation.commitments.actions.moving import move_action, move_commitment
from democratic.participation.commitments.actions.progress import tell_progress
from democratic.participation.commitments.actions.promising import Work, make_commitment, plan_action

__all__ = [
    "Promised",
    "Vote",
    "Work",
    "give_evidence",
    "make_commitment",
    "move_action",
    "move_commitment",
    "note_given_word",
    "plan_action",
    "publish_decision",
    "publish_given_word",
    "tell_progress",
    "throw_words_away",
]
