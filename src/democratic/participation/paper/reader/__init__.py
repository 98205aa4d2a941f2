"""Starting the program that reads a page. Neither a web process nor the worker ever opens what was sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from democratic.kernel.files.bounded import cut_parts, run_bounded

LONGEST = 60.0  # seconds to wait, on a machine that does much else: its own limit is of processor
MOST_PAGES = 60
_PROGRAM = str(Path(__file__).with_name("program.py"))


@dataclass(frozen=True, slots=True)
class PageRead:
    """``state``: "read", or why it could not be; ``pages``: of the file, 0 when it could not be opened.

    ``groups``: ``{group: {"ticked": [value], "asks": bool, "fills": {value: part of ink}}}``. ``pictures``: by
    their name, JPEGs that we drew.
    """

    state: str
    pages: int
    code: str
    groups: Mapping[str, Any]
    inked: Mapping[str, float]
    pictures: Mapping[str, bytes]
    peak: int


def read_page(content: bytes, number: int, layouts: Mapping[str, Mapping[str, Any]]) -> PageRead:
    """``layouts``: of the print runs that may be met, by their code. Nothing raises: what fails has its state."""
    asked = json.dumps({"page": number, "most": MOST_PAGES, "layouts": layouts}).encode() + b"\n"
    ended = run_bounded(_PROGRAM, [], asked + content, longest=LONGEST)
    try:
        told = json.loads(ended.head) if ended.code == 0 else {}
    except ValueError:
        told = {}
    pictures = dict(zip(told.get("parts", ()), cut_parts(ended.body, told.get("sizes", [])), strict=False))
    return PageRead(
        state=told.get("state", "too_large"),
        pages=told.get("pages", 0),
        code=told.get("code", ""),
        groups=told.get("groups", {}),
        inked=told.get("inked", {}),
        pictures=pictures,
        peak=told.get("peak", 0),
    )
