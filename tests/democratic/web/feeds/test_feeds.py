"""Feeds: valid in their form, the words of the page, and gone with what is gone."""

import re
from datetime import date, datetime

import pytest
from django.core.cache import caches

from democratic.participation.ideas.actions import submit_idea, take_back_idea
from democratic.participation.processes.actions import Promise, open_process
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, open_authority
from democratic.web.feed_links import TYPES, Form
from factories import FIRST_DAY, clock_at
from reading_course import reading_course

ATOM = {"a": "http://www.w3.org/2005/Atom"}
NEWS = (
    "participer",
    "commandes",
    "concertations/bouger",
    "concertations/bouger/idees",
    "engagements",
    "agenda",
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CANARY = "<script>alert(1)</script> & ]]> \x0b"


@pytest.fixture
def course(territory):
    return reading_course(territory, each=2)


def paths(course):
    return [*(f"/{path}" for path in NEWS), f"/fil/{course.ideas[0].code}"]


def test_each_feed_has_what_atom_requires(course, atom):
    """RFC 4287: id, title and updated once in each; an author; the addresses of the page and of itself."""
    for path in paths(course):
        root = atom(f"{path}.atom")
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        assert root.get(XML_LANG) == "fr"
        assert root.findtext("a:author/a:name", namespaces=ATOM) == "Val-d’Orbe"
        links = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
        assert links["self"] == links["alternate"] + ".atom"
        assert links["alternate"].endswith(path)
        found = root.findall("a:entry", ATOM)
        assert found, path
        for one in (root, *found):
            for name in ("id", "title", "updated"):
                assert len(one.findall(f"a:{name}", ATOM)) == 1, (path, name)
            assert datetime.fromisoformat(one.findtext("a:updated", namespaces=ATOM)).tzinfo
            assert re.fullmatch(r"tag:[\w.-]+,\d{4}:\S+", one.findtext("a:id", namespaces=ATOM))
        ids = [one.findtext("a:id", namespaces=ATOM) for one in found]
        assert len(set(ids)) == len(ids), path


def test_each_feed_has_what_json_feed_requires(course, feed):
    for path in paths(course):
        told = feed(f"{path}.json")
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert told["title"]
        assert told["language"] == "fr"
        assert told["feed_url"] == told["home_page_url"] + ".json"
        for item in told["items"]:
            assert item["id"].startswith("tag:")
            assert item["content_text"]
            assert item["url"].startswith("http")
            assert datetime.fromisoformat(item["date_published"]).tzinfo


def test_an_id_is_the_same_whatever_the_language_and_the_day(course, feed, on_day):
    def ids(path):
        return {item["id"] for item in feed(path)["items"]}

    before = ids("/concertations/bouger.json")
    assert ids("/en/concertations/bouger.json") == before
    on_day(date(2026, 7, 28))
    assert ids("/concertations/bouger.json") == before


def test_the_ideas_feed_says_the_words_the_state_and_no_time_finer_than_the_day(territory, course, feed):
    said = feed("/concertations/bouger/idees.json")["items"]
    assert {item["title"] for item in said} >= {"La navette du dimanche.", "Des cars gratuits pour tous."}
    refused = next(item for item in said if item["title"].startswith("Des cars"))
    assert "Non retenue" in refused["content_text"]
    assert all("T00:00:00" in item["date_published"] for item in said)
    assert "Lina" not in str(said)
    assert "Sam" not in str(said)


def test_the_feed_of_a_process_tells_each_act_of_the_authority(course, entries):
    told = entries("/concertations/bouger.atom")
    acts = " ".join(text for _title, text in told)
    for act in ("Réponse signée le", "Engagement pris le", "Preuve ajoutée le", "Date repoussée le"):
        assert act in acts
    assert any("Aucun transporteur n’a répondu." in text for _title, text in told)


def test_the_feed_of_commitments_tells_what_moved_and_nothing_else(course, entries):
    told = entries("/engagements.atom")
    assert {title for title, _text in told} >= {"Le bus de nuit N1", "La navette des étangs"}
    assert not any("Réponse signée" in text for _title, text in told)


def test_the_fil_as_a_feed_says_what_followed(course, entries):
    titles = [title for title, _text in entries(f"/fil/{course.ideas[0].code}.atom")]
    assert {"Rentrer le soir", "Une ligne de nuit à l’essai"} <= set(titles)
    assert len(titles) >= 4


def test_what_people_write_is_never_markup(territory, course, get, atom, entries, feed):
    territory.say(f"Un arrêt {CANARY.strip()} ici.")
    for form in ("atom", "json"):
        page = get(f"/concertations/bouger/idees.{form}")
        assert page["X-Content-Type-Options"] == "nosniff"
        assert form == "json" or b"<script>" not in page.content
    texts = " ".join(title + text for title, text in entries("/concertations/bouger/idees.atom"))
    assert "<script>alert(1)</script>" in texts


def test_another_language_is_marked(territory, atom):
    words = Words(title="A late bus", text="A late bus, please.", language="en")
    submit_idea(process=territory.process, author=welcome_guest(), words=words, clock=territory.clock)
    entry = atom("/concertations/bouger/idees.atom").find("a:entry", ATOM)
    assert entry.find("a:title", ATOM).get(XML_LANG) == "en"


def test_what_is_taken_back_leaves_its_feeds_at_once(territory, feed, get):
    gone = territory.say("Je le retire.").idea.record
    assert "Je le retire." in str(feed("/concertations/bouger/idees.json"))
    get(f"/fil/{gone.code}.atom")
    take_back_idea(record=gone, clock=territory.clock)
    assert "Je le retire." not in str(feed("/concertations/bouger/idees.json"))
    get(f"/fil/{gone.code}.atom", 410)


@pytest.mark.parametrize(
    "path",
    [
        "/concertations/nulle-part.atom", "/concertations/nulle-part.ics", "/agenda.atom?concertation=non",
        "/agenda.ics?concertation=non", "/fil/K7P-4RM.json", "/fil/k7p4rm.json", "/rencontres/K7P-4RM.ics",
        "/participer.xml", "/participer.ics", "/concertations/nulle-part/idees.atom",
    ],
)  # fmt: skip
def test_what_is_not_there_has_no_feed(territory, get, path):
    get(path, 404)


def test_who_has_it_already_is_told_so(course, get):
    first = get("/engagements.atom")
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    again = get("/engagements.atom", 304, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.content, again["ETag"]) == (b"", first["ETag"])
    assert "X-Page-Version" not in again
    assert "X-Page-Version" in first
    caches["fragments"].clear()
    assert get("/engagements.atom")["ETag"] == first["ETag"]
    get("/engagements.atom", 200, HTTP_IF_NONE_MATCH='W/"another"')


def test_a_feed_ends_at_fifty(territory, feed):
    for n in range(53):
        territory.say(f"Parole {n}.")
    assert len(feed("/concertations/bouger/idees.json")["items"]) == 50


@pytest.mark.parametrize(
    ("path", "title"),
    [("/participer", "Les concertations"), ("/engagements", "Les engagements"), ("/agenda", "Agenda")],
)
def test_a_list_with_nothing_in_it_is_still_a_feed(db, client, on_day, path, title):
    open_authority(slug="neuve", name="Neuve", kind_label="la Commune")
    assert f'"title": "{title}"' in client.get(f"{path}.json").content.decode()
    assert b"<updated>2026-07-20T00:00:00+02:00</updated>" in client.get(f"{path}.atom").content
    if path != "/participer":
        assert b"BEGIN:VCALENDAR" in client.get(f"{path}.ics").content


def test_pages_name_their_feeds_in_their_head_and_in_words(course, get):
    for path in paths(course):
        page = get(path).content.decode()
        for form in (Form.ATOM, Form.JSON):
            assert f'<link rel="alternate" type="{TYPES[form]}" href="{path}.{form}">' in page, path
        assert "S’abonner" in page, path
    for path in ("/agenda", "/engagements", "/concertations/bouger", f"/rencontres/{course.met.record.code}"):
        assert f'<link rel="alternate" type="text/calendar" href="{path}.ics">' in get(path).content.decode()
    assert 'href="/agenda.ics?concertation=bouger"' in get("/agenda?concertation=bouger").content.decode()
    assert 'href="/en/participer.atom"' in get("/en/participer").content.decode()


QUESTIONS = {
    "participer.atom": 9, "commandes.json": 3, "concertations/bouger.atom": 8,
    "concertations/bouger/idees.atom": 4, "engagements.atom": 4, "engagements.ics": 6, "agenda.atom": 6,
    "agenda.ics": 6, "concertations/bouger.ics": 11,
}  # fmt: skip


@pytest.mark.parametrize("path", QUESTIONS)
@pytest.mark.parametrize("each", [1, 3])
def test_a_feed_asks_the_same_number_of_questions_whatever_its_length(
    territory, get, django_assert_num_queries, each, path
):
    reading_course(territory, each=each)
    for n in range(each - 1):
        open_process(
            mandate=territory.mandate, words=Words(title=f"P{n}", text="Que faire ?"),
            promise=Promise("Ce que vous voulez.", "Chaque parole a sa réponse.", "Rien."),
            first_day=FIRST_DAY, slug=f"p{n}", clock=clock_at(FIRST_DAY), author=None,
        )  # fmt: skip
    get("/mentions-legales")
    with django_assert_num_queries(QUESTIONS[path]):
        get(f"/{path}")
