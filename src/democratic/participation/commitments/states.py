"""The lives of a commitment and of an action, as tables."""

from democratic.participation.commitments.models import ActionState, CommitmentState

COMMITMENT_NEXT: dict[CommitmentState, frozenset[CommitmentState]] = {
    CommitmentState.DUE: frozenset({CommitmentState.DOING, CommitmentState.UNKEPT, CommitmentState.KEPT}),
    CommitmentState.DOING: frozenset({CommitmentState.KEPT, CommitmentState.PART, CommitmentState.UNKEPT}),
    CommitmentState.PART: frozenset({CommitmentState.DOING, CommitmentState.KEPT, CommitmentState.UNKEPT}),
    # What was said not kept may still be done; what was said kept may be found not to hold.
    CommitmentState.UNKEPT: frozenset({CommitmentState.DOING}),
    CommitmentState.KEPT: frozenset({CommitmentState.PART, CommitmentState.UNKEPT}),
}

ACTION_NEXT: dict[ActionState, frozenset[ActionState]] = {
    ActionState.PLANNED: frozenset({ActionState.DOING, ActionState.DONE, ActionState.ABANDONED}),
    ActionState.DOING: frozenset({ActionState.DONE, ActionState.ABANDONED}),
    ActionState.DONE: frozenset(),
    ActionState.ABANDONED: frozenset({ActionState.DOING}),
}
