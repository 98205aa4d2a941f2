from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection

from democratic.kernel.outages import (
    Part,
    Unavailable,
    look_again,
    outages,
    probe_with,
    report_down,
    report_up,
)
from democratic.kernel.pages import EVERY_PAGE, bump, stamp_of


@pytest.mark.django_db
def test_what_is_down_is_told_until_it_is_back():
    report_down("storage")
    report_down(Part.MAIL)
    assert outages() == ("mail", "storage")
    report_up("storage")
    assert outages() == ("mail",)


def test_only_parts_that_pages_know_can_be_down():
    with pytest.raises(ValueError, match="coffee"):
        report_down("coffee")


@pytest.mark.django_db
def test_pages_are_stale_once_when_it_goes_down_and_once_when_it_is_back():
    scope, versions = uuid4(), []
    for say in (report_down, report_down, report_up, report_up):
        say(Part.MAIL)
        versions.append(stamp_of(scope).version)
    first, second, third, fourth = versions
    assert (first, third) == (second, fourth)
    assert first < third


@pytest.mark.django_db
def test_a_stamp_says_what_is_down_as_its_version_was_read():
    report_down(Part.CACHE)
    assert stamp_of(uuid4()).down == ("cache",)


@pytest.mark.django_db
def test_a_stamp_moves_with_its_scope_and_with_every_page_and_with_no_other():
    scope, other = uuid4(), uuid4()
    seen = [stamp_of(scope).version]
    for bumped in (scope, EVERY_PAGE, other):
        bump([bumped])
        seen.append(stamp_of(scope).version)
    assert seen[0] < seen[1] < seen[2] == seen[3]


@pytest.mark.django_db
def test_only_what_is_down_is_asked_and_only_what_answers_is_back():
    asked, probes = [], {}

    def fails():
        asked.append("cache")
        raise OSError

    probe_with(Part.MAIL, lambda: asked.append("mail"), probes=probes)
    probe_with(Part.CACHE, fails, probes=probes)
    probe_with(Part.SMS, lambda: asked.append("sms"), probes=probes)
    for part in (Part.MAIL, Part.CACHE, Part.IDENTITY):
        report_down(part)
    assert look_again(probes) == ["mail"]
    assert asked == ["cache", "mail"]
    assert outages() == ("cache", "identity")


@pytest.fixture
def no_cache_table(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("alter table kernel_cache rename to kernel_cache_away")
    yield
    with connection.cursor() as cursor:
        cursor.execute("alter table kernel_cache_away rename to kernel_cache")


@pytest.mark.parametrize("ask", ["get", "has_key"])
def test_a_cache_that_can_not_be_read_says_so_and_never_forgets_in_silence(no_cache_table, ask):
    with pytest.raises(Unavailable) as fault:
        getattr(caches["default"], ask)("attempts")
    assert fault.value.part is Part.CACHE
    assert outages() == ("cache",)
