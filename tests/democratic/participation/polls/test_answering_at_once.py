"""Many hands at the same moment: one answer a person, and a count that misses nobody."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from asking import asked, at_closing, question
from democratic.participation.polls.actions import answer_poll, change_poll
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import Poll, PollAnswer
from democratic.participation.polls.queries import drifting_polls
from democratic.participation.polls.rules import PollAnswered, PollClosed
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from many_hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)


class MovingClock:
    """The database's clock, moved so that a question ends when the test says so."""

    def __init__(self, offset: timedelta) -> None:
        self._offset = offset

    def now(self):
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            return cursor.fetchone()[0] + self._offset


def test_a_hundred_taps_of_one_person_at_once_are_one_answer(live_territory):
    poll, person = asked(live_territory), welcome_guest()
    tap = partial(answer_poll, poll_id=poll.pk, person=person, clock=live_territory.clock)
    for batch in range(5):
        at_once(*(partial(tap, rank=1 + (batch + each) % 3) for each in range(20)))
    assert PollAnswer.objects.filter(poll=poll).count() == 1


def test_taps_that_race_with_the_closing_are_counted_or_refused_and_none_is_lost(live_territory):
    poll = asked(live_territory)
    people = [welcome_guest() for _each in range(30)]
    now = MovingClock(timedelta()).now()
    # It ends a few milliseconds from now, by the clock that all of them read under the lock.
    clock = MovingClock(at_closing(poll).moment - now - timedelta(milliseconds=60))
    taps = [partial(answer_poll, poll_id=poll.pk, rank=1, person=each, clock=clock) for each in people]

    def close():
        while Poll.objects.get(pk=poll.pk).closed_at is None:
            count_polls(clock.now())

    outcomes = at_once(*taps, close)[:-1]
    refused = sum(isinstance(each, PollClosed) for each in outcomes)
    closed = Poll.objects.get(pk=poll.pk)
    assert closed.counted["total"] == len(people) - refused == PollAnswer.objects.filter(poll=poll).count()
    assert drifting_polls() == []


def test_a_change_and_a_first_answer_at_once_never_leave_an_answer_to_another_question(live_territory):
    for _each in range(5):
        poll, person = asked(live_territory), welcome_guest()
        changed, answered = at_once(
            partial(
                change_poll, poll=poll, question=question(live_territory, options=("A", "B", "C")),
                clock=live_territory.clock,
            ),
            partial(answer_poll, poll_id=poll.pk, rank=1, person=person, clock=live_territory.clock),
        )  # fmt: skip
        first = poll.options.get(rank=1).label
        assert answered.label == first == ("Oui" if isinstance(changed, PollAnswered) else "A")


def test_two_thousand_people_answer_and_are_counted_in_one_entry(live_territory):
    poll = asked(live_territory)
    people = Person.objects.bulk_create(Person() for _each in range(2000))
    for number, person in enumerate(people):
        answer_poll(poll_id=poll.pk, rank=1 + number % 3, person=person, clock=live_territory.clock)
    assert count_polls(live_territory.clock.now()) == 1
    told = Poll.objects.get(pk=poll.pk).counted["groups"]
    assert told == [{"sources": ["web"], "counts": {"1": 667, "2": 667, "3": 666}}]
