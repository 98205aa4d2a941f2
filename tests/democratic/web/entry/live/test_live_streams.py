"""Streams of the real service: what is told, how soon, and when one hears no more."""

import re
import time

import pytest

from democratic.people.actions import end_other_sessions, end_session, suspend_account
from democratic.people.models import Session
from democratic.thread.actions import support, withdraw_own
from democratic.thread.journal import drain
from democratic.thread.models import Audience, AudienceMember, Record
from entry_server import NOTHING, entry_server
from factories import verified_account
from streaming import comment

pytestmark = pytest.mark.django_db

SOON = 3.0  # seconds
SUSPENDED_WITHIN = 5.0


def someone(name):
    return verified_account(f"{name}@val-orbe.example", name)


def test_who_is_suspended_signed_out_elsewhere_or_changes_her_password_hears_no_more_within_five_seconds(
    server, here, path
):
    people = [someone(name) for name in ("suspendue", "partie", "prudente", "restée")]
    streams = [server.listen(path, account) for account in people]
    passing = server.listen(path)
    began = time.monotonic()
    suspend_account(account=people[0])
    end_session(account=people[1], session_key=Session.objects.get(account=people[1]).pk)
    end_other_sessions(account=people[2])
    for stream in streams[:3]:
        assert stream.event(SUSPENDED_WITHIN) == ("ended", "ended")
        assert stream.event(SUSPENDED_WITHIN) == NOTHING
    assert time.monotonic() - began < SUSPENDED_WITHIN
    for stream in (streams[3], passing):
        with pytest.raises(TimeoutError):
            stream.event(0.1)


def test_a_comment_and_a_support_are_told_within_three_seconds(server, here, idea, path):
    stream, elsewhere = (
        server.listen(path),
        server.listen(f"/live/idees/{here.say('Un tram.').idea.record.code}"),
    )
    drain(clock=here.clock)
    began = time.monotonic()
    comment(here, idea)
    assert stream.event(SOON)[0] == "changed"
    support(record=idea, person=here.citizen.person)
    drain(clock=here.clock)
    assert stream.event(SOON)[0] == "changed"
    assert time.monotonic() - began < 2 * SOON
    with pytest.raises(TimeoutError):  # the same consultation moved, and not a word of that page
        elsewhere.event(0.1)


def test_who_comes_back_is_told_at_once_what_she_missed_and_nothing_that_she_knows(server, here, idea, path):
    first = server.listen(path)
    comment(here, idea, "Une fois par semaine.")
    _name, known = first.event(SOON)
    assert first.id == known
    server.hang_up()
    missed = server.listen(path, **{"Last-Event-ID": "0123456789abcdef"})
    assert missed.event(1.0) == ("changed", known)
    read_before = server.listen(f"{path}?vu=0123456789abcdef")
    assert read_before.event(1.0) == ("changed", known)
    for up_to_date in (server.listen(path, **{"Last-Event-ID": known}), server.listen(f"{path}?vu={known}")):
        with pytest.raises(TimeoutError):
            up_to_date.event(0.3)


def test_a_page_that_is_withdrawn_is_told_once_more_then_is_not_there(server, here, idea, path):
    stream = server.listen(path)
    withdraw_own(record=idea, clock=here.clock)
    assert stream.event(SOON) == ("gone", "gone")
    assert stream.event(SOON) == NOTHING
    assert server.status(path) == 404


def test_who_leaves_a_body_hears_no_more_of_its_page_and_the_others_still_do(server, here, idea, path):
    audience = Audience.objects.create(authority=here.authority)
    Record.objects.filter(pk=idea.pk).update(audience=audience)
    idea.audience = audience
    leaves, stays, stranger = someone("part"), someone("reste"), someone("dehors")
    for account in (leaves, stays):
        AudienceMember.objects.create(audience=audience, person=account.person, since=here.clock.now())
    assert server.listen(path, stranger).answer.status == server.status(path) == 404
    streams = {account: server.listen(path, account) for account in (leaves, stays)}
    assert [stream.answer.status for stream in streams.values()] == [200, 200]
    AudienceMember.objects.filter(person=leaves.person).update(until=here.clock.now())
    comment(here, idea)
    assert streams[stays].event(SOON)[0] == "changed"
    assert streams[leaves].event(SOON) == ("gone", "gone")


def test_a_stream_says_of_itself_what_every_answer_does_and_nothing_else(server, here, path):
    account = someone("curieuse")
    answer = server.listen(path, account).answer
    said = {name.lower(): value for name, value in answer.getheaders()}
    assert said["content-type"] == "text/event-stream; charset=utf-8"
    assert "default-src 'none'" in said["content-security-policy"]
    assert said["x-content-type-options"] == "nosniff"
    assert "content-length" not in said
    assert not [name for name in said if name.startswith(("x-live", "x-page", "set-cookie"))]
    key = Session.objects.get(account=account).pk
    assert key not in str(said)


def open_streams(server):
    token = (server.static.parent / "secrets" / "metrics-token").read_text().strip()
    figures = server.ask("/metrics", Authorization=f"Bearer {token}").read().decode()
    return float(re.search(r"^democratic_live_streams (.+)$", figures, re.MULTILINE)[1])


def test_who_leaves_frees_her_place_at_once(server, path):
    for _each in range(3):
        server.listen(path)
    assert open_streams(server) == 3
    server.hang_up()
    deadline = time.monotonic() + SOON
    while open_streams(server):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_head_and_foreign_methods_hold_nothing(server, path):
    answer = server.ask(path, "HEAD")
    assert (answer.status, answer.read(), answer.getheader("Content-Length")) == (200, b"", "0")
    assert server.status(path, "POST", **{"Sec-Fetch-Site": "same-origin"}) == 405
    assert server.status(path, "POST", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert server.status(path, "TRACE") == 405


def test_a_service_that_is_stopped_does_not_wait_for_those_who_listen(streaming, path, tmp_path):
    server, here = streaming
    with entry_server(tmp_path / "other", server.static) as other:
        streams = [other.listen(path) for _each in range(20)] + [other.listen(path, here.citizen)]
        assert other.stop() < 10
        assert {stream.event(1.0) for stream in streams} == {NOTHING}  # none is told that her session ended
