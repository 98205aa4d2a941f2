"""The outline and the municipalities given at the desk; a broken or hostile file is refused with its reason, in time."""

import json
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from civics.territory.simplify import weigh
from democratic.thread.actions import give_role
from democratic.thread.models import Outline, Place, Role
from democratic.thread.queries.places import official_names
from factories import staff_account
from outlines import MONTSEC, VAUBRUN, outline, square

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PATH = "/bureau/collectivite/territoire"
REAL = Path(__file__).parents[4] / "src/democratic/demo/territory.geojson"


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


def draw(client, content, **more):
    sent = {"part": "outline", "outline": SimpleUploadedFile("contours.geojson", content)}
    return client.post(PATH, sent | more, **HERE)


def list_them(client, text, **more):
    return client.post(PATH, {"part": "communes", "communes": text} | more, **HERE)


def page_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def polygon(ring):
    return json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()


def test_an_outline_is_drawn_as_the_maps_will_draw_it(administrator):
    assert draw(administrator, outline(VAUBRUN, MONTSEC)).status_code == 302
    page = page_of(administrator.get(PATH))
    assert (page.count("<path d="), "2 communes proposées" in page) == (2, True)


def test_a_real_outline_is_read(administrator):
    assert draw(administrator, REAL.read_bytes()).status_code == 302
    assert Outline.objects.exists()


def test_a_file_is_refused_with_the_feature_at_fault_and_nothing_changes(administrator):
    draw(administrator, outline(VAUBRUN, MONTSEC))
    before = Outline.objects.values().get()
    answer = draw(administrator, outline(VAUBRUN, ("Montsec", square(6, 46)[:-1])))
    assert answer.status_code == 400
    assert "Élément 2, « Montsec » : Ce contour n’est pas fermé" in page_of(answer)
    assert Outline.objects.values().get() == before


