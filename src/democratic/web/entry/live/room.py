"""How many may watch at once, in one process: everyone, those behind one address, the tabs of one session."""

from collections import Counter

from django.conf import settings
from prometheus_client import Gauge


class Room:
    def __init__(self, gauge: Gauge, most: int, of_a_network: int, of_a_session: int) -> None:
        self._gauge, self._most = gauge, most
        self._of_a_network, self._of_a_session = of_a_network, of_a_session
        self._all = 0
        self._of: Counter[tuple[str, str]] = Counter()

    def enter(self, network: str, session: str) -> bool:
        """False when it is full for who comes; then she takes no place."""
        factor = settings.LIMITS_FACTOR
        if (
            self._all >= self._most
            or self._of["network", network] >= self._of_a_network * factor
            or (session and self._of["session", session] >= self._of_a_session * factor)
        ):
            return False
        self._count(network, session, 1)
        return True

    def leave(self, network: str, session: str) -> None:
        self._count(network, session, -1)

    def _count(self, network: str, session: str, step: int) -> None:
        self._all += step
        for key in (("network", network), ("session", session)):
            self._of[key] += step
            if not self._of[key]:
                del self._of[key]
        self._gauge.set(self._all)
