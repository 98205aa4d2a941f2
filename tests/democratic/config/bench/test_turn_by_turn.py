"""The cost of size, or of neighbours: measured turn by turn, said as the median of pairs."""

import shutil

import pytest

from democratic.config.bench import turn_by_turn
from democratic.config.bench.load import Measure
from democratic.config.bench.size import Size
from democratic.config.bench.turn_by_turn import Compared, compared
from democratic.config.server.errors import CannotStart


class Stand:
    """An installation that answers at a given rate, and notes in a common list that it was asked."""

    def __init__(self, name, asked, rate):
        self.name, self.asked, self.rate = name, asked, rate

    def send(self, question):
        self.asked.append((self.name, *question))

    def recv(self):
        return Measure(self.rate, 1, 1, 1, 0)


def test_each_pair_says_the_first_town_first_and_who_begins_changes_at_each_turn():
    asked = []
    stands = [Stand("alone", asked, 100.0), Stand("beside", asked, 80.0)]
    assert turn_by_turn._pair(stands, 3, 2, turn=0) == (100.0, 80.0)
    assert turn_by_turn._pair(stands, 3, 2, turn=1) == (100.0, 80.0)
    assert [name for name, _number, _seconds in asked] == ["alone", "beside", "beside", "alone"]
    assert {(number, seconds) for _name, number, seconds in asked} == {(3, 2)}


def test_a_cost_is_that_of_pairs_not_of_medians():
    slow_hour = Compared("a page", ((100.0, 100.0), (50.0, 50.0), (200.0, 100.0)))
    assert (slow_hour.first, slow_hour.second) == (100.0, 100.0)
    assert slow_hour.costs == [1.0, 1.0, 2.0]


def test_an_installation_that_ends_is_told_and_not_waited_for():
    class Gone:
        def recv(self):
            raise EOFError

    with pytest.raises(CannotStart, match="arrêtée"):
        turn_by_turn._heard(Gone())


@pytest.mark.prove
@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed: apt install wrk")
def test_two_real_installations_are_compared_on_every_page_and_act():
    alone, beside = (Size(30, 1, 1, neighbours=count) for count in (0, 1))
    found = list(compared(alone, beside, workers=1, rounds=1, seconds=1))
    assert len(found) > 20
    assert all(each.first > 0 and each.second > 0 for each in found)
    assert {"home, anonymous", "posting an idea"} <= {each.what for each in found}
