"""Rows as lines of JSON and back. The columns' own names; identifiers as they are, and so the same elsewhere."""

import json
import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Field, JSONField, Model, Q, QuerySet

from democratic.config.portable.settling import as_it_leaves
from democratic.config.portable.tables import PERSONS, PUBLIC, Table, value_field
from democratic.kernel.ids import uuid7
from democratic.people.models import Person
from democratic.thread.models import Authority

CHUNK = 2000
SUPPORT, ANSWER, PERSON = "thread.Support", "participation.PollAnswer", "people.Person"
_OF_PERSON = {"people.Account": "person", "people.ContactAddress": "person", "people.Consent": "person"}

Row = dict[str, Any]


def rows_of(table: Table, authority: Authority, *, with_private: bool) -> Iterator[Row]:
    """As they are exported, in the order of their identifiers, a few thousands in memory at a time."""
    if table.is_private and not with_private:
        return
    query = _asked(table, authority)
    if table.left is not None and not with_private:
        query = query.exclude(pk__in=query.filter(table.left).values("pk"))
    names = [field.attname for field in table.fields]
    veils = _veils(table) if not with_private else []
    for values in query.values_list(*names, *veils).iterator(chunk_size=CHUNK):
        row = dict(zip(names, values[: len(names)], strict=True)) | dict.fromkeys(table.dropped)
        row = as_it_leaves(table.label, row)
        yield row if with_private else _public(table, row, values[len(names) :])


def _asked(table: Table, authority: Authority) -> QuerySet[Model]:
    if table.label == PERSON:
        return persons_of(authority)
    if table.label in _OF_PERSON:
        return table.all_rows.filter(person__in=persons_of(authority)).order_by("pk")
    return table.rows(authority)


def persons_of(authority: Authority) -> QuerySet[Person]:
    """With those under whom they now speak."""
    named = Q()
    for path in PERSONS:
        named |= Q(pk__in=Person.objects.filter(**{path: authority.pk}).values("pk"))
    return Person.objects.filter(named | Q(pk__in=Person.objects.filter(named).values("root"))).order_by("pk")


def _veils(table: Table) -> list[str]:
    if not table.blank_unless_shown:
        return []
    prefix = f"{table.shown_by}__" if table.shown_by else ""
    return [f"{prefix}visibility", f"{prefix}audience__is_public"]


def _public(table: Table, row: Row, veils: tuple[Any, ...]) -> Row:
    blanked = dict.fromkeys(table.blank)
    if veils and veils != (PUBLIC, True):
        blanked |= dict.fromkeys(table.blank_unless_shown, "")
    if table.label == SUPPORT:
        # A support must count for ever, and say nothing: a row, a person whom nobody is, no moment.
        blanked |= {"id": uuid7(), "person_id": _nobody(), "created_at": None}
    if table.label == ANSWER:
        blanked |= {"id": uuid7()}  # its own says when it was given
    return row | blanked


def _nobody() -> UUID:
    return UUID(bytes=secrets.token_bytes(16), version=4)


def line_of(row: Row) -> bytes:
    return json.dumps(row, default=_said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _said(value: Any) -> Any:
    """Moments to the microsecond: what is read back is what was there."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def read_row(line: bytes, fields: dict[str, "Field[Any, Any]"]) -> Row:
    """ValueError, ValidationError: not a row of this table."""
    row = json.loads(line)
    if unknown := row.keys() - fields.keys():
        raise ValueError(f"unknown columns: {sorted(unknown)}")
    return {name: _read(fields[name], value) for name, value in row.items()}


def _read(field: "Field[Any, Any]", value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return bytes.fromhex(value)
    target = value_field(field)
    return target.to_python(value)
