"""One registers without an account: a place, or a rank; places that are given back go to who waits longest."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.meetings.actions import Means, Why, cancel_meeting, postpone_meeting
from democratic.participation.meetings.arrivals.models import Registration, Seat
from democratic.participation.meetings.arrivals.places import confirm_before, places_of
from democratic.participation.meetings.arrivals.registering import (
    AlreadyRegistered,
    RegistrationClosed,
    Wish,
    change_registration,
    confirm_place,
    give_up,
    lapse_offers,
    way_back,
)
from democratic.participation.meetings.arrivals.registrations import (
    registered_people,
    registration_by_secret,
    registration_of,
    registrations,
    to_remind,
)
from democratic.participation.meetings.arrivals.reminding import mark_reminded, reminder_moment
from democratic.people.actions import welcome_guest
from factories import NOW
from meeting_people import STARTS, announced, arranged, moment, open_to, registered

State = Registration.State


def after(**more):
    return FixedClock(NOW + timedelta(**more))


def fresh(row):
    return Registration.objects.get(pk=row.pk)


def test_a_place_then_a_rank_and_everyone_counts_once(territory):
    meeting = open_to(territory, room=2)
    states = [registered(territory, meeting, clock=after(seconds=n)).state for n in range(4)]
    assert states == [State.KEPT, State.KEPT, State.WAITING, State.WAITING]
    room = places_of(meeting)[Seat.ROOM]
    assert (room.taken, room.waiting, room.left, room.is_full) == (2, 2, 0, True)
    assert places_of(meeting)[Seat.REMOTE].left is None


def test_her_link_is_the_same_whatever_the_zone_of_the_clock(territory):
    in_paris = FixedClock(NOW.astimezone(ZoneInfo("Europe/Paris")))
    row = fresh(registered(territory, open_to(territory, room=2), clock=in_paris))
    assert registration_by_secret(row.meeting, way_back(row)) == row


def test_who_is_registered_is_told_so_and_who_gave_up_comes_back_at_the_end(territory):
    meeting, person = open_to(territory, room=1), welcome_guest()
    row = registered(territory, meeting, person)
    with pytest.raises(AlreadyRegistered):
        registered(territory, meeting, person)
    waiting = registered(territory, meeting)
    give_up(registration=row, clock=territory.clock)
    again = registered(territory, meeting, person, clock=after(hours=1))
    assert (again.pk, again.state) == (row.pk, State.WAITING)
    assert way_back(again) != way_back(row)
    assert confirm_before(fresh(waiting), meeting) == NOW + timedelta(hours=48)


def test_her_secret_finds_it_in_its_own_meeting_only(territory):
    meeting, other = open_to(territory), open_to(territory)
    row = registered(territory, meeting, name="  Inès ", needs="Un fauteuil")
    secret = way_back(row)
    assert registration_by_secret(meeting, secret) == row
    assert registration_by_secret(other, secret) is None
    assert registration_by_secret(meeting, row.secret_hash) is None
    assert (row.name, registration_of(meeting, row.person)) == ("Inès", row)


def test_what_she_said_of_herself_goes_when_she_gives_up(territory):
    row = registered(territory, open_to(territory), name="Inès", needs="Un fauteuil")
    give_up(registration=row, clock=territory.clock)
    row = fresh(row)
    assert (row.state, row.name, row.needs) == (State.GIVEN_UP, "", "")


def test_a_place_given_back_is_offered_confirmed_or_passed_on(territory):
    meeting = open_to(territory, room=1)
    kept, first, second = (registered(territory, meeting, clock=after(seconds=n)) for n in range(3))
    with pytest.raises(Conflict):
        confirm_place(registration=first, clock=territory.clock)
    give_up(registration=kept, clock=territory.clock)
    late = registered(territory, meeting, clock=after(minutes=1))
    assert late.state == State.WAITING  # an offered place is taken
    assert lapse_offers(NOW + timedelta(hours=47)) == 0
    assert lapse_offers(NOW + timedelta(hours=48)) == 1
    assert fresh(first).state == State.GIVEN_UP
    with pytest.raises(Conflict):
        confirm_place(registration=first, clock=after(hours=49))
    confirm_place(registration=second, clock=after(hours=49))
    confirm_place(registration=second, clock=after(hours=50))
    assert (fresh(second).state, fresh(late).offered_at) == (State.KEPT, None)


def test_more_seats_are_offered_at_once_in_the_order_of_the_list(territory):
    meeting = open_to(territory, room=1)
    rows = [registered(territory, meeting, clock=after(seconds=n)) for n in range(4)]
    arranged(territory, meeting, Means(takes_registrations=True, room_capacity=3))
    assert [bool(fresh(row).offered_at) for row in rows] == [False, True, True, False]
    arranged(territory, meeting, Means(takes_registrations=True))
    assert [bool(fresh(row).offered_at) for row in rows] == [False, True, True, True]


def test_fewer_seats_take_nobodys_place(territory):
    meeting = open_to(territory, room=3)
    rows = [registered(territory, meeting) for _each in range(3)]
    arranged(territory, meeting, Means(takes_registrations=True, room_capacity=1))
    assert {fresh(row).state for row in rows} == {State.KEPT}
    assert registered(territory, meeting).state == State.WAITING


def test_to_change_seats_the_other_must_be_free_and_the_first_goes_to_the_next(territory):
    meeting = open_to(territory, means=Means(takes_registrations=True, room_capacity=1, remote_capacity=1))
    here, waits = registered(territory, meeting), registered(territory, meeting)
    far = registered(territory, meeting, seat=Seat.REMOTE)
    with pytest.raises(Conflict):
        change_registration(registration=here, wish=Wish(Seat.REMOTE), clock=territory.clock)
    give_up(registration=far, clock=territory.clock)
    moved = change_registration(registration=here, wish=Wish(Seat.REMOTE, "Jo"), clock=territory.clock)
    assert (moved.seat, moved.state, moved.name) == (Seat.REMOTE, State.KEPT, "Jo")
    assert fresh(waits).offered_at == NOW


@pytest.mark.parametrize("why", ["off", "begun", "cancelled", "seat"])
def test_nobody_registers_when_it_is_not_taken(territory, why):
    meeting, clock, seat = open_to(territory), territory.clock, Seat.ROOM
    if why == "off":
        meeting = announced(territory)
    if why == "begun":
        clock = FixedClock(STARTS)
    if why == "cancelled":
        cancel_meeting(meeting=meeting, why=Why("Grève.", "Service"), clock=clock)
    if why == "seat":
        seat = Seat.LATER
    with pytest.raises(Refusal if why == "seat" else RegistrationClosed):
        registered(territory, meeting, seat=seat, clock=clock)


def test_who_welcomes_reads_who_comes_then_who_waits(territory):
    meeting = open_to(territory, room=1)
    first, second, gone = (registered(territory, meeting, clock=after(seconds=n)) for n in range(3))
    give_up(registration=gone, clock=territory.clock)
    assert registrations(meeting, offset=0, limit=10) == ([first, second], 2)
    assert registered_people(meeting.pk) == {first.person_id, second.person_id}


def test_the_reminder_leaves_the_day_before_in_the_morning_or_earlier_over_a_feast():
    paris = "Europe/Paris"
    assert reminder_moment(STARTS, paris).isoformat() == "2026-03-18T10:00:00+01:00"
    monday = STARTS + timedelta(days=4)
    assert reminder_moment(monday, paris).isoformat() == "2026-03-21T10:00:00+01:00"  # the Saturday
    after_easter = STARTS.replace(month=4, day=7)
    assert reminder_moment(after_easter, paris).isoformat() == "2026-04-04T10:00:00+02:00"


def test_each_is_reminded_once_and_again_when_the_hour_moves(territory):
    meeting = open_to(territory, room=1)
    row, _waits = registered(territory, meeting), registered(territory, meeting)
    due = STARTS - timedelta(hours=33)  # ten in the morning, the day before
    assert to_remind(due - timedelta(seconds=1)) == []
    assert to_remind(due) == [meeting]
    assert mark_reminded(meeting.pk, due) == {row.person_id}
    assert to_remind(due) == []
    later = moment(starts_at=STARTS + timedelta(days=7))
    postpone_meeting(meeting=meeting, moment=later, why=Why("Neige.", "Service"), clock=territory.clock)
    assert to_remind(due + timedelta(days=7)) == [meeting]
