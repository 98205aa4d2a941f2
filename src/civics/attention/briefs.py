"""The brief itself: lines that fit the budget, the share of the unfamiliar, in the order in which they are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from civics.attention.facts import Fact, Line, Why, fold
from civics.attention.orders import Rule, ordered, unfamiliar

SHARE = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Brief:
    """``lines`` as they are read; ``left_out``: how many of what she follows did not fit."""

    lines: tuple[Line, ...]
    left_out: int

    @property
    def seconds(self) -> int:
        return sum(line.seconds for line in self.lines)


NOTHING = Brief((), 0)


def brief_of(
    facts: Iterable[Fact],
    *,
    seconds: int,
    rule: Rule = Rule.BALANCED,
    seed: str = "",
    share: Fraction = SHARE,
) -> Brief:
    """``seconds``: what she gives. Without anything that she follows: ``NOTHING``, and nothing is sent."""
    lines = fold(facts)
    followed = ordered([line for line in lines if line.why != Why.UNFAMILIAR], rule)
    if not followed:
        return NOTHING
    others = unfamiliar([line for line in lines if line.why == Why.UNFAMILIAR], followed, seed)
    discovered = _that_fit(others, _kept(others, seconds, share))
    known = _that_fit(followed, seconds - sum(line.seconds for line in discovered))
    return Brief((*_as_read(known, rule), *_as_read(discovered, rule)), len(followed) - len(known))


def _kept(others: Sequence[Line], seconds: int, share: Fraction) -> int:
    """The seconds of the unfamiliar: the share, or one line where none is as short as that."""
    if not share:
        return 0
    shortest = min((line.seconds for line in others if line.seconds <= seconds), default=0)
    return max(int(seconds * share), shortest)


def _that_fit(lines: Iterable[Line], seconds: int) -> list[Line]:
    taken, left = [], seconds
    for line in lines:
        if line.seconds <= left:
            taken.append(line)
            left -= line.seconds
    return taken


def _as_read(lines: Sequence[Line], rule: Rule) -> list[Line]:
    """By group, each where its first line stands; reasons stay apart where the rule takes them apart."""
    place: dict[tuple[int, str], int] = {}
    for at, line in enumerate(lines):
        place.setdefault(_section(line, rule), at)
    return sorted(lines, key=lambda line: place[_section(line, rule)])


def _section(line: Line, rule: Rule) -> tuple[int, str]:
    return (line.why if rule == Rule.BALANCED else 0, line.group)
