"""Chapters of a recording, as one types them: « 1:02:30 Le dernier bus », one a line."""

import re
from dataclasses import dataclass

MOST = 100
LONGEST_TITLE = 160
_LINE = re.compile(r"\s*(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\s+(?:[-–—·]\s+)?(\S.*)$")


@dataclass(frozen=True, slots=True)
class Chapter:
    """``at``: seconds from the beginning of the recording."""

    at: int
    title: str


def read_chapters(text: str) -> tuple[list[Chapter], list[int]]:
    """In the order of time, and the numbers of the lines that say no time or no title."""
    chapters: list[Chapter] = []
    wrong: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        read = _LINE.match(line[:400])
        if read is None or len(chapters) >= MOST:
            wrong.append(number)
            continue
        hours, minutes, seconds, title = read.groups()
        at = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        chapters.append(Chapter(at, title.strip()[:LONGEST_TITLE]))
    return sorted(chapters, key=lambda each: each.at), wrong


def write_chapters(chapters: list[Chapter]) -> str:
    return "\n".join(f"{clock(each.at)} {each.title}" for each in chapters)


def clock(seconds: int) -> str:
    """« 1:02:30 », « 4:05 »."""
    hours, rest = divmod(max(seconds, 0), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
