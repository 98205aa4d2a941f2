"""The cache that all workers share, one statement an act: what must not live in one process, for a while.

Django's own asks four times to write once, and throws away whatever comes when it is full: used codes and
counts of tries are kept in it, and nobody may push them out by filling it. When its table can't be read,
whoever counts in it is told, never fooled: a cache that forgot in silence would open the door to guessing.
"""

import base64
import pickle
from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection

from democratic.kernel.outages import Part, Unavailable, report_down

_SET = """
insert into kernel_cache (cache_key, value, expires) values (%s, %s, clock_timestamp() + %s * interval '1 second')
on conflict (cache_key) do update set value = excluded.value, expires = excluded.expires
"""
_ADD = f"{_SET} where kernel_cache.expires < clock_timestamp() returning 1"
_FOR_EVER = 10 * 365 * 24 * 3600.0


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

    def set(
        self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._write(_SET, key, value, timeout, version)

    def add(
        self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Of two at once, one alone is told that it was first."""
        return self._write(_ADD, key, value, timeout, version) == 1

    def _write(self, sql: str, key: str, value: object, timeout: Any, version: int | None) -> int:
        named = self.make_and_validate_key(key, version=version)
        packed = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, [named, packed, _FOR_EVER if seconds is None else float(seconds)])
                return cursor.rowcount
        except DatabaseError as fault:
            raise _unavailable() from fault


def _unavailable() -> Unavailable:
    if not connection.in_atomic_block:  # in one, the same failure has broken it: the next reader says it
        report_down(Part.CACHE)
    return Unavailable(Part.CACHE)


def forget_old_cache() -> int:
    with connection.cursor() as cursor:
        cursor.execute("delete from kernel_cache where expires < now()")
        return cursor.rowcount
