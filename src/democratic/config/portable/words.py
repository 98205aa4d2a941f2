"""What is written in the archive for who opens it without this program."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Field

from democratic.config.portable.tables import TABLES, Table, value_field
from democratic.kernel.personal_data import Declaration, NoPersonalData, PersonalData

README = """\
Everything of one authority on democraTIC, in open formats.

manifest.json   whose it is, when, how many rows of each table, the SHA-256 of every other file
schema.json     each table: its columns, their types, what they refer to
data/           one file a table, one line of JSON a row (https://jsonlines.org); identifiers are UUIDs, moments ISO 8601
csv/            the main lists, for a spreadsheet: UTF-8, comma, a header
files/          the files given as evidence, named by the SHA-256 of their content
journal/        the authority's entries of the public journal:
                proofs.jsonl  each with its leaf, its position there and its inclusion proof (RFC 9162)
                heads.jsonl   the signed head that they prove to be under; key.json the key that signed it

A row of data/thread.entry.jsonl never changes. Its words are in data/thread.opening.jsonl, each with the salt that
opens its commitment; words that were erased or hidden are not there, and the proofs hold without them.

{private}
To bring it into another installation: bin/democratic import-authority FILE
"""
WITHOUT_PRIVATE = """\
Without private data: no account, no address, no name of an agent, nothing of what is not published. Each support is
a row of a person whom nobody is, so that the counts stay true.
"""
WITH_PRIVATE = """\
WITH PRIVATE DATA: addresses, names, letters, what each person supports and follows; conversations and campaigns, with
what was answered, by nobody in particular. Whoever holds this file answers for it.
"""


def readme(*, with_private: bool) -> bytes:
    return README.format(private=WITH_PRIVATE if with_private else WITHOUT_PRIVATE).encode()


def _kept_of_people(table: Table) -> str:
    said: Declaration = getattr(
        table.model, "personal_data", NoPersonalData("ties two rows, which say what they keep")
    )
    return said.kind.key if isinstance(said, PersonalData) else f"none: {said.why}"


def schema() -> dict[str, Any]:
    return {table.label.lower(): _columns(table) for table in TABLES}


def _columns(table: Table) -> dict[str, Any]:
    return {
        "personal_data": _kept_of_people(table),
        "columns": {field.attname: dict(_column(field)) for field in table.fields},
    }


def _column(field: "Field[Any, Any]") -> Iterator[tuple[str, Any]]:
    target = value_field(field)
    yield "type", target.get_internal_type()
    if field.null:
        yield "null", True
    if field.primary_key:
        yield "key", True
    if field.is_relation and field.related_model:
        yield "refers_to", field.related_model._meta.label_lower  # noqa: SLF001 -- Django's public name for it
    if field.choices:
        yield "one_of", {str(value): str(label) for value, label in field.flatchoices}
