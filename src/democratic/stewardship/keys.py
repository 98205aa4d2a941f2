"""What the key of a guest does, whatever she said with it: it becomes her account's, or she takes it back."""

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.participation.ideas.actions import claim_idea, spend_secret, take_back_idea
from democratic.participation.meetings.wall.actions import count_voices_of, take_back_question
from democratic.people.models import Person
from democratic.thread.models import Kind, Record


@transaction.atomic
def claim_said(*, secret: str, person: Person, clock: Clock) -> Record:
    record = claim_idea(secret=secret, person=person, clock=clock)
    if record.author:
        count_voices_of(record.author)
    return record


@transaction.atomic
def withdraw_by_secret(*, secret: str, clock: Clock) -> Record:
    record = spend_secret(secret, clock)
    if record.kind == Kind.WALL_QUESTION:
        take_back_question(question=record.wall_question, clock=clock)
    else:
        take_back_idea(record=record, clock=clock)
    return record
