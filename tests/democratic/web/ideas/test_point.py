"""A point on the map with what one says: rounded, explained, never before 15, never asked of the device."""

import pytest

from conversations import plain
from democratic.thread.models import Record, RecordPoint
from democratic.web.headers import HEADERS
from outlines import IN_VAUBRUN, NOWHERE, draw

SAY = "/concertations/bouger/dire"
POINT = "5.2514321,46.2499"


def say(client, **more):
    data = {"key": "k1", "text": "Un banc à l’ombre.", "age_band": "26_64", "point": POINT, **more}
    return client.post(SAY, data, follow=True)


def test_a_point_is_kept_rounded_and_names_its_municipality(territory, client):
    draw(territory)
    say(client)
    record = Record.objects.get(kind="idea")
    assert (float(record.point.longitude), float(record.point.latitude)) == IN_VAUBRUN
    assert record.place == "Vaubrun"


def test_the_words_for_a_place_are_hers_when_she_gives_some(territory, client):
    draw(territory)
    say(client, place="Derrière le gymnase")
    assert Record.objects.get(kind="idea").place == "Derrière le gymnase"


def test_a_point_outside_every_municipality_names_none(territory, client):
    draw(territory)
    say(client, point=",".join(map(str, NOWHERE)))
    record = Record.objects.get(kind="idea")
    assert (record.place, record.point.record_id) == ("", record.pk)


@pytest.mark.parametrize("age_band", ["", "unsaid", "under_15"])
def test_before_15_or_unsaid_neither_the_place_nor_the_point_is_kept(territory, client, age_band):
    draw(territory)
    words = plain(say(client, age_band=age_band))
    assert Record.objects.get(kind="idea").place == ""
    assert not RecordPoint.objects.exists()
    assert "ni nom, ni lieu, ni adresse" in words


@pytest.mark.parametrize(
    "point",
    ["", "ici", "5.25", "5.25,46.25,3", "181,0", "0,91", "nan,nan", "5e1,46", "5.25;46.25", "x" * 9_000],
)
def test_what_is_no_point_is_left_out_and_the_words_are_kept(territory, client, point):
    draw(territory)
    say(client, point=point)
    assert Record.objects.count() > 2
    assert not RecordPoint.objects.exists()


def test_the_form_proposes_the_authority_s_places_then_those_that_others_said(territory, client):
    draw(territory)
    territory.say(place="La halle")
    territory.say(place="Vaubrun")
    html = client.get(SAY).content.decode()
    names = html[html.index('<datalist id="lieux">') : html.index("</datalist>")]
    assert names.count("<option") == 3
    assert names.index("Montsec") < names.index("Vaubrun") < names.index("La halle")


def test_the_form_says_what_becomes_of_a_point_before_it_is_given(territory, client):
    draw(territory)
    words = plain(client.get(SAY))
    assert "Le point est public, et arrondi à 100 mètres environ avant d’être gardé." in words
    assert "Ne montrez pas votre domicile." in words


def test_without_a_map_nothing_is_asked(territory, client):
    html = client.get(SAY).content.decode()
    assert "data-pick" not in html
    assert "pick.js" not in html


def test_the_device_is_never_asked_where_it_is():
    assert "geolocation=()" in HEADERS["Permissions-Policy"]
