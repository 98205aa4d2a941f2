"""She writes at the very minute in which her silence is noticed: neither waits for the other in a ring."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from chatting import Chatter, open_channel, open_flow
from democratic.kernel.clock import FixedClock
from democratic.messaging.correspondents import heard_from
from democratic.participation.conversations import silences
from democratic.participation.conversations.models import FlowRun
from democratic.participation.conversations.silences import notice_silences

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def silent(live_territory):
    """Two who began, three days ago, and said nothing since; and the hour at which it is noticed."""
    open_channel(live_territory.authority)
    open_flow(live_territory)
    for who in ("lina", "nour"):
        Chatter(live_territory, address=who).says("LYC-BRO")
    return live_territory, FixedClock(live_territory.clock.now() + timedelta(hours=73))


def test_who_is_being_heard_is_not_found_silent_and_the_others_are(silent):
    territory, later = silent
    noticed = []

    def notice():
        try:
            noticed.append(notice_silences(later))
        finally:
            connections.close_all()

    other = threading.Thread(target=notice)
    with transaction.atomic():
        her = heard_from(
            authority=territory.authority, kind="widget", address="lina", language="fr", now=later.now()
        )
        other.start()
        other.join(timeout=5)
        FlowRun.objects.filter(correspondent=her).update(misses=1)  # a ring would be broken here, by an error
    other.join(timeout=30)
    assert noticed == [1]
    assert sorted(FlowRun.objects.values_list("correspondent__address", "state")) == [
        ("lina", "open"), ("nour", "silent"),
    ]  # fmt: skip


def test_a_fault_on_one_undoes_nothing_of_those_before(silent, monkeypatch):
    """Each is noticed in a transaction of its own: no lock is held until the last of two hundred."""
    _territory, later = silent
    real, seen = silences._notice_silence, []

    def fails_on_the_second(run, now):
        seen.append(run)
        if len(seen) > 1:
            raise RuntimeError
        real(run, now)

    monkeypatch.setattr(silences, "_notice_silence", fails_on_the_second)
    with pytest.raises(RuntimeError):
        notice_silences(later)
    assert sorted(FlowRun.objects.values_list("state", flat=True)) == ["open", "silent"]
