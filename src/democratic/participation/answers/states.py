"""The life of an answer. Signed, it is never edited: a new one replaces it, or it is withdrawn in public."""

from enum import StrEnum


class AnswerState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    REPLACED = "replaced"


NEXT: dict[AnswerState, frozenset[AnswerState]] = {
    AnswerState.DRAFT: frozenset({AnswerState.SIGNED}),
    AnswerState.SIGNED: frozenset({AnswerState.REPLACED}),
    AnswerState.REPLACED: frozenset(),
}
