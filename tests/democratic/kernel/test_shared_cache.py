"""The cache of all workers: one statement an act, and nothing but time takes an entry out."""

import pytest
from django.core.cache import cache
from django.db import connection

from democratic.kernel.limits import Limit, spend, spend_each
from democratic.kernel.refusals import TooMany
from democratic.kernel.shared_cache import forget_old_cache

pytestmark = pytest.mark.django_db


def expire_all():
    with connection.cursor() as cursor:
        cursor.execute("update kernel_cache set expires = now() - interval '1 second'")


def test_what_is_set_is_found_until_its_time(django_assert_num_queries):
    with django_assert_num_queries(1):
        cache.set("a", {"tries": [1, 2]}, 60)
    assert cache.get("a") == {"tries": [1, 2]}
    cache.set("a", "other", 60)
    assert cache.get("a") == "other"
    expire_all()
    assert cache.get("a") is None


def test_of_two_that_add_one_is_first_and_again_once_it_has_expired(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert [cache.add("code", "y", 30), cache.add("code", "z", 30)] == [True, False]
    assert cache.get("code") == "y"
    expire_all()
    assert cache.add("code", "z", 30)


def test_filling_it_pushes_nothing_out():
    cache.set("first", 1, 600)
    for n in range(400):  # Django's own throws a third away past 300
        cache.set(f"flood-{n}", n, 600)
    assert cache.get("first") == 1


def test_what_has_expired_is_forgotten_and_nothing_else():
    cache.clear()
    cache.set("old", 1, 600)
    expire_all()
    cache.set("new", 1, 600)
    cache.set("for-ever", 1, None)
    assert forget_old_cache() == 1
    assert (cache.get("new"), cache.get("for-ever")) == (1, 1)


def test_several_limits_are_counted_in_one_statement_and_any_refuses(django_assert_num_queries):
    narrow, wide = Limit("narrow", 2, 3600), Limit("wide", 100, 3600)
    for _ in range(2):
        with django_assert_num_queries(1):
            spend_each((narrow, "a"), (wide, "n"))
    with pytest.raises(TooMany):
        spend_each((narrow, "a"), (wide, "n"))
    spend_each((narrow, "b"), (wide, "n"))
    with pytest.raises(TooMany):
        spend(narrow, "a")
