"""Three named orders for a list, and cursors that keep a page in its place while others write."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import md5
from typing import Any
from uuid import UUID


class Ranking(StrEnum):
    """``RANDOM`` is drawn anew each day, the same for all: MD5 of the day and the code; anyone can redo it."""

    VOICES = "voix"
    NEWEST = "recentes"
    RANDOM = "hasard"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Just after the row whose sort key this is, or just before it. ``rank``: that row's place, from 1.

    ``key`` is (supports, id), (moment, id), or (drawn,); ``day`` is that of the draw.
    """

    rank: int
    key: tuple[Any, ...]
    is_back: bool = False
    day: date | None = None


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSORS = {
    Ranking.VOICES: re.compile(r"(\d{1,7})\.(\d{1,9})\.([0-9a-f]{32})", re.ASCII),
    Ranking.NEWEST: re.compile(r"(\d{1,7})\.(\d{1,16})\.([0-9a-f]{32})", re.ASCII),
    Ranking.RANDOM: re.compile(r"(\d{1,7})\.(\d{4}-\d\d-\d\d)\.([0-9A-Z-]{7,8})", re.ASCII),
}


def drawn(day: date, code: str) -> str:
    """What the order of the day sorts by."""
    return md5(f"{day.isoformat()} {code}".encode(), usedforsecurity=False).hexdigest()


def cursor_of_voices(rank: int, supports: int, record_id: UUID) -> str:
    return f"{rank}.{supports}.{record_id.hex}"


def cursor_of_moment(rank: int, happened_at: datetime, record_id: UUID) -> str:
    return f"{rank}.{(happened_at - _EPOCH) // timedelta(microseconds=1)}.{record_id.hex}"


def cursor_of_draw(rank: int, day: date, code: str) -> str:
    return f"{rank}.{day.isoformat()}.{code}"


def read_cursor(ranking: Ranking, written: str, *, is_back: bool = False) -> Cursor | None:
    """None when it was not written here for this order: the list then begins again."""
    match = _CURSORS[ranking].fullmatch(written)
    if match is None:
        return None
    rank, first, second = int(match[1]), match[2], match[3]
    if ranking == Ranking.VOICES:
        return Cursor(rank, (int(first), UUID(hex=second)), is_back)
    try:
        if ranking == Ranking.NEWEST:
            moment = _EPOCH + timedelta(microseconds=int(first))
            return Cursor(rank, (moment, UUID(hex=second)), is_back)
        day = date.fromisoformat(first)
    except (ValueError, OverflowError):
        return None
    return Cursor(rank, (drawn(day, second),), is_back, day)
