"""Who registered is told that it moved, reminded once the day before, and told of a place that is free."""

from datetime import timedelta

import pytest

from democratic.messaging.models import OutgoingMessage
from democratic.notices.effects import NOTICES
from democratic.notices.registered import remind_registered, tell_offers
from democratic.participation.meetings.actions import Why, cancel_meeting, postpone_meeting
from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.registering import confirm_place, give_up, way_back
from democratic.people.actions import leave_address, prove_address, welcome_guest
from democratic.thread.journal.projections import ensure_cursors
from democratic.thread.journal.running import drain
from factories import NOW
from meeting_people import STARTS, moment, open_to, registered

pytestmark = pytest.mark.django_db
MORNING = STARTS - timedelta(hours=33)  # ten, the day before, in Paris


def reachable(territory, email, *, is_proved=True):
    person = welcome_guest()
    address = leave_address(
        person=person, email=email, purpose="notices", wording="…", language="fr", clock=territory.clock
    )
    if is_proved:
        prove_address(address=address, clock=territory.clock)
    return person


def told():
    return {row.address.email: row for row in OutgoingMessage.objects.order_by("pk")}


def test_put_off_then_called_off_each_who_registered_hears_why(territory):
    ensure_cursors([NOTICES])
    meeting = open_to(territory, room=1)
    for email in ("a@example.org", "b@example.org"):
        registered(territory, meeting, reachable(territory, email))
    new = moment(starts_at=STARTS + timedelta(days=7))
    postpone_meeting(meeting=meeting, moment=new, why=Why("Neige.", "Service"), clock=territory.clock)
    drain(clock=territory.clock, named=[NOTICES])
    first = told()
    assert set(first) == {"a@example.org", "b@example.org"}
    assert "Neige." in first["a@example.org"].body
    assert "26 mars 2026 à 19:00" in first["a@example.org"].body
    cancel_meeting(meeting=meeting, why=Why("Grève.", "Service"), clock=territory.clock)
    drain(clock=territory.clock, named=[NOTICES])
    assert "annulée" in told()["b@example.org"].subject.lower()
    assert OutgoingMessage.objects.count() == 4


def test_reminded_once_in_the_morning_if_the_address_is_proved(territory):
    meeting = open_to(territory)
    registered(territory, meeting, reachable(territory, "a@example.org"))
    registered(territory, meeting, reachable(territory, "nobody@example.org", is_proved=False))
    assert remind_registered(MORNING - timedelta(minutes=1)) == 0
    assert remind_registered(MORNING + timedelta(hours=12)) == 0  # at night, it waits
    assert remind_registered(MORNING + timedelta(minutes=3)) == 2
    assert remind_registered(MORNING + timedelta(minutes=4)) == 0
    (message,) = told().values()
    assert "Quel bus le soir" in message.subject
    assert f"/rencontres/{meeting.record.code}" in message.body


def test_put_off_after_the_reminder_it_is_recalled_again(territory):
    meeting = open_to(territory)
    registered(territory, meeting, reachable(territory, "a@example.org"))
    remind_registered(MORNING)
    new = moment(starts_at=STARTS + timedelta(days=7))
    postpone_meeting(meeting=meeting, moment=new, why=Why("Neige.", "Service"), clock=territory.clock)
    assert remind_registered(MORNING + timedelta(days=7)) == 1
    assert OutgoingMessage.objects.filter(purpose__startswith="remind:").count() == 2


def test_a_place_that_is_free_is_told_once_with_the_way_to_say_yes(territory):
    meeting = open_to(territory, room=1)
    kept = registered(territory, meeting)
    waits = registered(territory, meeting, reachable(territory, "a@example.org"))
    tell_offers(NOW)
    assert told() == {}
    give_up(registration=kept, clock=territory.clock)
    tell_offers(NOW)
    tell_offers(NOW)
    (message,) = OutgoingMessage.objects.all()
    assert way_back(waits) in message.body
    confirm_place(registration=Registration.objects.get(pk=waits.pk), clock=territory.clock)
    assert tell_offers(NOW) == 0
