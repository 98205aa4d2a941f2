"""Stop signals, read at chosen moments: none ever lands between two halves of a step."""

import signal
import time
from types import TracebackType
from typing import Self

from democratic.config.server.errors import StopAsked

STOP = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


class Interrupts:
    """While entered, SIGTERM, SIGINT and SIGHUP are held back until ``pause`` reads them."""

    def __init__(self) -> None:
        self.stopping = False

    def __enter__(self) -> Self:
        self._before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP | {signal.SIGCHLD})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.sigtimedwait(STOP, 0)  # a second Ctrl-C has nothing left to stop
        signal.pthread_sigmask(signal.SIG_SETMASK, self._before)

    def pause(self, seconds: float) -> None:
        """Wait; cut short by the end of a child, and by StopAsked, once, when a stop is asked."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            got = signal.sigtimedwait(STOP | {signal.SIGCHLD}, left)
            if got is None or got.si_signo == signal.SIGCHLD:
                return
            if not self.stopping:
                self.stopping = True
                raise StopAsked
