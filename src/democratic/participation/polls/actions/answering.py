"""One tap: a row of its own, which the sequencer counts later."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.participation.polls import locks
from democratic.participation.polls.models import Poll, PollAnswer, PollOption, PollTally
from democratic.participation.polls.rules import refuse_unless_open
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.people.verifications import is_verified
from democratic.thread.models import Origin


@transaction.atomic
def answer_poll(
    *, poll_id: UUID, rank: int, person: Person, clock: Clock, origin: Origin = Origin.WEB
) -> PollOption:
    """One answer a person, whichever name she has here: a second one replaces the first."""
    _open_now(poll_id, clock)
    option = PollOption.objects.filter(poll=poll_id, rank=rank).first()
    if option is None:
        raise Refusal(_("Choisissez l’une des réponses proposées."), field="option")
    given = PollAnswer(
        poll_id=poll_id,
        person=person,
        option=option,
        origin=origin,
        answered_at=clock.now(),
        is_verified=is_verified(person),
    )
    PollAnswer.objects.bulk_create(
        [given],
        update_conflicts=True,
        unique_fields=["poll", "person"],
        update_fields=["option", "origin", "answered_at", "is_verified"],
    )
    if others := [each for each in person_and_claimed(person) if each != person.pk]:
        PollAnswer.objects.filter(poll=poll_id, person__in=others).delete()
    return option


@transaction.atomic
def answer_for_guests(*, poll_id: UUID, ranks: Sequence[int], origin: Origin, clock: Clock) -> int:
    """Taps of as many people, of whom nothing is known: passers-by, each once, on a device turned towards them."""
    _open_now(poll_id, clock)
    options = {each.rank: each for each in PollOption.objects.filter(poll=poll_id)}
    if not set(ranks) <= set(options):
        raise Refusal(_("Choisissez l’une des réponses proposées."), field="option")
    guests = Person.objects.bulk_create([Person() for _each in ranks])
    now = clock.now()
    PollAnswer.objects.bulk_create(
        [
            PollAnswer(
                poll_id=poll_id,
                person=guest,
                option=options[rank],
                origin=origin,
                answered_at=now,
                is_verified=False,
            )
            for guest, rank in zip(guests, ranks, strict=True)
        ]
    )
    return len(ranks)


@transaction.atomic
def take_back_answer(*, poll_id: UUID, person: Person, clock: Clock) -> None:
    """As long as the question is open; nothing to take back is no fault."""
    _open_now(poll_id, clock)
    PollAnswer.objects.filter(poll=poll_id, person__in=person_and_claimed(person)).delete()


def _open_now(poll_id: UUID, clock: Clock) -> None:
    locks.share(poll_id)
    poll = Poll.objects.select_related("stage", "record__withdrawal").get(pk=poll_id)
    refuse_unless_open(poll, clock.now())


@transaction.atomic
def erase_answers(*, person_ids: Collection[UUID]) -> None:
    """What is not counted yet goes. What was counted stays in its total, and is nobody's any more."""
    hers = PollAnswer.objects.filter(person__in=person_ids)
    for poll_id in sorted(set(hers.values_list("poll", flat=True))):
        locks.share(poll_id)  # while it is counted for good, we do not know on which side we are
    hers.filter(poll__closed_at=None).delete()
    hers.update(person=None)
    PollTally.objects.filter(entered_by__in=person_ids).update(entered_by=None)
    PollTally.objects.filter(verified_by__in=person_ids).update(verified_by=None)


@transaction.atomic
def part_with_taps(*, person_ids: Collection[UUID]) -> None:
    """A child answered: her tap counts, and is nobody's from now on."""
    PollAnswer.objects.filter(person__in=person_ids).update(person=None)
