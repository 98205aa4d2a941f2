"""What is held of one person, under every identity, read through what each model declares."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from democratic.kernel.data_classes import ALL_CLASSES
from democratic.kernel.models import StoredFile
from democratic.kernel.personal_data import DataClass, PersonalData
from democratic.stewardship.declared import kept_of_people

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Holding:
    """One table's rows of hers, with the columns that may be given."""

    model: type[Model]
    kind: DataClass
    columns: tuple[str, ...]
    rows: Rows

    def each(self) -> Iterator[dict[str, Any]]:
        yield from self.rows.order_by("pk").values(*self.columns).iterator(chunk_size=500)


@dataclass(frozen=True, slots=True)
class Counted:
    kind: DataClass
    rows: int


def holdings_of(person_ids: Collection[UUID]) -> list[Holding]:
    """Every table that a declaration ties to a person; nothing is read before its rows are asked for."""
    return [
        Holding(model, said.kind, _shown(model, said), _hers(model, said, person_ids))
        for model, said in kept_of_people().items()
        if said.of
    ]


def _shown(model: type[Model], said: PersonalData) -> tuple[str, ...]:
    fields = model._meta.concrete_fields  # noqa: SLF001  the schema decides: a new column is given too
    return tuple(field.attname for field in fields if field.attname not in said.hidden)


def _hers(model: type[Model], said: PersonalData, person_ids: Collection[UUID]) -> Rows:
    tied = Q()
    for path in said.of:
        tied |= Q(**{f"{path}__in": person_ids})
    manager = model._default_manager  # noqa: SLF001  whatever it is named
    return manager.filter(pk__in=manager.filter(tied).values("pk"))


def counted(person_ids: Collection[UUID]) -> list[Counted]:
    """How many rows of each class, in the register's order; classes without any are left out."""
    found = dict.fromkeys((kind.key for kind in ALL_CLASSES), 0)
    for holding in holdings_of(person_ids):
        found[holding.kind.key] += holding.rows.count()
    return [Counted(kind, found[kind.key]) for kind in ALL_CLASSES if found[kind.key]]


def files_of(person_ids: Collection[UUID]) -> Iterator[StoredFile]:
    for holding in holdings_of(person_ids):
        if holding.model is StoredFile:
            yield from holding.rows.order_by("pk").iterator()
