"""What the code of a page says: which print run, which sheet of it, and a check that only its authority can make."""

import re
from dataclasses import dataclass

HEAD = "DTP1"
_SAID = re.compile(rf"{HEAD}-([0-9A-Z]{{6}})-([0-9]{{4}})-([0-9A-Z]{{8}})")


@dataclass(frozen=True, slots=True)
class PageCode:
    run: str
    serial: int
    check: str

    def __str__(self) -> str:
        return f"{HEAD}-{self.run}-{self.serial:04d}-{self.check}"


def read_page_code(said: str) -> PageCode | None:
    """None: another code than ours."""
    found = _SAID.fullmatch(said)
    return PageCode(found[1], int(found[2]), found[3]) if found else None
