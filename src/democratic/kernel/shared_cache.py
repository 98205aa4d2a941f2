"""The cache that all workers share. When its table can't be read, whoever counts in it is told, never fooled.

Limits of sign-in are counted there: a cache that forgot them in silence would open the door to guessing.
"""

from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection

from democratic.kernel.outages import Part, Unavailable, report_down


class SharedCache(DatabaseCache):
    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        try:
            return super().get_many(keys, version)
        except DatabaseError as fault:
            raise _unavailable() from fault

    def has_key(self, key: Any, version: int | None = None) -> bool:
        try:
            return bool(super().has_key(key, version))
        except DatabaseError as fault:
            raise _unavailable() from fault

    def _base_set(self, mode: str, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """Of ``set``, ``add`` and ``touch``: allauth takes its locks with them."""
        try:
            return bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]
        except DatabaseError as fault:
            raise _unavailable() from fault


def _unavailable() -> Unavailable:
    if not connection.in_atomic_block:  # in one, the same failure has broken it: the next reader says it
        report_down(Part.CACHE)
    return Unavailable(Part.CACHE)
