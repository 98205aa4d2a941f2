"""Pages that explain, and files for machines: exact, honest, and complete."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from democratic.kernel.data_classes import ALL_CLASSES
from democratic.thread.actions import withdraw_own
from democratic.web.home import machine
from democratic.web.home.texts import TEXTS
from factories import build_territory
from reading_course import IN_ACTION, reading_course


@pytest.mark.parametrize("path", [text.path for text in TEXTS])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_page_is_there_in_both_languages_with_one_title(territory, read, path, prefix):
    page = read(f"{prefix}/{path}")
    assert len(re.findall(r"<h1[ >]", page)) == 1
    anchors = set(re.findall(r'\bid="([^"]+)"', page))
    assert len(anchors) == len(re.findall(r'\bid="([^"]+)"', page))


@pytest.mark.parametrize("path", [text.path for text in TEXTS])
def test_a_page_that_explains_asks_the_database_two_questions_and_some_a_little_more(
    territory, read, path, django_assert_num_queries
):
    read("/mentions-legales?une=autre")
    with django_assert_num_queries({"plus": 5, "accessibilite": 3}.get(path, 2)):
        read(f"/{path}")


def test_the_accessibility_page_claims_nothing_that_was_not_audited(territory, read):
    page = read("/accessibilite")
    assert "non conforme" in page
    assert "L’audit est à faire." in page
    assert "axe-core" in page
    assert "09 69 39 00 00" in page
    assert not re.search(r"(totalement|partiellement) conforme", page)


def test_what_is_kept_is_shown_with_why_and_how_long(territory, read):
    page = read("/donnees-personnelles")
    assert page.count("<dt>Pourquoi</dt>") == page.count("<dt>Combien de temps</dt>") == len(ALL_CLASSES)


def test_methods_name_every_ranking_that_other_pages_link_to(territory, read):
    page = read("/methodes")
    for anchor in ("voix", "retards", "engagements", "accueil", "ordres", "reponses"):
        assert f'id="{anchor}"' in page


def fields(text):
    return dict(line.split(": ", 1) for line in text.strip().splitlines())


def test_security_txt_has_its_two_fields_and_expires_within_the_year(territory, client, on_day):
    on_day()
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    said = fields(response.content.decode())
    assert re.match(r"https?://|mailto:", said["Contact"])
    expires = datetime.strptime(said["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    now = datetime(IN_ACTION.year, IN_ACTION.month, IN_ACTION.day, tzinfo=UTC)
    assert timedelta(0) < expires - now < timedelta(days=365)


def test_robots_are_kept_out_of_private_pages_and_shown_the_sitemap(territory, client):
    said = client.get("/robots.txt").content.decode()
    for path in ("/bureau", "/compte", "/suivis", "/en/compte"):
        assert f"Disallow: {path}\n" in said
    assert re.search(r"^Sitemap: https?://\S+/sitemap\.xml$", said, re.MULTILINE)


def addresses(client, host="testserver"):
    tree = ET.fromstring(client.get("/sitemap.xml", headers={"host": host}).content)
    return [loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_sitemap_lists_public_pages_of_this_authority_alone(territory, client):
    course = reading_course(territory)
    build_territory("ailleurs", host="ailleurs.example")
    withdraw_own(record=course.ideas[0], clock=territory.clock)
    found = addresses(client)
    assert len(found) == len(set(found))
    for path in (
        "/",
        "/concertations/bouger",
        f"/idees/{course.ideas[1].code}",
        f"/engagements/{course.kept.record.code}",
        f"/rencontres/{course.met.record.code}",
        "/accessibilite",
    ):
        assert any(address.endswith(path) for address in found), path
    assert not [address for address in found if address.endswith(course.ideas[0].code)]
    there = addresses(client, "ailleurs.example")
    assert all(address.startswith("http://ailleurs.example:8000/") for address in there)
    assert not set(found) & set(there)


def test_the_sitemap_never_repeats_a_forged_host(territory, client):
    assert not [address for address in addresses(client, "mechant.example") if "mechant" in address]


def test_the_sitemap_is_capped(territory, client, monkeypatch):
    reading_course(territory, each=3)
    monkeypatch.setattr(machine, "MOST_ADDRESSES", 12)
    assert len(addresses(client)) == 12
