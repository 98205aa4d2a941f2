"""Many taps at the same moment, each on a connection of its own."""

import threading

import pytest
from django.db import connections
from django.test import Client

from democratic.people.models import Person
from democratic.thread.models import Comment, Record, Support
from democratic.web.guests import COOKIE

TAPS = 16


@pytest.fixture
def all_at_once(browser):
    """Run the same tap from many browsers; their answers."""

    def run(tap):
        start, answers = threading.Barrier(TAPS), []

        def one(number):
            client = Client(headers={"sec-fetch-site": "same-origin"})
            try:
                start.wait(timeout=30)
                answers.append(tap(client, number))
            finally:
                connections.close_all()

        browser()
        threads = [threading.Thread(target=one, args=(number,)) for number in range(TAPS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return answers

    return run


def test_one_form_tapped_many_times_says_one_idea(live_territory, all_at_once):
    data = {"key": "same", "text": "Un bus de nuit"}
    answers = all_at_once(lambda client, _n: client.post("/concertations/bouger/dire", data))
    assert [answer.status_code for answer in answers] == [302] * TAPS
    assert len({answer.url for answer in answers}) == 1
    assert Record.objects.filter(kind="idea").count() == 1
    assert Person.objects.filter(account=None, records__isnull=False).count() == 1


def test_one_comment_tapped_many_times_is_one_comment(live_territory, all_at_once):
    code = live_territory.say().idea.record.code
    answers = all_at_once(lambda client, _n: client.post(f"/paroles/{code}/commenter", {"text": "Oui"}))
    assert [answer.status_code for answer in answers] == [302] * TAPS
    assert len({answer.url for answer in answers}) == 1
    assert Comment.objects.count() == 1


def test_one_support_tapped_many_times_is_one_support(live_territory, browser, all_at_once):
    first, second = live_territory.say().idea.record, live_territory.say("Autre").idea.record
    guest = browser()
    guest.post(f"/paroles/{first.code}/soutenir")
    cookie = guest.cookies[COOKIE].value

    def tap(client, _number):
        client.cookies[COOKIE] = cookie
        return client.post(f"/paroles/{second.code}/soutenir", {"vers": "oui"})

    answers = all_at_once(tap)
    assert [answer.status_code for answer in answers] == [302] * TAPS
    assert Support.objects.filter(record=second).count() == 1


def test_other_comments_at_the_same_moment_are_all_kept(live_territory, all_at_once):
    code = live_territory.say().idea.record.code
    answers = all_at_once(lambda client, n: client.post(f"/paroles/{code}/commenter", {"text": f"Oui {n}"}))
    assert [answer.status_code for answer in answers] == [302] * TAPS
    assert Comment.objects.count() == TAPS
