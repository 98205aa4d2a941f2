"""A census, as a sheet or a paste gives it: municipality, age band, inhabitants; refused whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from civics.pasted import lines_of_cells
from civics.reach.keywords import plain

MOST_SIGNS = 400_000
MOST_LINES = 12_000
MOST_PEOPLE = 15_000_000
SHOWN_FAULTS = 20
_BLANKS = re.compile("[\\s\u00a0\u202f]")
_HEADS = re.compile(r"(?i)commune|tranche|habitants|age|population")
_COLUMNS = 3


class Fault(StrEnum):
    NOT_THREE = "not_three"
    NO_SUCH_PLACE = "no_such_place"
    NO_SUCH_BAND = "no_such_band"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY = "too_many"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class CensusLine:
    place: str
    band: str
    people: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """``line`` of the text, from 1; ``said``: the cell at fault."""

    line: int
    fault: Fault
    said: str


class NotACensus(Exception):
    """``lines``: those at fault, the first ``SHOWN_FAULTS``; none when it is empty or too long."""

    def __init__(self, lines: Sequence[BadLine] = (), *, is_too_long: bool = False) -> None:
        super().__init__(len(lines))
        self.lines, self.is_too_long = lines, is_too_long


def read_census(text: str, places: Mapping[str, str], bands: Mapping[str, str]) -> list[CensusLine]:
    """In the order of the file. ``places``, ``bands``: what may be typed, to what it means; case and accents are one."""
    if len(text) > MOST_SIGNS:
        raise NotACensus(is_too_long=True)
    place_of = {plain(typed): meant for typed, meant in places.items()}
    band_of = {_tight(typed): meant for typed, meant in bands.items()}
    read: dict[tuple[str, str], CensusLine] = {}
    bad: list[BadLine] = []
    for at, cells in lines_of_cells(text, _HEADS):
        found = _line(cells, place_of, band_of)
        if isinstance(found, CensusLine) and (found.place, found.band) in read:
            found = (Fault.TWICE, f"{cells[0]} {cells[1]}")
        if isinstance(found, CensusLine):
            read[found.place, found.band] = found
        elif len(bad) < SHOWN_FAULTS:
            bad.append(BadLine(at, *found))
    if bad or not read or len(read) > MOST_LINES:
        raise NotACensus(bad, is_too_long=len(read) > MOST_LINES)
    return list(read.values())


def _line(
    cells: Sequence[str], places: Mapping[str, str], bands: Mapping[str, str]
) -> CensusLine | tuple[Fault, str]:
    filled = [cell for cell in cells[_COLUMNS:] if cell]
    if len(cells) < _COLUMNS or filled:
        return Fault.NOT_THREE, ";".join(cells)
    place, band = places.get(plain(cells[0])), bands.get(_tight(cells[1]))
    if place is None:
        return Fault.NO_SUCH_PLACE, cells[0]
    if band is None:
        return Fault.NO_SUCH_BAND, cells[1]
    typed = _BLANKS.sub("", cells[2])
    if not (typed.isascii() and typed.isdigit()):
        return Fault.NOT_A_NUMBER, cells[2]
    if len(typed) > len(str(MOST_PEOPLE)) or int(typed) > MOST_PEOPLE:
        return Fault.TOO_MANY, cells[2]
    return CensusLine(place, band, int(typed))


def _tight(band: str) -> str:
    """« 15 - 17 ans », « 15–17 » and « 15_17 » are one band."""
    said = plain(band).replace("ans", "")
    return re.sub(r"[\s_\-–—]", "", said)
