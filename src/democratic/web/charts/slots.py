"""One place a figure and language in the cache that all workers share: it holds the last drawings alone."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

KEPT = 7 * 24 * 3600


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
