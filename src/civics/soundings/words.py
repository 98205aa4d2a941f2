"""Words given by many: which are the same, how each is written, and which are shown.

Two spellings are one word when they are the same once composed (NFC), without case, and with their blanks folded. Accents
count: « prés » is not « près ». A word is shown under the spelling that most people gave it; of two as frequent, the first
in the order of signs.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN_FROM = 3  # people


def as_one(word: str) -> str:
    folded = unicodedata.normalize("NFC", " ".join(word.split())).casefold()
    return unicodedata.normalize("NFC", folded)


@dataclass(frozen=True, slots=True)
class WordCount:
    """``words``: spelling and how many people gave it, the most given first. ``others``: how many other words."""

    words: tuple[tuple[str, int], ...]
    others: int


def count_words(voices: Iterable[Sequence[str]], least: int = SHOWN_FROM) -> WordCount:
    """Only words that ``least`` people gave are shown; the others are counted, and not told."""
    people: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for voice in voices:
        for word, spelling in {as_one(each): each for each in voice}.items():
            people[word] += 1
            spellings.setdefault(word, Counter())[
                unicodedata.normalize("NFC", " ".join(spelling.split()))
            ] += 1
    shown = [(_usual(spellings[word]), n) for word, n in people.items() if n >= least]
    others = sum(1 for n in people.values() if n < least)
    return WordCount(tuple(sorted(shown, key=lambda each: (-each[1], as_one(each[0])))), others)


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda each: (-spellings[each], each))
