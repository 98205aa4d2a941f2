"""What one voice may say, by the kind of vote.

A voice is a list: the rank of one option, ranks of several, a place on a scale, ranks from the preferred one down, words,
or a position of consent. Ranks are counted from 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from civics.soundings.words import as_one

Given = tuple[int, ...] | tuple[str, ...]

LONGEST_WORD = 40  # signs
LARGEST = 20  # of a scale, of a list of options, of what one voice holds


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    RANKING = "ranking"
    WORDS = "words"
    CONSENT = "consent"


class Position(StrEnum):
    """Of a round of consent, in the order of their ranks."""

    CONSENT = "consent"
    STAND_ASIDE = "stand_aside"
    OBJECTION = "objection"


POSITIONS = tuple(Position)
_ONE = (Kind.SINGLE, Kind.SCALE, Kind.CONSENT)


class VoiceRefused(ValueError):
    """``key``: ``empty``, ``too_many``, ``twice``, ``not_proposed`` or ``too_long``."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Asked:
    """``options``: how many there are; ``most``: how many may be chosen, ranked or written, or the top of a scale."""

    kind: Kind
    options: int = 0
    most: int = 1

    @property
    def holds(self) -> int:
        """How many things one voice holds at most."""
        return 1 if self.kind in _ONE else self.most

    @property
    def top(self) -> int:
        """The largest rank that may be given."""
        if self.kind == Kind.SCALE:
            return self.most
        return len(POSITIONS) if self.kind == Kind.CONSENT else self.options


def read_voice(asked: Asked, given: Sequence[int] | Sequence[str]) -> Given:
    """As it is kept: in the order given for a ranking, sorted for several choices. Raises VoiceRefused."""
    if not given:
        raise VoiceRefused("empty")
    if len(given) > asked.holds:
        raise VoiceRefused("too_many")
    return _words(given) if asked.kind == Kind.WORDS else _ranks(asked, given)


def _ranks(asked: Asked, given: Sequence[int] | Sequence[str]) -> tuple[int, ...]:
    ranks = tuple(each for each in given if isinstance(each, int) and not isinstance(each, bool))
    if len(ranks) < len(given) or not all(1 <= rank <= asked.top for rank in ranks):
        raise VoiceRefused("not_proposed")
    if len(set(ranks)) < len(ranks):
        raise VoiceRefused("twice")
    return ranks if asked.kind == Kind.RANKING else tuple(sorted(ranks))


def _words(given: Sequence[int] | Sequence[str]) -> tuple[str, ...]:
    words = tuple(" ".join(each.split()) for each in given if isinstance(each, str))
    if len(words) < len(given) or not all(words):
        raise VoiceRefused("empty")
    if any(len(word) > LONGEST_WORD for word in words):
        raise VoiceRefused("too_long")
    if len({as_one(word) for word in words}) < len(words):
        raise VoiceRefused("twice")
    return words
