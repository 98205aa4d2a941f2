"""What whoever answers reads in large: the question that is being answered, or else the most supported one."""

from django.db.models import Case, F, IntegerField, When

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.thread.models import Visibility


def question_to_answer(meeting: Meeting) -> WallQuestion | None:
    """With its words, in one query."""
    shown = WallQuestion.objects.filter(
        meeting=meeting,
        record__visibility=Visibility.PUBLIC,
        record__state__in=(QuestionState.CURRENT, QuestionState.PUBLISHED),
    )
    is_current = Case(
        When(record__state=QuestionState.CURRENT, then=0), default=1, output_field=IntegerField()
    )
    ordered = shown.order_by(is_current, F("record__figures__supports").desc(nulls_last=True), "pk")
    return ordered.select_related("record__wording", "record__figures").first()
