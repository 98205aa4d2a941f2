"""Who asks to be erased leaves no trace of having meant to come, come, spoken or helped; her place goes to the next."""

from democratic.participation.meetings.actions import name_to_team
from democratic.participation.meetings.arrivals.models import Attendance, Registration
from democratic.participation.meetings.floor.models import SpeakingTurn
from democratic.participation.meetings.forgetting import part_with_attendance
from democratic.participation.meetings.live.models import LiveTouch
from democratic.participation.meetings.models import MeetingTeamMember, TeamRole
from democratic.people.actions import forget_guests_of_nothing, forget_old_guests, welcome_guest
from democratic.people.models import Person
from democratic.stewardship.erasure import erase_guest
from factories import NOW
from meeting_people import open_to, registered


def test_all_that_tied_her_to_a_meeting_goes_and_the_next_one_is_offered_her_place(territory):
    meeting, her = open_to(territory, room=1), welcome_guest()
    registered(territory, meeting, her, name="Inès")
    waits = registered(territory, meeting)
    here = Attendance.objects.create(meeting=meeting, person=her, seat="room", name="Inès", joined_at=NOW)
    turn = SpeakingTurn.objects.create(
        meeting=meeting, attendance=here, name="Inès", gender="woman", seat="room", asked_at=NOW
    )
    name_to_team(meeting=meeting, person=her, role=TeamRole.WRITES, function="")
    LiveTouch.objects.all().delete()
    part_with_attendance(person_ids=[her.pk], clock=territory.clock)
    assert "floor" in LiveTouch.objects.values_list("topic", flat=True)  # her name leaves the screens
    turn.refresh_from_db()
    assert (turn.name, turn.gender, turn.attendance_id) == ("", "", None)
    assert not Registration.objects.filter(person=her).exists()
    assert not Attendance.objects.exists()
    assert not MeetingTeamMember.objects.exists()
    assert Registration.objects.get(pk=waits.pk).offered_at == NOW


def test_erasing_a_guest_does_it_too(territory):
    meeting, her = open_to(territory), welcome_guest()
    registered(territory, meeting, her)
    erase_guest(guest=her, with_words=False, clock=territory.clock)
    assert not Registration.objects.exists()


def test_a_guest_whose_place_is_kept_is_not_forgotten(territory):
    meeting, her = open_to(territory), welcome_guest()
    registered(territory, meeting, her)
    Person.objects.filter(pk=her.pk).update(created_on="2020-01-01")
    forget_old_guests()
    forget_guests_of_nothing([her.pk])
    assert Registration.objects.filter(person=her).exists()
