"""What most tests start from is made once, by actions; then its rows are copied, each time under ids of their own.

Made anew for each test, it was a fifth of the time of all tests.
"""

import io
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from democratic.kernel.ids import uuid7

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Written by triggers when the others are.
_FOLLOWING = {"thread_shelfcount", "thread_heldcode"}

Rows = dict[str, list[str]]
"""By table, its rows as ``COPY`` says them."""


T = TypeVar("T")


class Copies(Generic[T]):
    """``make`` writes rows and returns objects: models, or what holds them."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._kept: _Kept | None = None

    def one_more(self) -> T:
        if self._kept is not None:
            return cast(T, self._kept.copy())
        with transaction.atomic():
            before = _every_row()
            made = self._make()
            after = _every_row()
        assert all(set(rows) <= set(after[table]) for table, rows in before.items()), (
            "what was there has changed"
        )
        added = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
        self._kept = _Kept({table: rows for table, rows in added.items() if rows}, _written(made))
        return made


@dataclass(frozen=True)
class _Kept:
    rows: Rows
    objects: bytes

    def copy(self) -> object:
        said = {table: "".join(rows) for table, rows in self.rows.items()}
        old = sorted({found for text in said.values() for found in _UUID.findall(text)})
        new = dict(
            zip(old, sorted(str(uuid7()) for _ in old), strict=True)
        )  # in the order of those they replace
        with transaction.atomic(), connection.cursor() as cursor:
            for table, text in said.items():
                with cursor.copy(f'copy "{table}" from stdin') as rows:
                    rows.write(_UUID.sub(lambda found: new[found[0]], text))
        return _Reader(io.BytesIO(self.objects), new).load()


def _every_row() -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            if table not in _FOLLOWING:
                with cursor.copy(f'copy "{table}" to stdout') as rows:
                    said = b"".join(bytes(each) for each in rows).decode()
                found[table] = [f"{row}\n" for row in said.split("\n") if row]
    return found


def _written(made: object) -> bytes:
    held = io.BytesIO()
    _Writer(held).dump(made)
    return held.getvalue()


class _Writer(pickle.Pickler):
    def persistent_id(self, each: object) -> str | None:
        return str(each) if isinstance(each, UUID) else None


class _Reader(pickle.Unpickler):
    def __init__(self, held: io.BytesIO, new: dict[str, str]) -> None:
        super().__init__(held)
        self._new = new

    def persistent_load(self, pid: str) -> UUID:
        return UUID(self._new.get(pid, pid))
