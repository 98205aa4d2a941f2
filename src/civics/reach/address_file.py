"""A list of addresses, as a sheet or a paste gives it: one a line, whatever stands in the other columns, which is not kept.

Numbers are read as in France (numbering plan of Arcep) and written as E.164 says: « 06 12 34 56 78 » is +33612345678.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from civics.pasted import lines_of_cells

MOST_SIGNS = 2_000_000
MOST_LINES = 20_000
SHOWN_FAULTS = 20
_HEADS = re.compile(r"(?i)^[^@]*(mail|courriel|t[ée]l|num|mobile|portable|nom|adresse)[^@]*$")
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,190}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_NUMBER = re.compile(r"\+?[\d\s.\-/()\u00a0\u202f]{8,30}")
# Mobile numbers of overseas territories, to their own country codes.
_OVERSEAS = {
    "690": "590", "691": "590", "694": "594", "696": "596", "697": "596", "692": "262", "693": "262", "639": "262",
}  # fmt: skip
_NATIONAL = 9  # digits of a French number, without its first 0
_E164 = range(8, 16)


class Fault(StrEnum):
    NONE = "none"
    SEVERAL = "several"
    NOT_A_MOBILE = "not_a_mobile"


class Sort(StrEnum):
    NUMBER = "number"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class BadLine:
    """``line`` of the text, from 1; ``said``: what stands there."""

    line: int
    fault: Fault
    said: str


@dataclass(frozen=True, slots=True)
class Listed:
    """``addresses``: each once, in the order of the file. ``bad``: the first ``SHOWN_FAULTS`` of ``unread`` lines."""

    addresses: Sequence[str]
    repeated: int = 0
    unread: int = 0
    bad: Sequence[BadLine] = ()


class TooLong(Exception):
    """More than ``MOST_SIGNS``, or than ``MOST_LINES``."""


def read_addresses(text: str, sort: Sort) -> Listed:
    """Lines that can't be read are told, and left out."""
    if len(text) > MOST_SIGNS:
        raise TooLong
    found: dict[str, None] = {}
    bad: list[BadLine] = []
    repeated = unread = 0
    for at, cells in lines_of_cells(text, _HEADS):
        address = _one_of(cells, sort)
        if isinstance(address, Fault):
            unread += 1
            if len(bad) < SHOWN_FAULTS:
                bad.append(BadLine(at, address, ";".join(cells)))
            continue
        repeated += address in found
        found[address] = None
    if len(found) > MOST_LINES:
        raise TooLong
    return Listed(list(found), repeated, unread, bad)


def _one_of(cells: Sequence[str], sort: Sort) -> str | Fault:
    """The only cell that is an address: two would be two people, or one asked twice."""
    read = email_in if sort == Sort.EMAIL else mobile_in
    found = [each for cell in cells if cell and (each := read(cell)) is not None]
    addresses = {each for each in found if not isinstance(each, Fault)}
    if len(addresses) == 1:
        return addresses.pop()
    if len(addresses) > 1:
        return Fault.SEVERAL
    return next((each for each in found if isinstance(each, Fault)), Fault.NONE)


def email_in(cell: str) -> str | None:
    """« Lina <lina@mail.example> » as well."""
    bare = cell.rpartition("<")[2].partition(">")[0].strip().lower()
    return bare if _EMAIL.fullmatch(bare) else None


def mobile_in(cell: str) -> str | Fault | None:
    """In E.164; a French number by which no SMS is received is said to be one."""
    if not _NUMBER.fullmatch(cell):
        return None
    digits = re.sub(r"\D", "", cell.replace("(0)", ""))
    if cell.startswith("+") or digits.startswith("00"):
        return _abroad(digits.removeprefix("00"))
    if len(digits) == _NATIONAL + 1 and digits.startswith("0"):
        return _french(digits[1:])
    return None


def _abroad(digits: str) -> str | Fault | None:
    if digits.startswith("33") and len(digits) == len("33") + _NATIONAL:
        return _french(digits[2:])
    return f"+{digits}" if len(digits) in _E164 and not digits.startswith("0") else None


def _french(digits: str) -> str | Fault:
    if country := _OVERSEAS.get(digits[:3]):
        return f"+{country}{digits}"
    return f"+33{digits}" if digits[0] in "67" else Fault.NOT_A_MOBILE
