"""Tests run on a real PostgreSQL, named by DATABASE_URL (``bin/test`` starts a throw-away one)."""

import gc
import time

import pytest
from django.core.cache import caches
from django.core.management.commands import flush
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from copies import Copies
from democratic.kernel import limits
from democratic.people.actions import note_first_sign_in
from democratic.thread.journal.heads import ensure_head
from democratic.web import authorities, shell
from democratic.web.desk.views import dashboard
from democratic.web.metrics import readings
from factories import Territory, build_territory, signed_in_at
from flushing import deleting

TERRITORY = Copies(build_territory)
ONE_WINDOW = f"(%s, to_timestamp(floor({int(time.time())} / %s) * %s), 1)"
LONGEST = ("tests/matrix/test_access_matrix.py", "tests/matrix/", "tests/journeys/")


# On a machine that is busy, to make examples is slow: that says nothing of what they test.
settings.register_profile("ours", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: each goes whole to one process, and one that comes last leaves the others idle."""
    items.sort(
        key=lambda item: next((n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start)), 9)
    )


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: to look through it for garbage took a tenth of the time of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _a_flush_deletes_rows():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", deleting(flush.sql_flush))
        yield


@pytest.fixture(autouse=True)
def _nothing_is_kept_between_tests(settings, tmp_path, monkeypatch):
    for kept in (authorities.KEPT, shell.JOURNAL, shell.FOOT, dashboard.SETTLED):
        kept.forget()
        monkeypatch.setattr(kept, "_seconds", float("inf"))  # a count of queries must not depend on the hour
    monkeypatch.setattr(limits, "_WINDOW", ONE_WINDOW)  # nor an answer to a sixth try on the clock's minute
    readings.FROM_DATABASE.forget()
    shell.READ_ONLY.forget()
    monkeypatch.setattr(shell.READ_ONLY, "_read", lambda _name: None)  # nor on a switch that no test is about
    translation.activate(settings.LANGUAGE_CODE)  # a page asked in English leaves it behind in this thread
    caches["fragments"].clear()
    settings.VAR = tmp_path / "var"  # the outside head, the mailbox: each test has its own
    settings.VAR.mkdir()


@pytest.fixture(autouse=True)
def _who_is_let_in_has_just_signed_in(monkeypatch):
    """``client.force_login`` stands for a sign-in of this minute: what asks « is it still you? » lets it by."""
    let_in = Client.force_login

    def force_login(client, account, backend=None):
        let_in(client, account, backend)
        signed_in_at(client, account, time.time())
        note_first_sign_in(account=account)

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def territory(db) -> Territory:
    """One authority with a service, an official, an agent and a published order with its process."""
    return TERRITORY.one_more()


@pytest.fixture
def live_territory(transactional_db) -> Territory:
    """The same, committed, for tests with several connections; the empty head that a flush took is back."""
    ensure_head()
    return TERRITORY.one_more()
