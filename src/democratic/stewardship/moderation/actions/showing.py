"""Showing what was held or hidden: the Entry that tells a word is written once, when it is first published."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.ideas.events import IDEA_SUBMITTED
from democratic.participation.ideas.hiding import settle_shown
from democratic.participation.ideas.holding import publish_idea
from democratic.participation.meetings.wall.actions import publish_question, settle_given_back
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.stewardship.moderation.actions.ruling import show_or_hide
from democratic.stewardship.moderation.models import Ruling
from democratic.stewardship.moderation.rules import refuse_interested
from democratic.thread.actions.records import set_shown, was_published
from democratic.thread.models import Kind, Record, Visibility


@transaction.atomic
def release_held(*, record: Record, released_by: Person, clock: Clock) -> None:
    """Publish what waited to be read, as it is: nobody edits another's words."""
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.visibility != Visibility.HELD:
        raise Conflict(_("Cette parole n’attend plus : quelqu’un a décidé avant vous."))
    refuse_interested(locked, person_and_claimed(released_by))
    if locked.kind == Kind.WALL_QUESTION:
        publish_question(question=locked.wall_question, clock=clock)
    else:
        publish_idea(record=locked, clock=clock)


def show_again(record: Record, clock: Clock) -> None:
    """What a second decision gives back."""
    if record.kind == Kind.WALL_QUESTION:
        settle_given_back(record=record, clock=clock)
    elif record.kind != Kind.IDEA:
        show_or_hide(record, Visibility.PUBLIC)
    elif was_published(record, IDEA_SUBMITTED):
        set_shown(record=record, visibility=Visibility.PUBLIC)
        judged_apart = Ruling.objects.exclude(subject=record).filter(
            subject__visibility=Visibility.HIDDEN, subject__process=record.process_id
        )
        apart = list(judged_apart.values_list("subject", flat=True))
        settle_shown(record=record, still_hidden=apart, clock=clock)
    else:
        publish_idea(record=record, clock=clock)
