"""Where votes of a meeting are read, given and run."""

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.thread.models import Kind
from democratic.web.places import record_path

OBJECTION = "objection"  # which proposal is refused, in the wall's address


def vote_path(sounding: Sounding, page: str = "") -> str:
    return record_path(Kind.SOUNDING, sounding.record.code) + (f"/{page}" if page else "")


def giving_path(sounding: Sounding) -> str:
    """Where a voice is posted: by a page, or by its script, whose votes the entry takes in batches."""
    return record_path(Kind.MEETING, sounding.meeting.record.code) + f"/votes/{sounding.record.code}"


def votes_path(meeting: Meeting, page: str = "") -> str:
    """For who runs it."""
    return record_path(Kind.MEETING, meeting.record.code) + "/direct/votes" + (f"/{page}" if page else "")


def run_path(sounding: Sounding, page: str) -> str:
    return votes_path(sounding.meeting, f"{sounding.record.code}/{page}")


def objection_path(sounding: Sounding) -> str:
    """The wall, where an objection is put in words."""
    return (
        record_path(Kind.MEETING, sounding.meeting.record.code)
        + f"/questions?{OBJECTION}={sounding.record.code}#poser"
    )


def late_path(meeting: Meeting) -> str:
    return record_path(Kind.MEETING, meeting.record.code) + "/differe"
