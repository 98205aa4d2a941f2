"""Querysets that every page asks: compiled by the ORM once in a process, then asked as they are.

To compile a queryset of a few joins costs a web process more than its answer costs the database. What is
asked on every page is written as any other queryset, with slots for what changes, and kept as SQL.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

Build = Callable[..., QuerySet[Any, Any]]


class _Word(str):
    """Stands for a text while a queryset is compiled; known again by being itself."""

    __slots__ = ()


class _Id(UUID):
    """Stands for an identity in the same way."""


class _Moment(datetime):
    """And for a moment."""


_SLOTS: dict[type, Callable[[], object]] = {
    str: lambda: _Word("?"),
    UUID: lambda: _Id(int=0),
    datetime: lambda: _Moment(2000, 1, 1, tzinfo=UTC),
}


def columns_of(model: type[Model], prefix: str = "", *, but: Collection[str] = ()) -> list[str]:
    """What ``instances_of`` makes an instance from, as ``values_list`` wants them."""
    return [f"{prefix}{field.attname}" for field in model._meta.concrete_fields if field.attname not in but]  # noqa: SLF001


def instances_of(row: Sequence[Any], *models: type[Model], but: Collection[str] = ()) -> list[Any]:
    """The instances that a row holds one after the other, each from its ``columns_of``. ``but``: read when asked for."""
    made, start = list[Any](), 0
    for model in models:
        names = columns_of(model, but=but)
        made.append(model.from_db("default", names, row[start : start + len(names)]))
        start += len(names)
    return made


class Compiled:
    """``build`` is given a value for each of ``slots`` (str, UUID, datetime) and returns a ``values_list``."""

    def __init__(self, build: Build, **slots: type) -> None:
        self._build, self._slots = build, slots
        self._compiled: tuple[str, list[tuple[str, Any]]] | None = None

    def rows(self, **given: Any) -> Sequence[tuple[Any, ...]]:
        """TypeError when a slot is missing, or does not decide what is found."""
        # One assignment: two threads may both compile it the first time, and neither sees half of it.
        sql, names = self._compiled = self._compiled or self._compile()
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[name] if name else value for name, value in names])
            found: Sequence[tuple[Any, ...]] = cursor.fetchall()
            return found

    def first(self, **given: Any) -> tuple[Any, ...] | None:
        rows = self.rows(**given)
        return rows[0] if rows else None

    def _compile(self) -> tuple[str, list[tuple[str, Any]]]:
        standing = {name: _SLOTS[kind]() for name, kind in self._slots.items()}
        compiler = self._build(**standing).query.get_compiler("default")
        sql, values = compiler.as_sql()
        if compiler.get_converters([expression for expression, *_ in compiler.select]):
            raise TypeError("a column that Django converts when it reads it can't be compiled")
        names = [next((name for name, slot in standing.items() if slot is value), "") for value in values]
        if unused := standing.keys() - set(names):
            raise TypeError(f"what is compiled must depend on {sorted(unused)}")
        return sql, list(zip(names, values, strict=True))
