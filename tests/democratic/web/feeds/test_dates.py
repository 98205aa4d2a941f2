"""Dates for an agenda, read again by the library that reads them elsewhere."""

from datetime import UTC, date, datetime, timedelta

import pytest

from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.thread.actions import Words, withdraw_by_authority
from factories import clock_at
from reading_course import reading_course


@pytest.fixture
def course(territory):
    return reading_course(territory, each=2)


def by_title(found):
    return {str(event["summary"]): event for event in found}


def test_the_agenda_has_each_meeting_at_its_moment_and_place(course, events):
    event = by_title(events("/agenda.ics"))["Cyber-débat de Vaubrun"]
    assert event.start == datetime(2026, 4, 16, 17, tzinfo=UTC)
    assert event.end == datetime(2026, 4, 16, 18, 30, tzinfo=UTC)
    assert (str(event["location"]), str(event["status"])) == ("Salle des fêtes", "CONFIRMED")
    assert str(event["url"]).endswith(f"/rencontres/{course.met.record.code}")
    assert event["summary"].params["LANGUAGE"] == "fr"


def test_one_meeting_and_one_process_narrow_it(course, events):
    assert len(events(f"/rencontres/{course.met.record.code}.ics")) == 1
    assert len(events("/agenda.ics?concertation=bouger")) == len(events("/agenda.ics")) == 3


def test_a_process_has_its_seven_stages_in_whole_days_and_its_meetings(course, events):
    found = by_title(events("/concertations/bouger.ics"))
    listening = found["Écoute · Bouger à 15-25 ans"]
    assert isinstance(listening.start, date)
    assert not isinstance(listening.start, datetime)
    assert listening.end > listening.start
    assert str(listening["transp"]) == "TRANSPARENT"
    assert len(found) == 7 + 3


def test_a_commitment_that_was_put_off_is_due_on_its_new_day_and_a_kept_one_is_not_there(course, events):
    found = by_title(events("/engagements.ics"))
    assert found["Douze abris éclairés 0"].start == date(2026, 8, 30)
    assert "Le bus de nuit N1" not in found
    assert "Service jeunesse" in str(found["Douze abris éclairés 0"]["description"])


def test_an_announced_meeting_that_is_withdrawn_is_cancelled_where_it_was_noted(territory, course, events):
    withdraw_by_authority(
        record=course.next[0].record, reason="Salle fermée.", function="Service jeunesse",
        clock=clock_at(date(2026, 7, 19)),
    )  # fmt: skip
    states = {str(event["summary"]): str(event["status"]) for event in events("/agenda.ics")}
    assert states["Quel tracé ? (0)"] == "CANCELLED"


def test_words_can_not_add_a_line_of_their_own(territory, events, get):
    starts = datetime(2026, 7, 25, 17, tzinfo=UTC)
    announce_meeting(
        process=territory.process,
        words=Words(
            title="Titre, avec ; des \\ signes", text="Une ligne\nATTENDEE:mailto:x@y.example\r\nEND:VEVENT"
        ),
        moment=Moment(starts, starts + timedelta(hours=1), "Ici"),
        author=None,
        clock=clock_at(date(2026, 7, 1)),
    )
    (event,) = events("/agenda.ics")
    assert str(event["summary"]) == "Titre, avec ; des \\ signes"
    assert "ATTENDEE" not in event
    assert "END:VEVENT" in str(event["description"])
    assert get("/agenda.ics").content.count(b"\r\nEND:VEVENT\r\n") == 1
