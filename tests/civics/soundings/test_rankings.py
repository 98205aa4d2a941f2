"""Rankings: points and duels, each defined so that anyone finds the same."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from civics.soundings.rankings import read_rankings

OPTIONS = (1, 2, 3, 4)
rankings = st.dictionaries(
    st.sampled_from([order[:k] for k in (1, 2, 4) for order in permutations(OPTIONS)]),
    st.integers(1, 9),
    max_size=8,
)


@given(rankings)
def test_every_voice_gives_the_same_number_of_points(voices):
    ranks = read_rankings(OPTIONS, voices)
    assert sum(each.points for each in ranks.options) == 2 * (3 + 2 + 1 + 0) * ranks.n


@given(rankings)
def test_a_duel_is_won_by_one_side_or_level(voices):
    ranks = read_rankings(OPTIONS, voices)
    assert sum(each.wins for each in ranks.options) + sum(each.level for each in ranks.options) / 2 == 6
    assert all(a + b <= ranks.n for a, b in ranks.duels.values())


def test_a_hand_made_count_is_found():
    ranks = read_rankings((1, 2, 3), {(1, 2, 3): 2, (2, 1, 3): 1, (3,): 1})
    assert {each.rank: each.points / 2 for each in ranks.options} == {1: 5.5, 2: 4.5, 3: 2.0}
    assert ranks.duels == {(1, 2): (2, 1), (1, 3): (3, 1), (2, 3): (3, 1)}
    assert (ranks.first_by_points, ranks.wins_every_duel) == ((1,), 1)


def test_points_and_duels_may_disagree_and_both_are_told():
    ranks = read_rankings((1, 2, 3), {(1, 2, 3): 3, (2, 3, 1): 2})
    assert ranks.first_by_points == (2,)
    assert ranks.wins_every_duel == 1


def test_a_circle_has_no_winner_of_every_duel_and_levels_are_said():
    ranks = read_rankings((1, 2, 3), {(1, 2, 3): 1, (2, 3, 1): 1, (3, 1, 2): 1})
    assert ranks.wins_every_duel is None
    assert ranks.first_by_points == (1, 2, 3)


def test_nobody_ranked_anything():
    ranks = read_rankings((1, 2), {})
    assert (ranks.first_by_points, ranks.wins_every_duel, ranks.n) == ((), None, 0)
