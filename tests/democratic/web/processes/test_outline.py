"""The territory's drawing: names that can be read, none over another."""

from collections import Counter
from itertools import combinations

import pytest

from democratic.thread.models import Authority
from democratic.web.processes.outline import NAME_HEIGHT, spots_of

SIGN_WIDTH = 0.56 * NAME_HEIGHT  # of the text's font, on average

SAID = [
    Counter(),
    Counter({"Vaubrun": 40, "Clairvoie": 30, "Montsec": 10, "Les Forges": 40, "Saint-Maurin": 12}),
    Counter({"Clairvoie": 90, "Saint-Maurin": 90}),
]


def box(spot):
    half = len(spot.name) * SIGN_WIDTH / 2
    return spot.x - half, spot.x + half, spot.name_y - NAME_HEIGHT, spot.name_y


@pytest.mark.parametrize("by_place", SAID)
def test_no_name_covers_another(by_place):
    for one, other in combinations(map(box, spots_of(Authority(is_demo=True), by_place)), 2):
        is_beside = one[1] <= other[0] or other[1] <= one[0]
        is_above = one[3] <= other[2] or other[3] <= one[2]
        assert is_beside or is_above
