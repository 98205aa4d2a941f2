"""« Pourquoi ? »: a sentence said after a tap is a contribution like any other, and is owed an answer."""

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.participation.polls.events import REASON_GIVEN
from democratic.participation.polls.models import Poll
from democratic.thread.actions import append_entry, link
from democratic.thread.models import LinkKind, Record


@transaction.atomic
def tie_reason(*, poll: Poll, said: Record, clock: Clock) -> None:
    """That the question made her say it. What she tapped is not told: it stays between her and the total."""
    entry = append_entry(REASON_GIVEN, record=said, now=clock.now(), data={"poll": poll.record.code})
    link(source=poll.record, kind=LinkKind.INSPIRED, target=said, entry=entry)
