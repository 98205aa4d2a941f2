"""A place in a minute, without an account; and a secret address to come back to it from anywhere."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from democratic.kernel.models import IdempotencyKey
from democratic.messaging.models import OutgoingMessage
from democratic.participation.meetings.actions import Means
from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.registering import give_up, way_back
from democratic.people.models import ContactAddress
from democratic.thread.models import Origin
from factories import NOW
from meeting_people import STARTS, open_to, registered

State = Registration.State
ADULT = "26_64"


def path_of(meeting, page=""):
    return f"/rencontres/{meeting.record.code}{page}"


def test_a_guest_keeps_a_place_and_is_led_to_her_secret_page(territory, client, read, send):
    meeting = open_to(territory, room=5)
    assert "5 places libres" in read(path_of(meeting))
    form = read(path_of(meeting, "/inscription"))
    assert form.index('name="age_band"') < form.index('name="name"')
    done = send(
        path_of(meeting, "/inscription"), age_band=ADULT, seat="room", name="Inès", needs="Un fauteuil",
        email="ines@example.org", key="k1",
    )  # fmt: skip
    mine = client.get(done.headers["Location"])
    row = Registration.objects.get()
    assert mine.headers["Location"] == path_of(meeting, f"/inscription/{way_back(row)}")
    page = client.get(mine.headers["Location"])
    assert page.headers["Cache-Control"] == "no-store"
    assert "Votre place est gardée" in page.content.decode()
    assert (row.name, row.needs, row.state) == ("Inès", "Un fauteuil", State.KEPT)
    assert ContactAddress.objects.get().confirmed_at is None
    assert [each.purpose for each in OutgoingMessage.objects.all()] == ["confirm"]
    assert "Votre place est gardée" in read(path_of(meeting))
    assert way_back(row) not in "".join(IdempotencyKey.objects.values_list("location", flat=True))


def test_the_form_sent_twice_shows_the_same_place(territory, client, send):
    meeting = open_to(territory, room=5)
    first = send(path_of(meeting, "/inscription"), age_band=ADULT, seat="room", key="k1")
    other = Client(HTTP_SEC_FETCH_SITE="same-origin")
    again = other.post(path_of(meeting, "/inscription"), {"age_band": ADULT, "seat": "room", "key": "k1"})
    assert again.headers["Location"] == first.headers["Location"]
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("field", ["name", "needs", "email"])
@pytest.mark.parametrize("band", ["", "under_15"])
def test_before_fifteen_a_place_is_kept_and_nothing_of_her(territory, send, field, band):
    meeting, said = open_to(territory), {"name": "Tom", "needs": "Rien", "email": "tom@example.org"}[field]
    send(path_of(meeting, "/inscription"), 400, age_band=band, seat="room", **{field: said})
    send(path_of(meeting, "/inscription"), age_band=band, seat="room")
    row = Registration.objects.get()
    assert (row.state, row.name, row.needs) == (State.KEPT, "", "")
    assert not ContactAddress.objects.exists()


def test_when_it_is_full_one_takes_a_rank_then_is_offered_confirms_or_leaves(territory, client, read, send):
    meeting = open_to(territory, room=1, seats=(Origin.ROOM,))
    kept = registered(territory, meeting)
    assert "M’inscrire en liste d’attente" in read(path_of(meeting))
    send(path_of(meeting, "/inscription"), age_band=ADULT, seat="room")
    row = Registration.objects.get(state=State.WAITING)
    mine = path_of(meeting, f"/inscription/{way_back(row)}")
    assert "Vous êtes en liste d’attente" in read(mine)
    send(f"{mine}/confirmer", 409)
    give_up(registration=kept, clock=territory.clock)
    assert "Une place se libère pour vous" in read(mine)
    assert "Une place se libère pour vous" in read(path_of(meeting))
    send(f"{mine}/confirmer", key="a")
    assert Registration.objects.get(pk=row.pk).state == State.KEPT
    send(f"{mine}/laisser", key="b")
    assert "Vous n’êtes plus inscrite" in read(mine)
    assert "1 place libre" in read(path_of(meeting))


def test_from_another_device_the_secret_is_enough_and_another_secret_opens_nothing(territory, read, send):
    meeting, other = open_to(territory), open_to(territory)
    row = registered(territory, meeting, name="Inès")
    mine = path_of(meeting, f"/inscription/{way_back(row)}")
    assert "Inès" in read(mine)
    send(mine, age_band=ADULT, seat="remote", name="Inès B.", key="c")
    row = Registration.objects.get()
    assert (row.seat, row.name) == ("remote", "Inès B.")
    read(path_of(other, f"/inscription/{way_back(row)}"), 404)
    read(path_of(meeting, "/inscription/0123456789abcdef"), 404)
    send(path_of(meeting, "/inscription/0123456789abcdef/laisser"), 404)


def test_once_it_began_nobody_registers_nor_changes(territory, read, send, at):
    meeting = open_to(territory)
    row = registered(territory, meeting)
    at(STARTS + timedelta(minutes=1))
    assert "Les inscriptions à cette rencontre sont closes" in read(path_of(meeting, "/inscription"))
    send(path_of(meeting, "/inscription"), 409, age_band=ADULT, seat="room")
    assert "Enregistrer" not in read(path_of(meeting, f"/inscription/{way_back(row)}"))


def test_without_registrations_there_is_no_box(territory, read):
    meeting = open_to(territory, means=Means())
    assert "Garder une place" not in read(path_of(meeting))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(territory, client, at, count, django_assert_num_queries):
    meeting = open_to(territory, room=9)
    for _each in range(count):
        registered(territory, meeting)
    client.get(path_of(meeting))
    client.get("/agenda")
    with django_assert_num_queries(QUERIES):
        client.get(path_of(meeting) + "?encore=1")


QUERIES = 9


def test_the_calendar_file_is_one_that_a_strict_reader_takes(territory, client, at):
    meeting = open_to(territory, place="Salle « A », rue de l’Étang ; au fond")
    raw = client.get(path_of(meeting, ".ics")).content
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event.decoded("dtstart") == STARTS
    assert event.decoded("dtend") == STARTS + timedelta(hours=2)
    assert str(event["location"]) == "Salle « A », rue de l’Étang ; au fond"
    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)  # octets, RFC 5545, 3.1
    for line in raw.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        assert re.match(r"[A-Z-]+(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]+))*:", line), line
    for name in ("UID", "DTSTAMP", "DTSTART"):
        assert raw.count(f"\r\n{name}".encode()) == 1


def test_a_page_that_is_known_says_what_it_is_in_english(territory, read):
    meeting = open_to(territory, room=2)
    registered(territory, meeting, clock=territory.clock)
    assert NOW < STARTS
    assert "Keep a seat" in read(f"/en{path_of(meeting)}")
