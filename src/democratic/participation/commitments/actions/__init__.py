from democratic.participation.commitments.actions.decisions import Vote, publish_decision
from democratic.participation.commitments.actions.evidence import give_evidence
from democratic.participation.commitments.actions.in_person import promise_in_person
from democratic.participation.commitments.actions.moving import move_action, move_commitment
from democratic.participation.commitments.actions.progress import tell_progress
from democratic.participation.commitments.actions.promising import Work, make_commitment, plan_action

__all__ = [
    "Vote",
    "Work",
    "give_evidence",
    "make_commitment",
    "move_action",
    "move_commitment",
    "plan_action",
    "promise_in_person",
    "publish_decision",
    "tell_progress",
]
