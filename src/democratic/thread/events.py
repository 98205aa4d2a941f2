"""Kinds of Entry: facts in the past tense, versioned, with the parts of words that each may open.

A kind never changes its meaning; a new shape is a new version, and ``upcast`` reads the old ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
Upcaster = Callable[[Data], Data]


@dataclass(frozen=True, slots=True)
class Event:
    kind: str
    version: int = 1
    words: frozenset[str] = frozenset()


_events: dict[str, Event] = {}
_upcasters: dict[tuple[str, int], Upcaster] = {}


def event(kind: str, *, version: int = 1, words: frozenset[str] | set[str] = frozenset()) -> Event:
    if kind in _events:
        raise ValueError(f"event {kind!r} is declared twice")
    _events[kind] = Event(kind, version, frozenset(words))
    return _events[kind]


def upcaster(kind: str, from_version: int, read: Upcaster) -> None:
    _upcasters[kind, from_version] = read


def upcast(kind: str, version: int, data: Mapping[str, Any]) -> Data:
    """The data of an old Entry in the shape of today's version of its kind. KeyError: kind unknown."""
    current, read = _events[kind].version, dict(data)
    for step in range(version, current):
        read = _upcasters[kind, step](read)
    return read


def known_events() -> Mapping[str, Event]:
    return dict(_events)


WORDS = {"title", "text", "byline"}

COMMENT_POSTED = event("comment_posted", words=WORDS)
# {total, verified}: of these, by people who were verified when they tapped; 0 says fewer than five, null not known.
SUPPORTS_COUNTED = event("supports_counted", version=2)
upcaster("supports_counted", 1, lambda data: {"verified": None, **data})
RECORD_REWORDED = event("record_reworded", words=WORDS)
RECORD_WITHDRAWN_BY_AUTHOR = event("record_withdrawn_by_author")
RECORD_CLAIMED = event("record_claimed")
WORDS_ERASED = event("words_erased")
BYLINE_ERASED = event("byline_erased")
FILES_ERASED = event("files_erased")
AUTHORITY_WITHDREW = event("authority_withdrew", words={"reason", "function"})
AUTHORITY_IMPORTED = event("authority_imported")
EPOCH_OPENED = event("epoch_opened", words={"reason"})
