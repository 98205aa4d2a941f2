import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches

from democratic.thread.models import Origin, Outline, Place, Record
from factories import build_territory
from outlines import IN_VAUBRUN, draw

MAP = "/concertations/bouger/carte"


def links_of(html):
    """Of the drawing: what each dot says and where it leads."""
    drawing = html[html.index('<svg class="map__still"') : html.index("</svg>", html.index("map__still"))]
    return re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', drawing)


def test_the_title_is_what_the_map_shows(on_the_ground, read):
    for place in ("Vaubrun", "Vaubrun", "Montsec"):
        on_the_ground.say(place=place)
    assert "3 idées, 2 lieux : d’abord Vaubrun" in read(MAP)
    assert "3 ideas, 2 places: Vaubrun first" in read(f"/en{MAP}")


def test_each_dot_leads_to_the_list_of_what_was_said_there(on_the_ground, client):
    on_the_ground.say("Un", place="Vaubrun")
    on_the_ground.say("Deux", place="À la gare de Vaubrun")
    on_the_ground.say("Trois", place="Montsec")
    dots = links_of(client.get(MAP).content.decode())
    assert [label for _url, label in dots] == ["Vaubrun, 2", "Montsec, 1"]
    url = dots[0][0].replace("&amp;", "&")
    assert parse_qs(urlsplit(url).query)["lieu"] == ["Vaubrun", "À la gare de Vaubrun"]
    html = client.get(url).content.decode()
    assert "Un" in html
    assert "Trois" not in html


def test_the_list_beside_says_the_same_as_the_map_and_what_is_not_on_it(on_the_ground, read):
    on_the_ground.say(place="Vaubrun")
    on_the_ground.say(place="Derrière le gymnase")
    on_the_ground.say()
    words = read(MAP)
    assert "Les lieux, en liste Vaubrun 1 Montsec 0" in words
    assert "Dits autrement, hors de la carte Derrière le gymnase 1" in words
    assert "Sans lieu : 1. Le reste est dans la liste" in words


def test_the_map_counts_under_the_same_filters_as_the_list(on_the_ground, client, read):
    on_the_ground.say(place="Vaubrun", origin=Origin.STREET)
    on_the_ground.say(place="Montsec")
    assert "1 idée, 1 lieu : d’abord Vaubrun" in read(f"{MAP}?origine=street")
    html = client.get(f"{MAP}?origine=street").content.decode()
    assert "origine=street&amp;lieu=Vaubrun" in html
    assert 'data-points="/concertations/bouger/carte.geojson?origine=street"' in html
    assert "/concertations/bouger/carte.csv?origine=street" in html


def test_without_an_outline_the_list_says_it_all_and_who_gives_one(territory, read):
    territory.say(place="Vaubrun")
    words = read(MAP)
    assert "La collectivité n’a pas donné ses contours" in words
    assert "Dits autrement, hors de la carte Vaubrun 1" in words
    assert "1 idée, sans lieu connu" in words


def test_with_an_outline_and_nothing_said_the_places_are_there(on_the_ground, read, client):
    words = read(MAP)
    assert "Aucune idée sur la carte pour le moment" in words
    assert "Montsec 0 Vaubrun 0" in words
    assert links_of(client.get(MAP).content.decode()) == []


def test_a_place_that_is_no_longer_proposed_stays_while_something_was_said_there(on_the_ground, read):
    on_the_ground.say(place="Montsec")
    draw(on_the_ground, ("Vaubrun", [[5, 46], [6, 46], [6, 47], [5, 46]]))
    assert "Montsec 1 Vaubrun 0" in read(MAP)
    Record.objects.filter(place="Montsec").update(place="Vaubrun")
    assert "Montsec" not in read(MAP)


def test_the_drawing_needs_neither_script_nor_tile_nor_style(on_the_ground, client):
    html = client.get(MAP).content.decode()
    assert html.count('class="map__area"') == 2
    assert "style=" not in html
    assert 'data-tiles=""' in html


def test_the_map_of_the_authority_sums_every_process(on_the_ground, read, client):
    on_the_ground.say(place="Vaubrun")
    words = read("/carte")
    assert "1 idée, 1 lieu : d’abord Vaubrun" in words
    assert "/concertations/bouger/idees?lieu=Vaubrun" in client.get("/carte").content.decode()


def test_a_place_said_in_two_processes_leads_to_both(on_the_ground, client):
    other = build_territory(slug="voisin", host="voisin.example")
    on_the_ground.say(place="Vaubrun")
    there = other.say(place="Vaubrun").idea
    # A second process of the same authority: the neighbour's, moved here whole.
    other.process.record.wording.__class__.objects.filter(record=other.process.record).update(title="Nager")
    type(other.process).objects.filter(pk=other.process.pk).update(
        slug="nager", authority=on_the_ground.authority
    )
    audience = on_the_ground.process.record.audience
    Record.objects.filter(pk__in=[there.pk, other.process.pk]).update(
        authority=on_the_ground.authority, audience=audience
    )
    html = client.get("/carte").content.decode()
    assert [(url, label) for url, label in links_of(html)] == [("#lieu-vaubrun", "Vaubrun, 2")]
    assert 'id="lieu-vaubrun"' in html
    assert "/concertations/nager/idees?lieu=Vaubrun" in html


@pytest.mark.parametrize("path", [MAP, "/carte"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_map_asks_the_database_a_fixed_number_of_questions(
    on_the_ground, client, path, count, django_assert_num_queries
):
    for n in range(count):
        on_the_ground.say(f"Idée {n}", place=("Vaubrun", "Montsec", "Ailleurs")[n], point=IN_VAUBRUN)
    client.get("/journal")
    caches["fragments"].clear()
    # Its version, then the counts, the gazetteer and the outline; one process is found first, several are named.
    with django_assert_num_queries(5):
        client.get(path)


def test_a_map_is_of_its_own_authority(on_the_ground, client):
    other = build_territory(slug="voisin", host="voisin.example")
    other.say(place="Vaubrun", point=IN_VAUBRUN)
    Place.objects.filter(authority=on_the_ground.authority).update(name="ZZQ")
    for path in (MAP, "/carte", "/carte.geojson", "/carte.csv", "/contours.geojson"):
        assert "ZZQ" not in client.get(path, headers={"host": "voisin.example"}).content.decode()
    assert Outline.objects.count() == 1
