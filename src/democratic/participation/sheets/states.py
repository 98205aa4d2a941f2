"""The life of a sheet of answers: read by the worker, looked at by an agent, then written as drafts."""

from enum import StrEnum


class SheetState(StrEnum):
    RECEIVED = "received"
    READING = "reading"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


NEXT: dict[SheetState, frozenset[SheetState]] = {
    SheetState.RECEIVED: frozenset({SheetState.READING, SheetState.REFUSED, SheetState.DROPPED}),
    SheetState.READING: frozenset({SheetState.READY, SheetState.REFUSED, SheetState.DROPPED}),
    SheetState.READY: frozenset({SheetState.APPLYING, SheetState.DROPPED}),
    SheetState.APPLYING: frozenset({SheetState.DONE}),
    # Conflicts may be settled one after the other: what was chosen since is written too.
    SheetState.DONE: frozenset({SheetState.APPLYING}),
    SheetState.REFUSED: frozenset(),
    SheetState.DROPPED: frozenset(),
}

# What the worker has to do; the rest waits for someone, or is over.
AT_WORK = (SheetState.RECEIVED, SheetState.READING, SheetState.APPLYING)


class Outcome(StrEnum):
    """What a line of the sheet would change."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"  # someone wrote meanwhile: both are shown, and an agent chooses
    ERROR = "error"


class Choice(StrEnum):
    """Between the sheet and what is saved; none, as long as nobody chose."""

    NONE = ""
    SHEET = "sheet"
    SAVED = "saved"
