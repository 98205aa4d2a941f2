"""Limits and idempotency hold across connections: they are counted in the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from democratic.kernel import limits, pages
from democratic.kernel.idempotency import KeyReused, once
from democratic.kernel.ids import uuid7
from democratic.kernel.limits import Limit, spend
from democratic.kernel.models import IdempotencyKey
from democratic.kernel.refusals import Refusal, TooMany
from democratic.people.models import Person

THE_CLOCKS_WINDOW = limits._WINDOW  # read before tests are given one that never ends


def together(times, act):
    def alone(_n):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(alone, range(times)))


def test_one_use_too_many_is_refused(db):
    limit = Limit("essai", 3, 3600)
    for _ in range(3):
        spend(limit, "quelqu’un")
    with pytest.raises(TooMany):
        spend(limit, "quelqu’un")
    spend(limit, "quelqu’un d’autre")


def test_a_new_window_counts_anew(db, monkeypatch):
    monkeypatch.setattr(limits, "_WINDOW", THE_CLOCKS_WINDOW)
    limit = Limit("essai", 1, 0.01)
    spend(limit, "quelqu’un")
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(0.02)")
    spend(limit, "quelqu’un")


def test_a_hundred_uses_at_once_are_all_counted(transactional_db):
    limit = Limit("foule", 40, 3600)

    def use():
        try:
            spend(limit, "une adresse")
        except TooMany:
            return False
        return True

    assert sum(together(100, use)) == 40


def test_a_form_sent_a_hundred_times_at_once_acts_once_and_always_answers_the_same(transactional_db):
    def send():
        return once(
            sender="form", key="k1", fields={"text": "a"}, act=lambda: str(Person.objects.create(name="x").pk)
        )

    answers = together(100, send)
    assert len(set(answers)) == 1
    assert Person.objects.count() == 1


def test_the_same_key_with_other_fields_is_refused(db):
    once(sender="form", key="k", fields={"text": "a"}, act=lambda: "/a")
    with pytest.raises(KeyReused):
        once(sender="form", key="k", fields={"text": "b"}, act=lambda: "/b")


def test_an_act_that_is_refused_leaves_no_key_and_may_be_tried_again(db):
    def refuse():
        raise Refusal("non")

    with pytest.raises(Refusal):
        once(sender="form", key="k", fields={}, act=refuse)
    assert IdempotencyKey.objects.count() == 0
    assert once(sender="form", key="k", fields={}, act=lambda: "/ok") == "/ok"


def test_a_bump_makes_its_scopes_stale_and_no_other(db):
    one, other = uuid7(), uuid7()
    before = pages.stamp_of(one), pages.stamp_of(other)
    pages.bump([one, one])
    assert pages.stamp_of(one) != before[0]
    assert pages.stamp_of(other) == before[1]
