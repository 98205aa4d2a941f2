"""Twenty people, five places, one moment."""

from functools import partial

import pytest

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.meetings.arrivals.models import Registration, Seat
from democratic.participation.meetings.arrivals.places import places_of
from democratic.participation.meetings.arrivals.registering import (
    AlreadyRegistered,
    Wish,
    give_up,
    register,
)
from democratic.people.actions import welcome_guest
from many_hands import at_once
from meeting_people import open_to

pytestmark = pytest.mark.django_db(transaction=True)
State = Registration.State


@pytest.fixture
def meeting(live_territory):
    meeting = open_to(live_territory, room=5)
    ahead = DATABASE_CLOCK.now().replace(year=DATABASE_CLOCK.now().year + 1, day=1)
    type(meeting).objects.filter(pk=meeting.pk).update(starts_at=ahead, ends_at=ahead.replace(day=2))
    return meeting


def taking(meeting, person):
    return partial(register, meeting=meeting, person=person, wish=Wish(Seat.ROOM), clock=DATABASE_CLOCK)


def test_twenty_at_once_for_five_places_are_five_kept_and_fifteen_ranks_in_the_order_of_the_clock(meeting):
    people = [welcome_guest() for _each in range(20)]
    at_once(*(taking(meeting, person) for person in people))
    rows = list(Registration.objects.filter(meeting=meeting).order_by("asked_at", "pk"))
    assert [row.state for row in rows] == [State.KEPT] * 5 + [State.WAITING] * 15
    assert (places_of(meeting)[Seat.ROOM].taken, len({row.person_id for row in rows})) == (5, 20)


def test_one_person_who_presses_twenty_times_has_one_place(meeting):
    person = welcome_guest()
    outcomes = at_once(*(taking(meeting, person) for _each in range(20)))
    assert sum(isinstance(each, AlreadyRegistered) for each in outcomes) == 19
    assert Registration.objects.filter(meeting=meeting).count() == 1


def test_places_given_back_while_others_come_never_make_six(meeting):
    rows = at_once(*(taking(meeting, welcome_guest()) for _each in range(10)))
    kept = [row for row in rows if row.state == State.KEPT]
    leaving = [partial(give_up, registration=row, clock=DATABASE_CLOCK) for row in kept[:3]]
    at_once(*leaving, *(taking(meeting, welcome_guest()) for _each in range(7)))
    offered = Registration.objects.filter(meeting=meeting, state=State.WAITING, offered_at__isnull=False)
    assert places_of(meeting)[Seat.ROOM].taken == 5
    # Those who waited first, not those who had just come.
    assert set(offered) <= {row for row in rows if row.state == State.WAITING}
    assert offered.count() == 3
