"""Votes by the real service: taken in batches, acknowledged after the commit, and refused as Django's own door refuses."""

import json
import time
from datetime import timedelta
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.utils import timezone

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.limits import forget_subjects
from democratic.kernel.switches import turn_read_only, turn_writable
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.live.models import LiveTouch, Topic
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.models import Sounding, SoundingVoice
from democratic.people.actions import suspend_account, welcome_guest
from democratic.people.models import Person
from democratic.stewardship.visits import open_visit
from democratic.thread.actions import follow, give_role
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Record, Role, Visibility
from democratic.web.guests import COOKIE, SALT
from democratic.web.helping import KEY as HELPS
from democratic.web.sessions import SessionStore
from entry_server import cookie_of
from factories import verified_account
from voting import meeting_under_way, open_vote, there

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(here):
    return meeting_under_way(here)


@pytest.fixture
def sounding(here, meeting):
    return open_vote(here, meeting)


@pytest.fixture
def path(meeting, sounding):
    return f"/rencontres/{meeting.record.code}/votes/{sounding.record.code}"


def guest_cookie(person):
    return f"{COOKIE}={signing.dumps(str(person.pk), salt=SALT)}"


class Said:
    """What was answered, to a script: by the entry itself, or by Django's view, which says it alike."""

    def __init__(self, answer):
        self.status, body = answer.status, answer.read()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.is_told = self.headers.get("content-type") == "application/json"
        self.refusal = json.loads(body)["refusal"] if self.is_told else None


def vote(server, path, cookie, *given, **headers):
    sent = {
        "Cookie": cookie, "Accept": "application/json", "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded", **headers,
    }  # fmt: skip
    asked = HTTPConnection("127.0.0.1", server.port, timeout=60)
    asked.request(
        "POST", path, urlencode([("given", each) for each in given]),
        {name: value for name, value in sent.items() if value is not None},
    )  # fmt: skip
    try:
        return Said(asked.getresponse())
    finally:
        asked.close()


def voices(sounding):
    rows = SoundingVoice.objects.filter(sounding=sounding).order_by("person_id")
    return {row.person_id: (row.given, row.seat) for row in rows}


def test_a_guest_who_came_votes_and_changes_her_voice(server, here, meeting, sounding, path):
    [guest] = there(meeting, 1, here.clock)
    said = vote(server, path, guest_cookie(guest), 2)
    assert (said.status, said.is_told, said.refusal) == (200, True, "")
    assert vote(server, path, guest_cookie(guest), 3).status == 200
    assert voices(sounding) == {guest.pk: ([3], "room")}
    assert LiveTouch.objects.filter(meeting=meeting, topic=Topic.SOUNDING).exists()


def test_who_is_signed_in_votes_as_herself_whatever_guest_her_browser_was(
    server, here, meeting, sounding, path
):
    [guest] = there(meeting, 1, here.clock)
    account = verified_account("vote@val-orbe.example", "vote")
    Attendance.objects.create(
        meeting=meeting, person=account.person, seat=Seat.REMOTE, joined_at=here.clock.now()
    )
    both = f"{cookie_of(account)}; {guest_cookie(guest)}"
    assert vote(server, path, both, 1).is_told
    assert voices(sounding) == {account.person.pk: ([1], "remote")}
    suspend_account(account=account)
    assert vote(server, path, both, 2).status == 200
    assert voices(sounding)[guest.pk] == ([2], "room")  # a session that opens nothing: the guest she is


def test_who_helps_someone_is_left_to_django_which_refuses_any_act(server, here, meeting, sounding, path):
    account = verified_account("aide@val-orbe.example", "aide")
    Attendance.objects.create(
        meeting=meeting, person=account.person, seat=Seat.ROOM, joined_at=here.clock.now()
    )
    cookie = cookie_of(account)
    give_role(person=account.person, role=Role.ADMINISTRATOR, authority=here.authority, clock=here.clock)
    helped = here.citizen
    follow(record=here.process.record, person=helped.person)
    visit = open_visit(
        visitor=account.person, email=helped.email, authority=here.authority, reason="Au téléphone",
        clock=DATABASE_CLOCK,
    )  # fmt: skip
    session = SessionStore(cookie.partition("=")[2])
    session[HELPS] = str(visit.pk)
    session.save()
    refused = vote(server, path, cookie, 1)
    assert (refused.status, refused.is_told) == (403, False)
    session = SessionStore(cookie_of(account).partition("=")[2])
    session["_auth_user_hash"] = "of another password"
    session.save()
    assert vote(server, path, f"{cookie.partition('=')[0]}={session.session_key}", 1).status == 403
    assert voices(sounding) == {}


def test_who_is_not_known_is_left_to_django_which_welcomes_her(server, here, meeting, sounding, path):
    erased = there(meeting, 1, here.clock)[0]
    Person.objects.filter(pk=erased.pk).update(erased_on=here.clock.now().date())
    forged = guest_cookie(welcome_guest())[:-3] + "abc"
    for cookie in ("", forged, guest_cookie(erased), "session=nobody"):
        said = vote(server, path, cookie, 1)
        assert (said.status, said.is_told) == (403, True)
        assert "Rejoignez d’abord" in said.refusal
    assert voices(sounding) == {}


