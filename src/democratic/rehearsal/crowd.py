"""Simulated people: when each speaks, from where, and what she says. The same seed makes the same crowd."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Enough to fill pages; the hours of work are counted on the number that is expected.
MOST = 300
# Half of those who speak do so in the first third and on the last day, as consultations without reminders show.
_EARLY, _LAST = 3.0, 4.0
ORIGINS = (("web", 50), ("street", 20), ("paper", 15), ("room", 10), ("phone", 5))


@dataclass(frozen=True, slots=True)
class Voice:
    """``subject``: which of the sample sentences it says; ``supporters``: how many tap « support »."""

    day: date
    minute: int
    origin: str
    subject: int
    supporters: int


def crowd(*, expected: int, first: date, last: date, subjects: int, seed: int) -> list[Voice]:
    """At most MOST voices between two days, both included, the earliest first."""
    chance = random.Random(seed)  # noqa: S311 -- a simulation, the same each time
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weights = [_weight(n, len(days)) for n in range(len(days))]
    names, shares = [name for name, _share in ORIGINS], [share for _name, share in ORIGINS]
    voices = [
        Voice(
            day=chance.choices(days, weights)[0],
            minute=chance.randrange(8 * 60, 21 * 60),
            origin=chance.choices(names, shares)[0],
            # The first sentences are said more often: subjects are never of one size.
            subject=min(int(chance.expovariate(1.2)), subjects - 1),
            supporters=min(int(chance.expovariate(0.5)), 9),
        )
        for _each in range(min(expected, MOST))
    ]
    return sorted(voices, key=lambda voice: (voice.day, voice.minute))


def _weight(n: int, days: int) -> float:
    if n == days - 1:
        return _LAST
    return _EARLY if n < days / 3 else 1.0


def count_by_origin(voices: Sequence[Voice]) -> dict[str, int]:
    return {name: sum(voice.origin == name for voice in voices) for name, _share in ORIGINS}
