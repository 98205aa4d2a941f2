"""What a meeting that is over still asks of those who tell it, one thing at a time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from democratic.participation.meetings.events import CATCH_UP_TOLD
from democratic.participation.meetings.minutes.models import Amendment, Minutes
from democratic.participation.meetings.models import Meeting
from democratic.thread.models import Entry, Visibility

CATCH_UP, ANSWER, PROPOSE, APPROVE = "catch_up", "answer", "propose", "approve"


def meetings_to_tell(authority: UUID, now: datetime) -> QuerySet[Any]:
    """Those that were run here and are closed, each with ``step``: the one thing that is to be done now."""
    minutes = Minutes.objects.filter(meeting=OuterRef("pk"))
    contested = minutes.filter(state=Minutes.State.PROPOSED, contested_until__gt=now)
    told = Entry.objects.filter(record=OuterRef("pk"), kind=CATCH_UP_TOLD.kind)
    asked = Amendment.objects.filter(minutes__meeting=OuterRef("pk"), state=Amendment.State.ASKED)
    draft = Exists(minutes.filter(state=Minutes.State.DRAFT))
    shown = Exists(minutes.exclude(state=Minutes.State.DRAFT))
    step = Case(
        When(~Exists(told), then=Value(CATCH_UP)),
        When(Exists(asked), then=Value(ANSWER)),
        When(Q(draft) | ~Q(shown), then=Value(PROPOSE)),
        When(Exists(contested), then=Value("")),
        default=Value(APPROVE),
        output_field=CharField(),
    )
    closed = Meeting.objects.filter(
        record__authority=authority, record__visibility=Visibility.PUBLIC, closed_at__isnull=False
    )
    open_ones = closed.exclude(Exists(minutes.filter(state=Minutes.State.APPROVED)))
    reported = open_ones.exclude(Q(record__state="held") & ~Exists(minutes))  # told by hand, in a few lines
    return reported.annotate(step=step).exclude(step="")
