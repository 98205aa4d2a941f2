"""What follows when moderation hides an idea, or gives it back: called in the transaction that does."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.participation.answers.grouping import settle_answers
from democratic.participation.ideas.merging import part_from_withdrawn
from democratic.participation.ideas.models import IdeaState
from democratic.participation.obligations.actions import reopen
from democratic.participation.obligations.models import Owed
from democratic.thread.actions import bump_pages_of, recount
from democratic.thread.models import Record, Visibility
from democratic.thread.queries.wholes import parts_of


@transaction.atomic
def settle_hidden(*, record: Record, clock: Clock) -> None:
    """Those merged into it are owed their own answer; its parts say its very words and are hidden with it.

    A part that is hidden leaves the other parts, and the whole, as they are: the whole is judged apart.
    """
    recount(record)
    part_from_withdrawn(target=record, clock=clock)
    for part in parts_of(record).filter(visibility=Visibility.PUBLIC).select_related("authority", "process"):
        Record.objects.filter(pk=part.pk).update(visibility=Visibility.HIDDEN)
        settle_hidden(record=part, clock=clock)
    if record.process:
        settle_answers(process=record.process.as_process, clock=clock)
    bump_pages_of(record)


@transaction.atomic
def settle_shown(*, record: Record, still_hidden: Collection[UUID], clock: Clock) -> None:
    """It is shown again: it is counted and owed an answer; its parts too, but for those judged apart."""
    recount(record)
    hidden = parts_of(record).filter(visibility=Visibility.HIDDEN).exclude(pk__in=still_hidden)
    for part in hidden.select_related("authority", "process"):
        Record.objects.filter(pk=part.pk).update(visibility=Visibility.PUBLIC)
        settle_shown(record=part, still_hidden=still_hidden, clock=clock)
    if record.process and record.state == IdeaState.RECEIVED:
        reopen(record=record.process, owed=Owed.ANSWER, clock=clock)
    bump_pages_of(record)
