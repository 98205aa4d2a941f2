"""A list of municipalities, as a sheet or a paste gives it: code of the Insee, name, postcode; refused whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from civics.pasted import lines_of_cells

MOST_SIGNS = 400_000
MOST_COMMUNES = 2_000
NAME_LIMIT = 80
SHOWN_FAULTS = 20
# 01 to 95, Corsica's 2A and 2B, overseas from 971 to 989 (Insee, code officiel géographique).
_INSEE = re.compile(r"(?a)(0[1-9]|[1-8]\d|9[0-5]|2[AB])\d{3}|97[1-8]\d{2}|98[4-9]\d{2}")
_POSTCODE = re.compile(r"(?a)\d{5}")
_SHORT = re.compile(r"(?a)\d{4}")  # 01004, as a spreadsheet keeps it
_HEADS = re.compile(r"(?i)insee|code|commune|nom|name")


class Fault(StrEnum):
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NOT_INSEE = "not_insee"
    LOST_ZERO = "lost_zero"
    NOT_POSTCODE = "not_postcode"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Commune:
    insee_code: str
    name: str
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    """``line`` of the text, from 1; ``said``: the cell at fault."""

    line: int
    fault: Fault
    said: str


class NotCommunes(Exception):
    """``lines``: those at fault, the first ``SHOWN_FAULTS``; none when the list is empty or too long."""

    def __init__(self, lines: Sequence[BadLine] = (), *, is_too_long: bool = False) -> None:
        super().__init__(len(lines))
        self.lines, self.is_too_long = lines, is_too_long


def decoded(content: bytes) -> str:
    """UTF-8, or what a spreadsheet of Windows writes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_communes(text: str) -> list[Commune]:
    """In the order of the list. A first line of titles, empty lines and columns beyond the third are left out."""
    if len(text) > MOST_SIGNS:
        raise NotCommunes(is_too_long=True)
    read: list[Commune] = []
    bad: list[BadLine] = []
    seen: set[str] = set()
    for line, cells in lines_of_cells(text, _HEADS):
        code, name, postcode = [*cells, "", ""][:3]
        commune = Commune(code.upper(), name, postcode)
        fault = _fault(commune, seen)
        if fault is None:
            read.append(commune)
            seen.update((commune.insee_code, commune.name.casefold()))
        elif len(bad) < SHOWN_FAULTS:
            bad.append(BadLine(line, *fault))
    if bad or not read or len(read) > MOST_COMMUNES:
        raise NotCommunes(bad, is_too_long=len(read) > MOST_COMMUNES)
    return read


def _fault(commune: Commune, seen: set[str]) -> tuple[Fault, str] | None:
    code, name, postcode = commune.insee_code, commune.name, commune.postcode
    if not _INSEE.fullmatch(code):
        return (Fault.LOST_ZERO if _SHORT.fullmatch(code) else Fault.NOT_INSEE), code
    if not any(map(str.isalpha, name)):
        return Fault.NO_NAME, name or code
    if len(name) > NAME_LIMIT:
        return Fault.LONG_NAME, name[:NAME_LIMIT]
    if postcode and not _POSTCODE.fullmatch(postcode):
        return (Fault.LOST_ZERO if _SHORT.fullmatch(postcode) else Fault.NOT_POSTCODE), postcode
    if code in seen or name.casefold() in seen:
        return Fault.TWICE, f"{code} {name}"
    return None
