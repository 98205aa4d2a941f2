"""The life of the minutes: written by few, read again by those who were there, then final."""

from democratic.participation.meetings.minutes.models import Minutes

State = Minutes.State

NEXT = {
    State.DRAFT: {State.PROPOSED},
    State.PROPOSED: {
        State.APPROVED
    },  # or followed by the draft of the next version, which is proposed in turn
    State.APPROVED: set(),
}
SHOWN = (State.PROPOSED, State.APPROVED)

FEWEST_DAYS, MOST_DAYS = 3, 60
CATCH_UP_LINES, CATCH_UP_LINE = 5, 240
HOURS_TO_CATCH_UP = 24
