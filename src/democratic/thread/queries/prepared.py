"""Guarded reads that every page begins with: compiled by the ORM once, then asked as they are.

To compile a queryset of a few joins costs a web process more than the whole answer of the database, so
what decides whether a stored page may be shown is written as any other queryset, and kept as SQL.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from democratic.people.models import Person
from democratic.thread.models import Authority
from democratic.thread.queries.clauses import rows_of
from democratic.thread.rules import Viewer

Build = Callable[[Viewer, str], QuerySet[Any, tuple[Any, ...]]]


class _Id(UUID):
    """Stands for an identity while a queryset is compiled; known again by being itself."""


class _Word(str):
    __slots__ = ()


_AUTHORITY, _PERSON, _WORD = _Id(int=1), _Id(int=2), _Word("?")


class GuardedRead:
    """``build(viewer, word)`` is a queryset of ``values_list``, filtered by the viewer's rights and one word."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._compiled: dict[bool, tuple[str, tuple[Any, ...]]] = {}

    def first(self, viewer: Viewer, word: str) -> tuple[Any, ...] | None:
        """The one row, or None: missing and forbidden look alike."""
        is_known = viewer.is_signed_in and viewer.person is not None
        if is_known not in self._compiled:
            self._compiled[is_known] = self._compile(is_known=is_known)
        sql, slots = self._compiled[is_known]
        person = viewer.person.pk if viewer.person else None
        values = [_filled(slot, viewer.authority.pk, person, word) for slot in slots]
        rows = rows_of((sql, values))
        return rows[0] if rows else None

    def _compile(self, *, is_known: bool) -> tuple[str, tuple[Any, ...]]:
        anyone = Viewer(
            Authority(pk=_AUTHORITY), Person(pk=_PERSON) if is_known else None, is_signed_in=is_known
        )
        sql, slots = self._build(anyone, _WORD)[:1].query.sql_with_params()
        wanted = [_AUTHORITY, _WORD, *([_PERSON] if is_known else [])]
        if missing := [each for each in wanted if not any(slot is each for slot in slots)]:
            raise TypeError(f"a guarded read must depend on {missing}")
        return sql, slots


def _filled(slot: object, authority: UUID, person: UUID | None, word: str) -> object:
    if slot is _AUTHORITY:
        return authority
    if slot is _PERSON:
        return person
    return word if slot is _WORD else slot