def test_who_comes_later_is_welcomed_by_django_and_counts_once(server, here, meeting, sounding, path):
    close_sounding(sounding=sounding, clock=here.clock)
    Sounding.objects.filter(pk=sounding.pk).update(later_until=timezone.now() + timedelta(hours=1))
    first = vote(server, path, "", 1)
    assert (first.status, first.refusal) == (200, "")
    cookie = first.headers["set-cookie"].partition(";")[0]
    assert vote(server, path, cookie, 2).status == 200
    known = welcome_guest()
    assert vote(server, path, guest_cookie(known), 3).status == 200
    assert sorted(voices(sounding).values()) == [([2], "later"), ([3], "later")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": None, "Origin": "https://ailleurs.example"},
        {"Sec-Fetch-Site": None},
        {"Accept": "text/html"},
        {"Content-Type": "application/json"},
    ],
)
def test_what_no_script_of_ours_sends_is_left_to_django(server, here, meeting, sounding, path, headers):
    [guest] = there(meeting, 1, here.clock)
    said = vote(server, path, guest_cookie(guest), 1, **headers)
    if headers.get("Accept") == "text/html":
        assert said.status == 302  # a form without script: it is taken, and a page follows
    else:
        assert said.status in (403, 400)
        assert voices(sounding) == {}


def test_a_page_of_ours_is_known_by_its_origin_where_the_browser_says_no_more(
    server, here, meeting, sounding, path
):
    [guest] = there(meeting, 1, here.clock)
    origin = {"Sec-Fetch-Site": None, "Origin": f"http://127.0.0.1:{server.port}"}
    assert vote(server, path, guest_cookie(guest), 1, **origin).is_told
    assert len(voices(sounding)) == 1


def test_what_is_refused_is_refused_in_the_language_of_the_page(server, here, meeting, sounding, path):
    [guest] = there(meeting, 1, here.clock)
    stranger = welcome_guest()
    said = vote(server, path, guest_cookie(stranger), 1)
    assert (said.status, said.is_told) == (403, True)
    assert "Rejoignez d’abord" in said.refusal
    wrong = vote(server, path, guest_cookie(guest), 9)
    assert wrong.status == 400
    assert vote(server, path, guest_cookie(guest), "un mot").status == 400
    assert vote(server, path, guest_cookie(guest), "").status == 400
    empty = vote(server, path, guest_cookie(guest))
    assert (empty.status, empty.refusal) == (400, "Répondez d’abord : rien n’était choisi.")
    assert vote(server, f"/en{path}", guest_cookie(guest), 9).refusal != ""
    assert voices(sounding) == {}


def test_a_meeting_that_everyone_does_not_see_is_left_to_django(server, here, meeting, sounding, path):
    [guest] = there(meeting, 1, here.clock)
    assert vote(server, path, guest_cookie(guest), 1).is_told
    Record.objects.filter(pk=meeting.pk).update(visibility=Visibility.HIDDEN)
    bump_pages_of(meeting.record)
    assert not vote(server, path, guest_cookie(guest), 2).is_told
    assert voices(sounding) == {guest.pk: ([1], "room")}


def test_a_vote_of_another_meeting_is_not_there(server, here, meeting, sounding, path):
    other = open_vote(here, meeting_under_way(here))
    [guest] = there(meeting, 1, here.clock)
    assert not vote(
        server, path.replace(sounding.record.code, other.record.code), guest_cookie(guest), 1
    ).is_told
    assert voices(other) == {}


def test_past_her_bound_a_person_is_asked_to_wait_and_others_are_not(server, here, meeting, sounding, path):
    hers, another = there(meeting, 2, here.clock)
    statuses = [vote(server, path, guest_cookie(hers), 1 + n % 3).status for n in range(31)]
    assert statuses == [200] * 30 + [429] or 429 in statuses  # a new minute may have begun
    assert vote(server, path, guest_cookie(another), 1).status == 200
    forget_subjects([str(hers.pk)])


def test_nothing_is_taken_in_read_only(server, here, meeting, sounding, path):
    [guest] = there(meeting, 1, here.clock)
    turn_read_only(reason="")
    try:
        deadline = time.monotonic() + 20
        while vote(server, path, guest_cookie(guest), 1).status == 200:
            assert time.monotonic() < deadline
            time.sleep(0.5)  # each process knows it a moment later
        before = voices(sounding)
        assert vote(server, path, guest_cookie(guest), 2).status in (503, 404)
        assert voices(sounding) == before
    finally:
        turn_writable()


def test_three_hundred_who_vote_at_once_behind_one_address_are_all_counted(
    server, here, meeting, sounding, path
):
    people, said = there(meeting, 300, here.clock), []
    deadline = time.monotonic() + 20
    # The test before closed it to writing: each process knows it a moment later.
    while vote(server, path, guest_cookie(people[0]), 1).status != 200:
        assert time.monotonic() < deadline
    threads = [
        Thread(
            target=lambda some: said.extend(
                vote(server, path, guest_cookie(each), 1 + n % 3).status for n, each in enumerate(some)
            ),
            args=[people[start::20]],
        )
        for start in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [200] * 300
    assert len(voices(sounding)) == 300


def test_an_answer_says_of_itself_what_every_answer_does(server, here, meeting, sounding, path):
    [guest] = there(meeting, 1, here.clock)
    said = vote(server, path, guest_cookie(guest), 1).headers
    assert said["cache-control"] == "no-store"
    assert "default-src 'none'" in said["content-security-policy"]
    assert said["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in said
    assert int(said["content-length"]) > 0
