import csv
import io
import json

import pytest

from democratic.kernel.pages import bump
from democratic.thread.actions import erase_words
from democratic.thread.models import RecordPoint
from democratic.web.map import files
from factories import build_territory
from outlines import IN_MONTSEC, IN_VAUBRUN

GEOJSON = "/concertations/bouger/carte.geojson"


def features(client, path=GEOJSON):
    response = client.get(path)
    assert response["Content-Type"] == "application/geo+json"
    return json.loads(response.content)["features"]


def test_a_point_says_its_code_its_words_its_origin_and_its_page_and_no_author(on_the_ground, client):
    record = on_the_ground.say(
        "Un banc à l’ombre.", title="Un banc", place="Vaubrun", point=IN_VAUBRUN, byline="Lina, 17 ans"
    ).idea.record
    (point,) = features(client)
    assert point["geometry"] == {"type": "Point", "coordinates": [5.251, 46.25]}
    said = point["properties"]
    assert said.pop("url").endswith(f"/idees/{record.code}")
    assert said == {"kind": "idea", "code": record.code, "title": "Un banc", "origin": "web"}
    assert "Lina" not in client.get(GEOJSON).content.decode()


def test_each_idea_is_given_once_at_its_point_or_at_its_place(on_the_ground, client):
    on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN)
    on_the_ground.say("B", place="La gare de Vaubrun")
    on_the_ground.say("C", place="Montsec", point=IN_MONTSEC)
    on_the_ground.say("D", place="Ailleurs")
    found = [each["properties"] for each in features(client)]
    assert [(each["name"], each["n"]) for each in found if each["kind"] == "place"] == [("Vaubrun", 1)]
    assert sorted(each["title"] for each in found if each["kind"] == "idea") == ["A", "C"]


def test_beyond_the_limit_places_alone_say_how_many(on_the_ground, client, monkeypatch):
    monkeypatch.setattr(files, "points_on", lambda *a: files.Points(is_summed=True))
    on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN)
    (place,) = features(client)
    assert (place["properties"]["kind"], place["properties"]["n"]) == ("place", 1)
    assert place["properties"]["url"].endswith("/concertations/bouger/idees?lieu=Vaubrun")


def test_the_file_follows_the_filters_of_the_page(on_the_ground, client):
    on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN, origin="street")
    on_the_ground.say("B", place="Montsec", point=IN_MONTSEC)
    assert len(features(client, f"{GEOJSON}?origine=street")) == 1


@pytest.mark.parametrize("path", [GEOJSON, "/carte.geojson", "/contours.geojson"])
def test_it_is_sent_again_only_when_something_moved(on_the_ground, client, path):
    tag = client.get(path)["ETag"]
    again = client.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    bump([on_the_ground.process.pk, on_the_ground.authority.pk])
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_what_is_erased_is_gone_at_once(on_the_ground, client):
    record = on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN).idea.record
    tag = client.get(GEOJSON)["ETag"]
    erase_words(record=record, clock=on_the_ground.clock)
    answer = client.get(GEOJSON, headers={"if-none-match": tag})
    assert (answer.status_code, json.loads(answer.content)["features"]) == (200, [])


def test_the_authority_gives_the_points_of_all_its_processes(on_the_ground, client):
    on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN)
    on_the_ground.say("B", place="Montsec")
    kinds = [each["properties"]["kind"] for each in features(client, "/carte.geojson")]
    assert kinds == ["place", "idea"]


def test_addresses_are_whole_in_both_languages_and_under_a_path(on_the_ground, client):
    authority = on_the_ground.authority
    type(authority).objects.filter(pk=authority.pk).update(is_under_path=True, host="")
    on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN)
    on_the_ground.say("B", place="Montsec")
    urls = [each["properties"]["url"] for each in features(client, f"/c/{authority.slug}/en{GEOJSON}")]
    assert urls
    assert all(f"/c/{authority.slug}/en/" in url and url.startswith("http") for url in urls)


def test_the_outline_is_given_as_it_is_drawn(on_the_ground, client):
    found = features(client, "/contours.geojson")
    assert [each["properties"]["name"] for each in found] == ["Vaubrun", "Montsec"]
    assert found[0]["geometry"]["type"] == "MultiPolygon"
    assert found[0]["geometry"]["coordinates"][0][0][0] == [5.0, 46.0]


def test_the_table_holds_every_place_and_those_off_the_map(on_the_ground, client):
    on_the_ground.say("A", place="Vaubrun")
    on_the_ground.say("B", place="=2+2")
    on_the_ground.say("C")
    content = client.get("/concertations/bouger/carte.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows == [
        ["Lieu", "Idées", "Latitude", "Longitude"],
        ["Vaubrun", "1", "46.5", "5.5"],
        ["Montsec", "0", "46.5", "6.5"],
        ["'=2+2", "1", "", ""],
        ["Sans lieu", "1", "", ""],
    ]
    assert client.get("/carte.csv").content.decode().count("Vaubrun") == 1


@pytest.mark.parametrize("name", ["carte", "carte.geojson", "carte.csv"])
def test_a_process_of_another_authority_has_no_map_here(on_the_ground, client, name):
    other = build_territory(slug="voisin", host="voisin.example")
    type(other.process).objects.filter(pk=other.process.pk).update(slug="ailleurs")
    assert client.get(f"/concertations/ailleurs/{name}").status_code == 404
    assert client.get(f"/concertations/nulle-part/{name}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_points_are_given_in_a_fixed_number_of_questions(
    on_the_ground, client, count, django_assert_num_queries
):
    for n in range(count):
        on_the_ground.say(f"Idée {n}", place="Vaubrun", point=IN_VAUBRUN)
    client.get("/journal")
    # The process, the version, the counts, the gazetteer, the points.
    with django_assert_num_queries(5):
        client.get(GEOJSON)
    assert RecordPoint.objects.count() == count


def test_without_a_filter_the_file_is_made_once_for_all(on_the_ground, client, monkeypatch):
    on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN)
    first = client.get(GEOJSON).content
    monkeypatch.setattr(files, "points_on", None)  # would be called to make it again
    assert client.get(GEOJSON).content == first
    with pytest.raises(TypeError):
        client.get(f"{GEOJSON}?origine=street")


def test_each_language_has_a_file_of_its_own(on_the_ground, client):
    on_the_ground.say("A", place="Vaubrun", point=IN_VAUBRUN)
    french, english = features(client)[0], features(client, f"/en{GEOJSON}")[0]
    assert "/en/idees/" in english["properties"]["url"]
    assert "/en/" not in french["properties"]["url"]
