"""Where the live pages of a meeting are."""

from democratic.participation.meetings.arrivals.joining import seal_of
from democratic.participation.meetings.models import Meeting
from democratic.thread.models import Kind
from democratic.web.places import at, elsewhere, record_path

PARTICIPANT, PROJECTOR, FACILITATOR, ANSWERS = "direct", "direct/ecran", "direct/animer", "direct/repondre"
VOTES, WALL, SORTING = "direct/votes", "questions", "direct/questions"


def live_path(meeting: Meeting, page: str = PARTICIPANT) -> str:
    return f"{record_path(Kind.MEETING, meeting.record.code)}/{page}"


def door_path(code: str) -> str:
    return at(f"/entrer/{code}")


def scanned(meeting: Meeting) -> str:
    """What the QR says: the whole address, with the seal by which we know that it was read and not guessed."""
    code = meeting.join_code
    return elsewhere(meeting.record.authority, f"{door_path(code)}?vu={seal_of(code)}")
