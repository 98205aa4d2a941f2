"""Which place someone means: typed on a telephone, in a hurry, or by its postcode."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from civics.reach.keywords import plain

SURE, MAYBE = 92, 72  # of 100: taken at once, offered to choose from
GAP = 6  # the second must be this far behind the first
OFFERED = 5
_POSTCODE = re.compile(r"\b(\d{5})\b")


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """``found`` when there is no doubt; else what may have been meant, the likeliest first, or nothing."""

    found: str = ""
    maybe: tuple[str, ...] = ()


def place_meant(said: str, places: Sequence[Place]) -> Guess:
    if code := _POSTCODE.search(said):
        return _one_or_some([each.name for each in places if each.postcode == code[1]])
    words = _long(plain(said))
    names = {each.name: _long(plain(each.name)) for each in places}
    exact = [name for name, known in names.items() if known == words]
    if exact or not words:
        return _one_or_some(exact)
    ranked = process.extract(words, names, scorer=fuzz.WRatio, limit=OFFERED, score_cutoff=MAYBE)
    near = [(name, score) for _known, score, name in ranked]
    if near and near[0][1] >= SURE and (len(near) == 1 or near[0][1] - near[1][1] >= GAP):
        return Guess(near[0][0])
    return Guess(maybe=tuple(name for name, _score in near))


def _one_or_some(names: list[str]) -> Guess:
    return Guess(names[0]) if len(names) == 1 else Guess(maybe=tuple(names[:OFFERED]))


def _long(words: str) -> str:
    """« St Denis » and « Saint-Denis » are one name."""
    return re.sub(r"\bste\b", "sainte", re.sub(r"\bst\b", "saint", words))
