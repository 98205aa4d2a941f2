"""Who came to a meeting, or meant to, is told of it once, if she left an address or asked to be."""

from datetime import timedelta

import pytest

from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import confirm_address
from democratic.participation.meetings.arrivals.models import Registration, Seat
from democratic.participation.meetings.minutes.actions import (
    propose_minutes,
    save_catch_up,
    start_minutes,
    tell_catch_up,
)
from democratic.participation.meetings.minutes.marks import mark_of_text
from democratic.people.actions import leave_address, welcome_guest
from democratic.thread.journal.running import drain
from told_meetings import BEGAN, NEXT_MORNING, came, told_meeting

pytestmark = pytest.mark.django_db


def with_address(territory, person, email, *, confirmed=True):
    address = leave_address(
        person=person, email=email, purpose="notices", wording="…", language="fr", clock=territory.clock
    )
    if confirmed:
        confirm_address(address=address, clock=territory.clock)
    return person


def registered(meeting, person, state=Registration.State.KEPT):
    Registration.objects.create(
        meeting=meeting, person=person, seat=Seat.ROOM, state=state, secret_hash=str(person.pk),
        asked_at=BEGAN - timedelta(days=2),
    )  # fmt: skip


def told_to(purpose):
    found = OutgoingMessage.objects.filter(purpose=purpose)
    return sorted(found.values_list("address__email", flat=True))


def test_those_who_came_or_meant_to_are_told_once_and_who_gave_up_is_not(territory):
    told = told_meeting(territory)
    with_address(territory, told.there, "venue@example.org")
    with_address(territory, came(told.meeting), "jamais-confirmee@example.org", confirmed=False)
    registered(told.meeting, with_address(territory, welcome_guest(), "inscrite@example.org"))
    registered(
        told.meeting,
        with_address(territory, welcome_guest(), "partie@example.org"),
        Registration.State.GIVEN_UP,
    )
    drain(clock=territory.clock)
    minutes = start_minutes(meeting=told.meeting, clock=NEXT_MORNING)
    for text in ("Le bus partira plus tard.", "Le bus partira à 23 h."):
        minutes.refresh_from_db()
        save_catch_up(minutes=minutes, text=text, seen=mark_of_text(minutes.catch_up))
        tell_catch_up(minutes=minutes, clock=NEXT_MORNING)
    drain(clock=territory.clock)
    assert told_to("catch_up") == ["inscrite@example.org", "venue@example.org"]
    message = OutgoingMessage.objects.filter(purpose="catch_up").first()
    assert "Le bus partira plus tard." in message.body
    assert f"/rencontres/{told.meeting.record.code}/rattrapage" in message.body
    propose_minutes(minutes=minutes, days=3, clock=NEXT_MORNING)
    drain(clock=territory.clock)
    assert told_to("minutes") == ["venue@example.org"]
