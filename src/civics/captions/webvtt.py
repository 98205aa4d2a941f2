"""Captions from a WebVTT file, whoever wrote it: what can be read is read, and each line that cannot is named.

SubRip is read too: it differs by a comma. Names of voices are left out, as are styles, notes and regions.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

MOST_BYTES = 6_000_000  # six hours of talk are under one
MOST_CUES = 20_000
MOST_PROBLEMS = 20
LONGEST_TEXT = 500
LONGEST_SECONDS = 24 * 3600
_LONGEST_CUE = 5_000  # signs looked at in one cue

_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_TAG = re.compile(r"<[^<>]{0,200}>")
_ASIDE = ("NOTE", "STYLE", "REGION")


class Why(StrEnum):
    NO_TIME = "no_time"
    BAD_TIME = "bad_time"
    ENDS_BEFORE = "ends_before"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Cue:
    """``starts`` and ``ends``: milliseconds from the first of the recording."""

    starts: int
    ends: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """``line`` counts from 1."""

    line: int
    why: Why


@dataclass(slots=True)
class Captions:
    """``problems``: the first of ``wrong``. ``is_cut``: there were more cues than we read."""

    cues: list[Cue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0
    is_cut: bool = False

    def complain(self, line: int, why: Why) -> None:
        self.wrong += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, why))


def decode(raw: bytes) -> str:
    """UTF-8 as the standard asks, or what editors of other systems leave: UTF-16 with its mark, Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_captions(text: str) -> Captions:
    """In the order of time. Never an error: what is wrong is in ``problems``."""
    found = Captions()
    for line, block in _blocks(text):
        if len(found.cues) >= MOST_CUES:
            found.is_cut = True
            break
        _read(found, line, block)
    found.cues.sort(key=lambda cue: (cue.starts, cue.ends))
    return found


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines between empty ones, with the number of the first."""
    kept: list[str] = []
    first = 1
    lines = text.replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            if not kept:
                first = number
            kept.append(line)
        elif kept:
            yield first, kept
            kept = []


def _read(found: Captions, line: int, block: list[str]) -> None:
    if line == 1 and block[0].lstrip("\ufeff").startswith("WEBVTT"):
        return
    if block[0].split(None, 1)[0] in _ASIDE and "-->" not in block[0]:
        return
    at = next((n for n, each in enumerate(block[:2]) if "-->" in each), None)
    if at is None:
        found.complain(line, Why.NO_TIME)
        return
    timing = _TIMING.match(block[at][:400])
    if timing is None:
        found.complain(line + at, Why.BAD_TIME)
        return
    starts, ends = _milliseconds(timing.groups()[:4]), _milliseconds(timing.groups()[4:])
    said = _said(block[at + 1 :])
    if ends <= starts or ends > LONGEST_SECONDS * 1000:
        found.complain(line + at, Why.ENDS_BEFORE)
    elif not said:
        found.complain(line + at, Why.EMPTY)
    else:
        found.cues += [Cue(starts, ends, each) for each in cut(said)]


def _milliseconds(parts: Iterable[str | None]) -> int:
    hours, minutes, seconds, rest = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((rest or "0").ljust(3, "0"))


def _said(lines: list[str]) -> str:
    joined = " ".join(lines)[:_LONGEST_CUE]
    return " ".join(html.unescape(_TAG.sub("", joined)).split())


def cut(text: str) -> list[str]:
    """In pieces of at most ``LONGEST_TEXT`` signs, between words where there are any."""
    pieces, rest = [], text
    while len(rest) > LONGEST_TEXT:
        at = rest.rfind(" ", 0, LONGEST_TEXT + 1)
        at = at if at > 0 else LONGEST_TEXT
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def write_captions(cues: Iterable[Cue]) -> Iterator[str]:
    """The file in pieces, as the standard writes it."""
    yield "WEBVTT\n"
    for cue in cues:
        text = html.escape(cue.text, quote=False)
        yield f"\n{_stamp(cue.starts)} --> {_stamp(cue.ends)}\n{text}\n"


def _stamp(at: int) -> str:
    seconds, rest = divmod(max(at, 0), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
