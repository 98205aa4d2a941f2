"""Where the wall of a meeting is, and each of its questions."""

from democratic.thread.models import Kind
from democratic.web.places import at, record_path


def wall_path(meeting_code: str, page: str = "") -> str:
    return at(f"/rencontres/{meeting_code}/questions" + (f"/{page}" if page else ""))


def sorting_path(meeting_code: str, page: str = "") -> str:
    return at(f"/rencontres/{meeting_code}/direct/questions" + (f"/{page}" if page else ""))


def card_path(meeting_code: str, question: str = "") -> str:
    query = f"?question={question}" if question else ""
    return at(f"/rencontres/{meeting_code}/direct/repondre") + query


def question_path(code: str, page: str = "") -> str:
    return record_path(Kind.WALL_QUESTION, code) + (f"/{page}" if page else "")
