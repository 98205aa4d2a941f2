"""Questions that wait for a written answer."""

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.thread.models import Visibility


def owed_questions(meeting: Meeting, *, limit: int = 100) -> list[WallQuestion]:
    """In the order in which they were asked, with their words; one query."""
    owed = WallQuestion.objects.filter(
        meeting=meeting, record__state=QuestionState.OWED, record__visibility=Visibility.PUBLIC
    )
    return list(owed.select_related("record__wording").order_by("record__recorded_at", "pk")[:limit])
