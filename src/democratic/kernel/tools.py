"""The registry of participation tools: each declares in one screen what the platform must know of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Phase:
    key: str
    allows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    label: str | Promise
    count: Callable[..., int]


@dataclass(frozen=True, slots=True)
class Tool:
    """``pages`` is a dotted string, as the web layer stands above.

    ``preflight`` is asked ``(process, now)`` before a process is published, and gives its findings;
    ``published`` is called ``(process, clock)`` in the transaction that publishes it, and ``thrown_away``
    ``(process)`` in the one that deletes its draft: what was written in it goes first. ``copied`` is called
    ``(source, made, author, clock)`` in the one that duplicates it: what was written comes along, nobody's answers do.
    ``written`` is asked ``(process)`` for who approves its draft, and gives named parts, alike in every language.
    """

    key: str
    name: str | Promise
    phases: tuple[Phase, ...]
    pages: str
    figures: tuple[Figure, ...] = ()
    preflight: Callable[..., Sequence[Any]] | None = None
    published: Callable[..., None] | None = None
    thrown_away: Callable[..., None] | None = None
    copied: Callable[..., None] | None = None
    written: Callable[..., Sequence[tuple[str, str]]] | None = None

    def allows(self, phase: str, act: str) -> bool:
        return any(act in known.allows for known in self.phases if known.key == phase)


_tools: dict[str, Tool] = {}


def register(tool: Tool) -> Tool:
    if tool.key in _tools:
        raise ValueError(f"tool {tool.key!r} is registered twice")
    _tools[tool.key] = tool
    return tool


def tool(key: str) -> Tool:
    return _tools[key]


def all_tools() -> tuple[Tool, ...]:
    return tuple(_tools.values())
