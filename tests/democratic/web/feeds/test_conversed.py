"""What became of a conversation, as a page and as feeds: the acts that follow by Links, and nobody pointed at."""

import pytest
from django.core.cache import caches

from chatting import open_channel, open_flow
from conversations import plain
from courses import whole_course
from democratic.participation.conversations.models import FlowAnswer, FlowCode, FlowRun
from democratic.participation.conversations.relaying import retire_code
from democratic.thread.models import Record, Visibility
from reading_course import IN_ACTION

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/r/LYC-BRO/suites"


@pytest.fixture
def flow(territory):
    open_channel(territory.authority, "widget")
    return open_flow(territory)


def say_in(flow, records):
    """These were said in it: one run each, of nobody any more."""
    revision, code = flow.revisions.get(), flow.codes.first()
    for record in records:
        run = FlowRun.objects.create(
            revision=revision, code=code, kind="widget", language="fr", seed=0, state="done",
            started_on=IN_ACTION, heard_on=IN_ACTION,
        )  # fmt: skip
        FlowAnswer.objects.create(run=run, step="idea", kind="text", record=record)


@pytest.fixture
def course(territory, flow):
    made = whole_course(territory)
    say_in(flow, made.ideas)
    return made


def test_the_feed_tells_the_answer_the_decision_the_promise_and_its_proof(course, entries):
    told = " ".join(f"{title} {text}" for title, text in entries(f"{FEED}.atom"))
    for expected in ("Réponse signée", "Une ligne de nuit à l’essai", "Le bus de nuit N1", "492 montées"):
        assert expected in told


def test_it_is_valid_atom_and_its_page_is_its_alternate(course, atom):
    root = atom(f"{FEED}.atom")
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
    assert links["self"] == links["alternate"] + ".atom"
    assert links["alternate"].endswith(FEED)
    ids = [one.findtext("a:id", namespaces=ATOM) for one in root.findall("a:entry", ATOM)]
    assert len(set(ids)) == len(ids) > 0
    assert root.findtext("a:title", namespaces=ATOM).startswith("Ce que c’est devenu")


def test_the_page_says_the_same_and_names_its_feeds(course, get):
    page = get(FEED)
    assert "Une ligne de nuit à l’essai" in plain(page)
    assert f'type="application/atom+xml" href="{FEED}.atom"' in page.content.decode()


def test_what_follows_from_other_words_is_not_told(territory, flow, entries):
    whole_course(territory)
    assert entries(f"{FEED}.atom") == []


def test_before_any_answer_the_page_says_who_acts_next(flow, get, entries):
    assert "Pas encore de suite" in plain(get(FEED))
    assert entries(f"{FEED}.atom") == []


def test_two_codes_of_one_flow_tell_the_same(course, territory, flow, entries):
    """Of the poster that one person saw, nobody reads what that person said."""
    FlowCode.objects.create(authority=territory.authority, flow=flow, code="AUT-RE", where="place", label="X")
    assert entries("/r/AUT-RE/suites.atom") == entries(f"{FEED}.atom")


def test_it_outlives_its_code(course, flow, territory, get):
    retire_code(code=flow.codes.get(), clock=territory.clock)
    get(f"{FEED}.atom")
    page = get("/r/LYC-BRO", status=410)
    assert "Cette conversation est close" in plain(page)
    assert FEED in page.content.decode()


def test_what_is_taken_back_leaves_it_at_once(course, entries, get):
    assert any("N1" in title for title, _text in entries(f"{FEED}.atom"))
    Record.objects.filter(pk=course.commitments[0].record.pk).update(visibility=Visibility.HIDDEN)
    caches["fragments"].clear()
    assert not any("N1" in title for title, _text in entries(f"{FEED}.atom"))


def test_who_has_it_already_is_told_so(course, get):
    first = get(f"{FEED}.atom")
    again = get(f"{FEED}.atom", status=304, headers={"if-none-match": first.headers["ETag"]})
    assert again.content == b""


def test_a_flow_that_was_never_published_has_none(territory, flow, get):
    flow.revisions.all().delete()
    get(f"{FEED}.atom", status=404)
    get(FEED, status=404)


@pytest.mark.parametrize("more", [0, 2])
def test_it_asks_a_fixed_number_of_questions(course, flow, territory, more, get, django_assert_num_queries):
    say_in(flow, [territory.say(f"Encore {n}").idea.record for n in range(more)])
    get(f"{FEED}.json")
    with django_assert_num_queries(7):
        get(f"{FEED}.atom")
