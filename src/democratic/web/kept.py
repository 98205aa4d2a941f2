"""What a process keeps for a few seconds because it is asked on every page and changes rarely."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")

MOST_KEPT = 100  # names may be chosen by the client: never more than a hundred are kept


class Kept(Generic[V]):
    """The value of ``read(name)``, at most ``seconds`` old. Never for anything that says who may do what."""

    def __init__(self, read: Callable[[str], V], *, seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._values: dict[str, tuple[float, V]] = {}

    def of(self, name: str = "") -> V:
        kept = self._values.get(name)
        if kept and time.monotonic() - kept[0] < self._seconds:
            return kept[1]
        return self.hold(name, self._read(name))

    def hold(self, name: str, value: V) -> V:
        if len(self._values) >= MOST_KEPT:
            self._values.clear()
        self._values[name] = (time.monotonic(), value)
        return value

    def holds(self, name: str) -> bool:
        kept = self._values.get(name)
        return kept is not None and time.monotonic() - kept[0] < self._seconds

    def forget(self) -> None:
        self._values.clear()
