"""One place a figure and language in the cache that all workers share: it holds the last drawings alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction

KEPT = 7 * 24 * 3600
AGAIN = 60  # seconds before what failed is tried again


class CannotDraw(Exception):
    """The program failed or took too long: what stands beside the drawing says the same."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a figure's drawings are kept: another digest takes the place of the one before."""

    name: str
    digest: str

    def read(self) -> dict[str, Any] | None:
        kept = cache.get(f"chart:{self.name}")
        return kept["drawn"] if kept and kept["digest"] == self.digest else None

    def write(self, drawn: dict[str, Any], seconds: int = KEPT) -> None:
        cache.set(f"chart:{self.name}", {"digest": self.digest, "drawn": drawn}, seconds)


def once(slot: Slot, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Whoever comes first draws; the others wait for it. What failed is not tried by each of them. CannotDraw."""
    if (kept := slot.read()) is None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "select pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"chart:{slot.name}"]
                )
            if (kept := slot.read()) is None:
                try:
                    kept = make()
                    slot.write(kept)
                except CannotDraw:
                    kept = {}
                    slot.write(kept, AGAIN)
    if not kept:
        raise CannotDraw
    return kept
