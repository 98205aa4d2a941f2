"""Coming in by six digits: nothing is asked, nothing is told but how many."""

from datetime import timedelta

import pytest

from democratic.kernel.pages import stamp_of
from democratic.kernel.refusals import Conflict, Refusal, TooMany
from democratic.participation.meetings.arrivals.joining import (
    TYPED_CODES,
    Coming,
    seal_of,
    spend_a_guess,
    take_seat,
)
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.arrivals.naming import stop_naming
from democratic.participation.meetings.arrivals.queries import (
    attendance_of,
    listed_names,
    meeting_of_code,
    present_by_seat,
)
from democratic.participation.meetings.codes import give_join_code
from democratic.participation.meetings.forgetting import forget_old_attendances
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.running import close_meeting, open_meeting
from democratic.people.actions import claim_person, welcome_guest
from democratic.thread.models import Entry
from in_a_meeting import announced, came, fresh, live


def test_six_digits_are_given_once_and_given_back_at_the_end(territory):
    meeting = announced(territory)
    code = meeting.join_code
    assert code.isdecimal()
    assert len(code) == 6
    assert give_join_code(meeting) == code
    open_meeting(meeting_id=meeting.pk, clock=territory.clock)
    assert meeting_of_code(territory.viewer(), code) == meeting
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    assert meeting_of_code(territory.viewer(), code) is None


def test_a_code_that_another_meeting_has_is_drawn_again(territory, monkeypatch):
    drawn = iter([23456, 23456, 554321])
    monkeypatch.setattr("democratic.participation.meetings.codes.randbelow", lambda _n: next(drawn))
    assert [announced(territory).join_code for _each in range(2)] == ["123456", "654321"]


def test_one_comes_once_whatever_one_taps_and_only_numbers_are_told(territory):
    meeting = live(territory)
    person = welcome_guest()
    for seat in ("room", "remote", "remote"):
        came(meeting, territory, seat, person=person)
    came(meeting, territory, "room", name="Karim")
    assert present_by_seat(meeting) == {"room": 1, "remote": 1}
    assert not Entry.objects.filter(kind__contains="attend").exists()


def test_nobody_is_named_who_did_not_say_yes_to_it(territory):
    meeting = live(territory)
    came(meeting, territory, name="Karim")
    came(meeting, territory, name="Inès", is_listed=True)
    came(meeting, territory, is_listed=True)
    assert listed_names(meeting, limit=10) == (["Inès"], 1)


def test_once_it_is_over_no_name_is_kept_but_of_who_agreed(territory):
    meeting = live(territory)
    came(meeting, territory, name="Karim")
    came(meeting, territory, name="Inès", is_listed=True)
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    assert sorted(Attendance.objects.values_list("name", flat=True)) == ["", "Inès"]


def test_who_was_named_takes_it_back_and_the_page_is_made_again_as_when_time_forgets_her(territory):
    meeting = live(territory)
    named = came(meeting, territory, name="Inès", is_listed=True)
    came(meeting, territory, name="Sacha", is_listed=True)
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    before = stamp_of(meeting.process_id).version
    stop_naming(meeting=fresh(meeting), person=welcome_guest())  # of who was not there
    assert stamp_of(meeting.process_id).version == before
    stop_naming(meeting=fresh(meeting), person=named.person)
    taken = stamp_of(meeting.process_id).version
    assert taken != before
    assert listed_names(meeting, limit=10) == (["Sacha"], 1)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at="2020-01-01 10:00+00:00", ends_at="2020-01-01 12:00+00:00"
    )
    assert forget_old_attendances() == 2
    assert stamp_of(meeting.process_id).version != taken


def test_who_came_as_a_guest_is_here_under_her_account_too(territory):
    meeting = live(territory)
    guest = came(meeting, territory).person
    claim_person(guest=guest, by=territory.citizen.person)
    came(meeting, territory, "remote", person=territory.citizen.person)
    assert attendance_of(meeting.pk, territory.citizen.person).seat == "remote"
    assert Attendance.objects.filter(meeting=meeting).count() == 1


def test_doors_open_two_hours_before(territory):
    meeting = announced(territory, starts_at=territory.clock.now() + timedelta(hours=3))
    with pytest.raises(Conflict):
        came(meeting, territory)


def test_one_comes_later_once_it_is_over(territory):
    meeting = live(territory)
    with pytest.raises(Refusal):
        came(meeting, territory, Seat.LATER)
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    assert came(fresh(meeting), territory, Seat.LATER).seat == "later"


def test_who_was_in_the_room_and_comes_back_later_was_in_the_room(territory):
    meeting = live(territory)
    person = came(meeting, territory).person
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    take_seat(meeting_id=meeting.pk, person=person, coming=Coming(Seat.LATER), clock=territory.clock)
    assert present_by_seat(meeting) == {"room": 1, "remote": 0}


@pytest.mark.usefixtures("db")
def test_three_hundred_pupils_behind_one_address_come_in_and_a_flood_of_guesses_does_not_stop_a_qr():
    for _pupil in range(300):
        for code in ("111111", "482016"):  # each mistypes once
            spend_a_guess("10.0.0.1", code, "")
    for _guess in range(TYPED_CODES.times - 600):
        spend_a_guess("10.0.0.1", "000000", "")
    with pytest.raises(TooMany):
        spend_a_guess("10.0.0.1", "000001", "")
    spend_a_guess("10.0.0.1", "482016", seal_of("482016"))
