"""One's own follows at a secret address: what everyone may see, of what she follows, and nothing that names her."""

import json
import logging

import pytest
from django.db import connection
from django.test import Client

from democratic.kernel.limits import Limit
from democratic.kernel.logs import JsonLines, PlainLines
from democratic.participation.ideas.actions import take_back_idea
from democratic.stewardship.erasure import erase_account
from democratic.thread.actions import follow, unfollow
from democratic.thread.actions.follows_address import make_follows_address, revoke_follows_address
from democratic.thread.models import Audience, AudienceMember, Entry, Follow, FollowsAddress, Record, Volume
from democratic.web.feeds import private
from factories import build_territory
from judging import bench
from reading_course import reading_course

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FORMS = ("atom", "json", "ics")


@pytest.fixture
def course(territory):
    return reading_course(territory, each=2)


@pytest.fixture
def her(territory):
    return territory.citizen.person


@pytest.fixture
def address(territory, her):
    secret = make_follows_address(person=her, authority=territory.authority, clock=territory.clock)
    return f"/suivis/{secret}"


def titles(feed, address):
    return [item["title"] for item in feed(f"{address}.json")["items"]]


def test_who_follows_a_process_reads_what_its_own_feed_tells(territory, course, her, address, entries):
    follow(record=territory.process.record, person=her)
    assert entries(f"{address}.atom") == entries("/concertations/bouger.atom")


def test_who_follows_an_idea_reads_the_answer_to_its_subject(course, her, address, entries):
    follow(record=course.ideas[0], person=her)
    assert any("Réponse signée le" in text for _title, text in entries(f"{address}.atom"))
    follow(record=course.ideas[0], person=her, volume=Volume.NOTHING)
    assert entries(f"{address}.atom") == []


def test_who_follows_a_decision_reads_what_was_promised_then_what_became_of_it(course, her, address, feed):
    follow(record=course.kept.decision.record, person=her)
    assert course.kept.record.title in titles(feed, address)
    unfollow(record=course.kept.decision.record, person=her)
    follow(record=course.kept.record, person=her)
    told = feed(f"{address}.json")["items"]
    assert {item["title"] for item in told} >= {course.kept.record.title}
    assert all(item["url"].startswith("http") for item in told)


@pytest.mark.parametrize("volume", [Volume.NEEDED, Volume.NOTHING])
def test_what_she_does_not_want_to_hear_of_is_not_told(territory, course, her, address, feed, events, volume):
    follow(record=territory.process.record, person=her, volume=volume)
    assert titles(feed, address) == []
    assert events(f"{address}.ics") == []


def test_what_she_silenced_in_a_process_that_she_follows_is_not_told(
    territory, course, her, address, feed, events
):
    follow(record=territory.process.record, person=her)
    before, name = events(f"{address}.ics"), course.kept.record.title
    assert name in titles(feed, address)
    follow(record=course.kept.record, person=her, volume=Volume.NOTHING)
    follow(record=course.next[0].record, person=her, volume=Volume.NOTHING)
    assert name not in titles(feed, address)
    assert titles(feed, address)
    assert len(events(f"{address}.ics")) == len(before) - 1


def test_never_more_than_who_is_nobody_sees(territory, course, her, address, feed, events):
    """She is of the audience; the address is not."""
    follow(record=territory.process.record, person=her)
    follow(record=course.late[0].record, person=her)
    closed = Audience.objects.create(authority=territory.authority, name="Le conseil")
    AudienceMember.objects.create(audience=closed, person=her, since=territory.clock.moment)
    name = course.late[0].record.title
    assert name in titles(feed, address)
    Record.objects.filter(pk=course.late[0].pk).update(audience=closed)
    assert name not in titles(feed, address)
    assert name not in str([each["SUMMARY"] for each in events(f"{address}.ics")])
    Record.objects.update(audience=closed)
    assert titles(feed, address) == []
    assert events(f"{address}.ics") == []


def test_what_is_taken_back_leaves_it_at_once(territory, course, her, address, feed):
    follow(record=course.ideas[0], person=her)
    assert titles(feed, address)
    take_back_idea(record=course.ideas[0], clock=territory.clock)
    assert titles(feed, address) == []


