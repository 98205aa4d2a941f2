"""SQL in pieces that carry their own parameters, so that none is ever out of order."""

from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Any

from django.db import connection

Clause = tuple[str, list[Any]]
"""SQL with %s, and what stands for each."""


def joined(clauses: Iterable[Clause]) -> Clause:
    """All of them together; true when there are none."""
    sql, values = [], []
    for piece, given in clauses:
        sql.append(f"({piece})")
        values += given
    return " and ".join(sql) or "true", values


def listed(clauses: Iterable[Clause]) -> Clause:
    """A select list of them; null when there are none."""
    sql, values = [], []
    for piece, given in clauses:
        sql.append(piece)
        values += given
    return ", ".join(sql) or "null", values


def fill(template: str, **slots: Clause) -> Clause:
    """``template`` with each {slot} replaced by its clause, wherever and however often it stands."""
    sql, values = [], []
    for text, slot, _, _ in Formatter().parse(template):
        sql.append(text)
        if slot is not None:
            piece, given = slots[slot]
            sql.append(piece)
            values += given
    return "".join(sql), values


def rows_of(clause: tuple[str, list[Any] | dict[str, Any]]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*clause)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return rows
