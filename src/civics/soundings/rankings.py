"""Rankings, read in two ways that can disagree, and are both told: points (Borda), and duels.

Borda: in a vote on ``k`` options, the option that a voice ranks first receives ``k - 1`` points, the second ``k - 2``, and
so on. Options that a voice left out share equally what is left: each receives the mean of the places that nobody took. To
stay in whole numbers, points are counted twice: ``points`` is the double of Borda's.

Duels: one option wins over another when more voices place it higher. An option that a voice ranked is higher than one
that it left out; between two that it left out, the voice says nothing. A duel is level when as many voices say one thing
as the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Ranking = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """``points``: twice Borda's. ``wins``, ``level``: duels of this option against each of the others."""

    rank: int
    points: int
    wins: int
    level: int


@dataclass(frozen=True, slots=True)
class Ranks:
    options: tuple[Ranked, ...]
    duels: Mapping[tuple[int, int], tuple[int, int]]
    """Of each pair: how many voices place the first higher, how many the second."""
    n: int

    @property
    def first_by_points(self) -> tuple[int, ...]:
        """Several when they are level, none when nobody ranked anything."""
        most = max((each.points for each in self.options), default=0)
        return tuple(each.rank for each in self.options if self.n and each.points == most)

    @property
    def wins_every_duel(self) -> int | None:
        """Condorcet's winner, when there is one."""
        others = len(self.options) - 1
        won = (each.rank for each in self.options if others and each.wins == others)
        return next(won, None)


def read_rankings(options: Sequence[int], voices: Mapping[Ranking, int]) -> Ranks:
    """``voices``: how many people gave each ranking."""
    points, duels = dict.fromkeys(options, 0), {pair: [0, 0] for pair in combinations(sorted(options), 2)}
    for ranking, n in voices.items():
        places = {rank: place for place, rank in enumerate(ranking)}
        for rank, given in _points(options, places).items():
            points[rank] += n * given
        for (one, other), sides in duels.items():
            mine, theirs = places.get(one, len(options)), places.get(other, len(options))
            if mine != theirs:
                sides[mine > theirs] += n
    told = {pair: (sides[0], sides[1]) for pair, sides in duels.items()}
    ranked = tuple(_ranked(rank, points[rank], told) for rank in options)
    return Ranks(ranked, told, sum(voices.values()))


def _points(options: Sequence[int], places: Mapping[int, int]) -> dict[int, int]:
    last = len(options) - 1
    left = last - len(places)  # the best of the places that nobody took; the worst is 0
    return {rank: 2 * (last - places[rank]) if rank in places else left for rank in options}


def _ranked(rank: int, points: int, duels: Mapping[tuple[int, int], tuple[int, int]]) -> Ranked:
    mine = [(a, b) if pair[0] == rank else (b, a) for pair, (a, b) in duels.items() if rank in pair]
    return Ranked(rank, points, sum(a > b for a, b in mine), sum(a == b for a, b in mine))