def test_the_agenda_holds_the_stages_the_meetings_and_what_is_still_due(
    territory, course, her, address, events
):
    follow(record=territory.process.record, person=her)
    of_process = {str(each["UID"]) for each in events("/concertations/bouger.ics")}
    assert {str(each["UID"]) for each in events(f"{address}.ics")} == of_process
    follow(record=course.late[0].record, person=her)
    follow(record=course.kept.record, person=her)
    more = [each for each in events(f"{address}.ics") if str(each["UID"]) not in of_process]
    assert [each["SUMMARY"] for each in more] == [course.late[0].record.title]


def test_it_tells_of_each_authority_under_its_own_names(territory, course, her, address, feed, events):
    there = build_territory(slug="voisin", host="voisin.example")
    for each in (territory, there):
        follow(record=each.process.record, person=her)
    for shown, held in (("id", feed(f"{address}.json")["items"]), ("UID", events(f"{address}.ics"))):
        names = {str(each[shown]).partition(",")[0] for each in held}
        assert "tag:voisin.example" in names
        assert len(names) == 2
    urls = {item["url"] for item in feed(f"{address}.json")["items"] if "voisin" in item["id"]}
    assert urls
    assert all(url.startswith("http://voisin.example") for url in urls)


def test_the_same_address_answers_wherever_she_follows(territory, course, her, address, client, on_day):
    build_territory(slug="voisin", host="voisin.example")
    follow(record=territory.process.record, person=her)
    for host in ("testserver", "voisin.example"):
        answer = client.get(f"{address}.json", headers={"host": host})
        assert len(json.loads(answer.content)["items"]) >= 4


def test_verdicts_on_what_she_follows_are_told(territory, her, address, feed):
    court = bench(territory)
    verdict = court.find(commitment=court.commitments[0])
    for followed in (court.commitments[0].record, court.observatory.record, territory.process.record):
        follow(record=followed, person=her)
        told = [item["id"].rpartition("/")[2] for item in feed(f"{address}.json")["items"]]
        assert verdict.record.code in told
        unfollow(record=followed, person=her)
    assert feed(f"{address}.json")["items"] == []


def test_it_names_nobody_and_does_not_say_its_own_address(territory, course, her, address, get):
    follow(record=territory.process.record, person=her)
    for form in FORMS:
        text = get(f"{address}.{form}").content.decode()
        for private_word in (her.name, territory.citizen.email, str(her.pk), address.rpartition("/")[2]):
            assert private_word not in text, (form, private_word)


def test_two_persons_have_two_feeds_with_two_names(territory, course, her, address, atom):
    secret = make_follows_address(
        person=territory.agent.person, authority=territory.authority, clock=territory.clock
    )
    names = {
        atom(f"{each}.atom").findtext("a:id", namespaces=ATOM) for each in (address, f"/suivis/{secret}")
    }
    assert len(names) == 2


def test_who_follows_nothing_has_a_feed_with_nothing_in_it(territory, address, atom, feed, get):
    assert atom(f"{address}.atom").findtext("a:title", namespaces=ATOM) == "Mes suivis"
    assert feed("/en" + f"{address}.json")["title"] == "My follows"
    assert b"BEGIN:VCALENDAR" in get(f"{address}.ics").content


