"""The life of an answer. Signed, it is never edited: a new one replaces it, or it is withdrawn in public."""

from enum import StrEnum


class AnswerState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    SIGNED = "signed"
    REPLACED = "replaced"


# Where a second person must approve, a draft is not signed before; whatever is written sends it back to draft.
NEXT: dict[AnswerState, frozenset[AnswerState]] = {
    AnswerState.DRAFT: frozenset({AnswerState.APPROVED, AnswerState.SIGNED}),
    AnswerState.APPROVED: frozenset({AnswerState.DRAFT, AnswerState.SIGNED}),
    AnswerState.SIGNED: frozenset({AnswerState.REPLACED}),
    AnswerState.REPLACED: frozenset(),
}
