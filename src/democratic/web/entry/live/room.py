"""How many may watch at once, in one process: everyone, those behind one address, the tabs of one session."""

from collections import Counter

from django.conf import settings

from democratic.web.metrics.counters import LIVE_STREAMS

MOST = 4000
MOST_OF_A_NETWORK = 1000  # a whole school shares one address
MOST_OF_A_SESSION = 20


class Room:
    def __init__(self) -> None:
        self._all = 0
        self._of: Counter[tuple[str, str]] = Counter()

    def enter(self, network: str, session: str) -> bool:
        """False when it is full for who comes; then she takes no place."""
        factor = settings.LIMITS_FACTOR
        if (
            self._all >= MOST
            or self._of["network", network] >= MOST_OF_A_NETWORK * factor
            or (session and self._of["session", session] >= MOST_OF_A_SESSION * factor)
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
        LIVE_STREAMS.set(self._all)
