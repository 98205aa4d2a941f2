"""Many hands at the same moment: one speaks, one hand a person, and people come in meanwhile."""

from functools import partial

import pytest

from democratic.participation.meetings.arrivals.joining import Coming, take_seat
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.arrivals.queries import present_by_seat
from democratic.participation.meetings.floor.actions import FloorMoved, ask_for_floor, call_next
from democratic.participation.meetings.floor.actions.calling import Seen
from democratic.participation.meetings.floor.models import SpeakingTurn
from democratic.people.actions import welcome_guest
from in_a_meeting import asked, came, live
from many_hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_facilitators_at_once_give_the_floor_once(live_territory):
    meeting = live(live_territory)
    first = asked(meeting, live_territory, 1, name="Inès")
    asked(meeting, live_territory, 2, name="Karim")
    call = partial(
        call_next, meeting_id=meeting.pk, turn_id=first.pk, seen=Seen(None), clock=live_territory.clock
    )
    outcomes = at_once(*[call] * 10)
    assert sum(isinstance(each, FloorMoved) for each in outcomes) == 9
    assert SpeakingTurn.objects.filter(state="speaking").count() == 1
    assert SpeakingTurn.objects.filter(state="waiting").count() == 1


def test_a_person_who_taps_twenty_times_at_once_has_one_hand_and_one_seat(live_territory):
    meeting = live(live_territory)
    person = welcome_guest()
    seats = [Seat.ROOM, Seat.REMOTE] * 10
    at_once(
        *(
            partial(
                take_seat,
                meeting_id=meeting.pk,
                person=person,
                coming=Coming(seat),
                clock=live_territory.clock,
            )
            for seat in seats
        )
    )
    assert Attendance.objects.filter(meeting=meeting).count() == 1
    ask = partial(ask_for_floor, meeting_id=meeting.pk, person=person, clock=live_territory.clock)
    at_once(*[ask] * 20)
    assert SpeakingTurn.objects.filter(meeting=meeting).count() == 1


def test_people_come_in_while_the_floor_goes_round(live_territory):
    meeting = live(live_territory)
    turn = asked(meeting, live_territory, 1)
    comings = [partial(came, meeting, live_territory, seat) for seat in (Seat.ROOM, Seat.REMOTE) * 10]
    call = partial(
        call_next, meeting_id=meeting.pk, turn_id=turn.pk, seen=Seen(None), clock=live_territory.clock
    )
    outcomes = at_once(*comings, call)
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert present_by_seat(meeting) == {"room": 11, "remote": 10}