@pytest.mark.parametrize("form", FORMS)
def test_who_has_it_already_is_told_so_and_no_cache_between_keeps_it(
    territory, course, her, address, get, form
):
    follow(record=territory.process.record, person=her)
    first = get(f"{address}.{form}")
    assert first["Cache-Control"].startswith("private")
    assert first["X-Robots-Tag"] == "noindex"
    assert "X-Page-Version" not in first, "the server's entry would keep it"
    again = get(f"{address}.{form}", 304, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.content == b""
    unfollow(record=territory.process.record, person=her)
    get(f"{address}.{form}", 200, HTTP_IF_NONE_MATCH=first["ETag"])


def without_paths(answer, *paths):
    text = answer.content.decode()
    for path in paths:
        text = text.replace(path, "…")
    return text


@pytest.mark.parametrize("why", ["wrong", "revoked", "made again", "shut", "erased"])
@pytest.mark.parametrize("form", FORMS)
def test_what_opens_nothing_looks_like_any_page_that_is_not_there(
    territory, course, her, address, get, why, form
):
    if why == "wrong":
        address = f"/suivis/{'x' * 43}"
    elif why == "revoked":
        assert revoke_follows_address(person=her)
    elif why == "made again":
        make_follows_address(person=her, authority=territory.authority, clock=territory.clock)
    elif why == "shut":
        type(territory.citizen).objects.filter(pk=territory.citizen.pk).update(is_active=False)
    else:
        erase_account(account=territory.citizen, with_words=False, clock=territory.clock)
        assert not FollowsAddress.objects.exists()
    missing = get("/nulle-part.atom", 404)
    answer = get(f"{address}.{form}", 404)
    assert without_paths(answer, f"{address}.{form}") == without_paths(missing, "/nulle-part.atom")


def test_the_secret_is_long_and_kept_nowhere(territory, her, address):
    secret = address.rpartition("/")[2]
    assert len(secret) >= 43, "256 bits"
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(t)::text from thread_followsaddress t")
        assert secret not in cursor.fetchone()[0]


def test_making_reading_and_revoking_leave_no_line_in_the_journal(territory, course, her, get):
    before = Entry.objects.count()
    secret = make_follows_address(person=her, authority=territory.authority, clock=territory.clock)
    get(f"/suivis/{secret}.atom")
    revoke_follows_address(person=her)
    assert Entry.objects.count() == before
    assert not revoke_follows_address(person=her)


@pytest.mark.parametrize("formatter", [JsonLines, PlainLines])
def test_no_line_of_the_logs_holds_the_secret(territory, her, address, client, on_day, caplog, formatter):
    caplog.set_level(logging.DEBUG)
    wrong = f"/suivis/{'kq7-' * 11}"
    for path in (f"{address}.atom", f"{address}.ics", f"{wrong}.json"):
        client.get(path)
    client.post(f"{address}.atom", headers={"sec-fetch-site": "same-origin"})
    lines = [formatter().format(record) for record in caplog.records if record.name != "django.db.backends"]
    assert any("feed_my_follows" in line for line in lines)
    assert not [line for line in lines if address.rpartition("/")[2] in line or "kq7-kq7" in line]


def test_a_network_that_guesses_is_slowed_down_and_who_knows_is_not(territory, address, get, monkeypatch):
    monkeypatch.setattr(private, "WRONG", Limit("wrong-here", 2, 600))
    for status in (404, 404, 429):
        get(f"/suivis/{'x' * 43}.atom", status)
    get(f"{address}.atom")


def test_one_address_is_read_a_bounded_number_of_times(territory, address, get, monkeypatch):
    monkeypatch.setattr(private, "READS", Limit("reads-here", 1, 600))
    get(f"{address}.atom")
    assert get(f"{address}.atom", 429)["Retry-After"]


def test_it_is_read_and_nothing_else(territory, address):
    assert Client().post(f"{address}.ics", headers={"sec-fetch-site": "same-origin"}).status_code == 405
    assert Client().head(f"{address}.ics").content == b""


def test_it_ends_at_fifty(territory, course, her, address, feed, monkeypatch):
    follow(record=territory.process.record, person=her)
    assert len(titles(feed, address)) > 3
    monkeypatch.setattr("democratic.web.feeds.followed.MOST", 3)
    assert len(titles(feed, address)) == 3


QUESTIONS = {"atom": 11, "json": 11, "ics": 13}


@pytest.mark.parametrize("each", [1, 3])
@pytest.mark.parametrize("form", FORMS)
def test_it_asks_the_database_a_fixed_number_of_questions(
    territory, her, address, get, django_assert_num_queries, form, each
):
    course = reading_course(territory, each=each)
    for record in (
        territory.process.record,
        *(late.record for late in course.late[:each]),
        *course.ideas[:each],
    ):
        follow(record=record, person=her)
    follow(record=course.unkept.record, person=her, volume=Volume.NOTHING)
    assert Follow.objects.count() >= each + 2
    get(f"{address}.{form}")
    with django_assert_num_queries(QUESTIONS[form]):
        get(f"{address}.{form}")
