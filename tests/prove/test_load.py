"""A bounded load, on the loopback alone: one form tapped a hundred times, codes guessed, a school behind one address."""

import http.client
import re
import threading
import time
from collections import Counter
from uuid import uuid4

import pytest
from real_product import open_process, running_product, tell

from democratic.web.acts import WRITES_OF_A_NETWORK
from democratic.web.ideas.limits import CODES

TAPS, PUPILS, GUESSES = 100, 300, 1000
ALPHABET = "3479ACDEFGHJKMNPQRTVWXY"

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def product():
    """With the limits that people meet."""
    with running_product(DEMOCRATIC_LIMITS_FACTOR="1") as made:
        yield made


@pytest.fixture(scope="module")
def slug(product):
    return open_process(product)[0]


def at_once(number, act):
    """Each in a thread of its own, from the same moment; their answers, and the seconds that they took."""
    start, answers = threading.Barrier(number + 1), []

    def one(n):
        start.wait()
        began = time.monotonic()
        answer = insisted(lambda: act(n))
        answers.append((answer, time.monotonic() - began))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    start.wait()
    for thread in threads:
        thread.join()
    return [answer for answer, _took in answers], sorted(took for _answer, took in answers)


def insisted(act, within=60.0):
    """A full queue of the system's may refuse a connection, as on any network: then it is tried again."""
    deadline = time.monotonic() + within
    while True:
        try:
            return act()
        except (OSError, http.client.HTTPException):
            if time.monotonic() > deadline:
                raise


def count(product, words):
    question = (
        "select count(*) from thread_record r join thread_wording w on w.id = r.wording_id where w.text = %s"
    )
    return product.rows(question, words)[0][0]


def test_a_form_tapped_a_hundred_times_at_once_makes_one_record(product, slug):
    fields = {"key": uuid4().hex, "text": "Une seule fois, s’il vous plaît.", "age_band": "26_64"}
    answers, took = at_once(TAPS, lambda _n: product.asked("POST", f"/concertations/{slug}/dire", fields))
    tell(f"{TAPS} taps: {took[len(took) // 2]:.2f} s for half of them, {took[-1]:.2f} s for all")
    assert [answer.status for answer in answers] == [302] * TAPS
    assert len({answer.location for answer in answers}) == 1
    assert count(product, fields["text"]) == 1
    guests = "select count(*) from people_person p where not exists (select from thread_record r where r.author_id = p.id)"
    before = product.rows(guests)
    product.asked("POST", f"/concertations/{slug}/dire", fields)
    assert product.rows(guests) == before  # who only repeats herself makes no new guest


def test_the_same_key_with_other_words_is_refused_and_nothing_is_written(product, slug):
    key = uuid4().hex
    first = {"key": key, "text": "Les premiers mots.", "age_band": "26_64"}
    assert product.asked("POST", f"/concertations/{slug}/dire", first).status == 302
    answers, _took = at_once(
        20,
        lambda n: product.asked(
            "POST", f"/concertations/{slug}/dire", first | {"text": f"D’autres mots, {n}."}
        ),
    )
    assert {answer.status for answer in answers} == {422}
    assert product.rows("select count(*) from thread_wording where text like 'D’autres mots, %%'") == [(0,)]


def test_three_hundred_pupils_behind_one_address_all_pass(product, slug):
    """Each opens the page, says one thing, and supports it: no limit takes a school for an attacker."""

    def pupil(n):
        page = product.asked("GET", f"/concertations/{slug}/dire")
        key = re.search(rb'name="key" value="(\w+)"', page.body)[1].decode()
        fields = {"key": key, "text": f"Élève {n} : un car à 17 h.", "age_band": "15_17"}
        said = product.asked("POST", f"/concertations/{slug}/dire", fields)
        code = said.location.split("/")[2] if said.status == 302 else ""
        cookie = "; ".join(said.cookies)
        taken = product.asked("POST", f"/paroles/{code}/soutenir", {"vers": "oui"}, cookie=cookie)
        return page.status, said.status, taken.status

    statuses = Counter()
    for wave in range(0, PUPILS, 50):
        answers, took = at_once(50, lambda n, wave=wave: pupil(wave + n))
        tell(f"{wave + 50} pupils: a page, a sentence and a support in {took[-1]:.1f} s for the slowest")
        statuses.update(answers)
    assert statuses == {(200, 302, 302): PUPILS}
    said = "select count(*), count(distinct author_id) from thread_record r join thread_wording w on w.id = r.wording_id"
    assert product.rows(f"{said} where w.text like 'Élève %%'") == [(PUPILS, PUPILS)]
    assert WRITES_OF_A_NETWORK.times > 2 * PUPILS


def test_who_guesses_codes_is_slowed_down_and_the_rest_of_the_site_still_answers_her(product):
    """In order, as a program would; last, as the limit is then spent for this address."""
    guesses = (f"{a}{b}{c}-{d}33" for a in "QRT" for b in ALPHABET for c in ALPHABET for d in "7")
    statuses = Counter()
    for n, code in zip(range(GUESSES), guesses, strict=False):
        statuses[product.asked("GET", f"/retrouver?code={code}").status] += 1
        if n == CODES.times - 1:
            tell(f"after {n + 1} guesses: {dict(statuses)}")
    tell(f"after {GUESSES} guesses: {dict(statuses)}")
    assert set(statuses) <= {302, 404, 429}
    assert statuses[429] >= GUESSES - 2 * CODES.times  # the window may turn once meanwhile
    assert product.asked("GET", "/AAA333").status == 429  # the short address is the same door
    assert product.asked("GET", "/").status == 200
    assert product.asked("GET", "/retrouver").status == 200
