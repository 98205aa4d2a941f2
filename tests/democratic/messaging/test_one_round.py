"""A queue that waits for its provider's pace takes one place of a worker, and no other."""

import pytest

from democratic.messaging import jobs

pytestmark = pytest.mark.django_db


def test_a_round_begun_while_another_waits_gives_its_place_back(monkeypatch):
    rounds = []

    def carry_and_begin_another():
        rounds.append("one")
        jobs.carry_messages(timestamp=0)
        return jobs.Carried()

    monkeypatch.setattr(jobs, "carry", carry_and_begin_another)
    jobs.carry_messages(timestamp=0)
    jobs.carry_messages(timestamp=0)
    assert rounds == ["one", "one"]