DEEP = b'{"type":"Polygon","coordinates":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
HOSTILE = {
    "nothing": (b"", "JSON"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "JSON"),
    "xml": (b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s>&x;</s>', "JSON"),
    "half a file": (outline(VAUBRUN)[:-9], "JSON"),
    "six megabytes": (b" " * (6 << 20), "5 Mo"),
    "a hundred thousand deep": (DEEP, "JSON"),
    "a million lists": (b"[" + b"[]," * 1_000_000 + b"[]]", "50 000 points"),
    "a million objects": (b"[" + b"{}," * 1_000_000 + b"{}]", "50 000 points"),
    "an endless number": (polygon([[0, 0]]).replace(b"[0, 0]", b"[1" + b"0" * 4000 + b", 0]"), "degrés"),
    "a number of a million digits": (polygon([[0, 0]]).replace(b"[0, 0]", b"[1" + b"0" * 10**6 + b", 0]"), "JSON"),
    "not a number": (polygon([[0, 0]]).replace(b"[0, 0]", b"[NaN, Infinity]"), "GeoJSON"),
    "metres": (polygon([[842000, 6519000], [843000, 6519000], [843000, 6520000], [842000, 6519000]]), "degrés"),
    "points": (b'{"type":"Point","coordinates":[5,46]}', "polygones"),
    "a list": (b"[]", "GeoJSON"),
    "nothing in it": (b'{"type":"FeatureCollection","features":[]}', "aucun contour"),
    "a name too long": (outline(("V" * 81, square(5, 46))), "trop long"),
    "two names but for accents": (outline(("Évian", square(5, 46)), ("Evian", square(7, 46))), "accents"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_words(administrator, what):
    content, said = HOSTILE[what]
    answer = draw(administrator, content)
    assert (answer.status_code, said in page_of(answer)) == (400, True)
    assert not Outline.objects.exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Val\u202edroit", "A\x00B"])
def test_a_name_that_means_harm_is_only_a_name(administrator, name):
    draw(administrator, outline((name, square(5, 46))))
    page = administrator.get(PATH).content.decode()
    assert ("<script>alert" in page, "\u202e" in page, "\x00" in page) == (False, False, False)


def test_half_a_sign_in_a_name_breaks_nothing(administrator):
    content = outline(("Vaubrun@", square(5, 46))).replace(b"@", b"\\ud800")
    assert draw(administrator, content).status_code == 302
    assert official_names(Place.objects.get().authority) == ["Vaubrun"]


def test_a_line_of_fifty_thousand_steps_is_weighed_in_time():
    """Steps are what a raster gives, and were cut off one by one: minutes."""
    steps = tuple((at / 10_000, (at % 2) / 100) for at in range(50_000))
    began = time.process_time()
    assert len(weigh(steps)) == 50_000
    assert time.process_time() - began < 20


def test_a_thing_of_nothing_but_one_point_is_weighed_in_time():
    began = time.process_time()
    weigh(((5.0, 46.0),) * 50_000)
    assert time.process_time() - began < 20


def test_no_file_is_said(administrator):
    assert "Choisissez le fichier" in page_of(administrator.post(PATH, {"part": "outline"}, **HERE))


def test_a_list_is_proposed_and_shown_again_as_it_was_typed(administrator, territory):
    assert list_them(administrator, "01004;Ambérieu-en-Bugey;01500\n2A004;Ajaccio;20000").status_code == 302
    assert official_names(territory.authority) == ["Ajaccio", "Ambérieu-en-Bugey"]
    page = page_of(administrator.get(PATH))
    assert ("2A004;Ajaccio;20000" in page, "2 sans place sur la carte" in page) == (True, True)


def test_a_sheet_is_a_list(administrator, territory):
    sheet = SimpleUploadedFile("communes.csv", "Code;Commune;CP\n01004;Ambérieu;01500\n".encode("cp1252"))
    assert list_them(administrator, "", sheet=sheet).status_code == 302
    assert official_names(territory.authority) == ["Ambérieu"]


def test_bad_lines_are_named_what_was_typed_stays_and_nothing_changes(administrator):
    answer = list_them(administrator, "1004;Ambérieu;01500\n2A004;Ajaccio;20000\n2A004;Bastia;20200")
    page = page_of(answer)
    assert answer.status_code == 400
    assert "Ligne 1, « 1004 » : quatre chiffres : un tableur a sans doute ôté le zéro du début." in page
    assert ("Ligne 3, « 2A004 Bastia »" in page, "2A004;Ajaccio;20000" in page) == (True, True)
    assert not Place.objects.exists()


def test_listed_municipalities_stay_when_another_outline_comes_and_keep_their_place(administrator, territory):
    draw(administrator, outline(VAUBRUN, MONTSEC))
    list_them(administrator, "01004;Vaubrun;01500\n01005;Sans-Contour;01500")
    draw(administrator, outline(MONTSEC))
    assert official_names(territory.authority) == ["Montsec", "Sans-Contour", "Vaubrun"]
    vaubrun = Place.objects.get(slug="vaubrun")
    assert (vaubrun.insee_code, vaubrun.postcode, vaubrun.latitude is None) == ("01004", "01500", False)


def test_a_list_replaces_the_one_before_and_a_list_given_again_changes_nothing(administrator, territory):
    list_them(administrator, "01004;Vaubrun;01500\n01005;Montsec;01500")
    list_them(administrator, "01004;Vaubrun;01500")
    assert official_names(territory.authority) == ["Vaubrun"]
    before = list(Place.objects.order_by("pk").values())
    list_them(administrator, "01004;Vaubrun;01500")
    assert list(Place.objects.order_by("pk").values()) == before


def test_a_form_sent_twice_is_one(administrator):
    for _ in range(2):
        assert list_them(administrator, "01004;Vaubrun;01500", key="k").status_code == 302


def test_an_agent_gives_neither(territory, client):
    client.force_login(territory.agent)
    assert draw(client, outline(VAUBRUN)).status_code == 403
    assert list_them(client, "01004;Vaubrun").status_code == 403
