"""The parent of everything that runs: starts services in order, restarts the fallen, stops all of them.

One thread, no dependency. Children of a life that was killed are ``processes.end_survivors``'s matter.
"""

import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.processes import bury, has_ended, signal_group

FIRST_RETRY, LONGEST_RETRY = 0.2, 5.0  # seconds
SHORT_LIFE = 3.0  # seconds: a service that ends sooner has not held, and waits longer before its next start
RESTARTS, WINDOW = 30, 300.0  # restarts allowed in so many seconds
LOOK = 0.25  # seconds between two looks at the services


def always() -> bool:
    return True


@dataclass(frozen=True)
class Service:
    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    log: Path
    is_ready: Callable[[], bool] = always
    ready_within: float = 60.0
    settles_after: float = 0.0  # seconds of life before it counts as ready
    stop_signal: int = signal.SIGTERM
    grace: float = 10.0  # seconds to stop by itself
    last_signal: int = signal.SIGKILL  # after them
    stops_last: bool = False
    has_workers: bool = True  # what it started ends with it
    tries: int = 4  # starts in a row that never get ready
    explain: Callable[[], str] | None = None  # why it ended, where its log's last line would not say

    def reason(self) -> str:
        return self.explain() if self.explain else f"{last_line(self.log)} (détail : {self.log})"


@dataclass
class Life:
    """A service as it runs: between two starts ``process`` is None and ``retry_at`` says when."""

    service: Service
    process: subprocess.Popen[bytes] | None = None
    is_ready: bool = False
    started_at: float = 0.0
    retry_at: float = 0.0
    hung: bool = False  # killed by us
    unready: int = 0  # starts in a row that ended by themselves without getting ready
    short: int = 0  # short lives in a row
    restarts: deque[float] = field(default_factory=deque)


class Supervisor:
    def __init__(
        self,
        *,
        pause: Callable[[float], None],
        tell: Callable[[str], None],
    ) -> None:
        self.ground: Callable[[], bool] = always  # whether a database that is not ours is there
        self._pause = pause
        self._tell = tell
        self._lives: list[Life] = []

    def start(self, service: Service) -> None:
        """Begin to look after a service, without waiting for it."""
        life = Life(service)
        self._lives.append(life)
        self._spawn(life)

    def wait_for(
        self, name: str, found: Callable[[], bool] | None, *, within: float, beat: Callable[[], None]
    ) -> None:
        """Until the service is ready, or until ``found`` about it, if that is given, comes first."""
        life = next(life for life in self._lives if life.service.name == name)
        deadline = time.monotonic() + within
        while not (life.is_ready or (found and found())):
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Le service « {name} » n'est pas prêt après {within:.0f} s : {life.service.reason()}"
                )
            self.look()
            beat()

    def watch(self) -> None:
        """Until ``pause`` raises, or a service gives up for good."""
        while True:
            self.look()

    def look(self) -> None:
        self._pause(LOOK)
        for life in self._lives:
            self._look_at(life)

    def stop(self) -> None:
        """The services together, then those that the others stand on."""
        for last in (False, True):
            self._stop([life for life in self._lives if life.service.stops_last is last])
        self._lives.clear()

    def _look_at(self, life: Life) -> None:
        now = time.monotonic()
        if life.process is None:
            if now >= life.retry_at and (life.service.stops_last or self._stands()):
                self._spawn(life)
        elif has_ended(life.process):
            self._plan_restart(life, bury(life.process, whole_group=life.service.has_workers))
        elif not life.is_ready:
            self._look_ready(life, now)

    def _stands(self) -> bool:
        """Whether what the others stand on is there: without it they would fall again at once."""
        return all(life.is_ready for life in self._lives if life.service.stops_last) and self.ground()

    def _spawn(self, life: Life) -> None:
        life.process = life.service.spawn()
        life.started_at = time.monotonic()
        life.is_ready = life.hung = False

    def _look_ready(self, life: Life, now: float) -> None:
        service = life.service
        if now - life.started_at >= service.settles_after and service.is_ready():
            life.is_ready = True
            life.unready = 0
            if life.restarts:
                self._tell(f"Le service « {service.name} » est reparti.")
        elif life.process and now - life.started_at > service.ready_within and self.ground():
            life.hung = True
            signal_group(life.process, signal.SIGKILL)

    def _plan_restart(self, life: Life, code: int) -> None:
        now = time.monotonic()
        service = life.service
        life.process = None
        if service.stops_last or self._stands():
            self._count(life, code, now)
        life.is_ready = False
        ending = f"signal {-code}" if code < 0 else f"code {code}"
        if life.unready >= service.tries or len(life.restarts) > RESTARTS:
            raise CannotStart(f"Le service « {service.name} » ne tient pas ({ending}) : {service.reason()}")
        life.retry_at = now + min(LONGEST_RETRY, FIRST_RETRY * 2**life.short)
        self._tell(f"Le service « {service.name} » s'est arrêté ({ending}) ; on le relance.")

    def _count(self, life: Life, code: int, now: float) -> None:
        """A kill from outside says nothing against the service: it only counts among its restarts."""
        was_killed = code == -signal.SIGKILL and not life.hung
        if not was_killed:
            life.unready = 0 if life.is_ready else life.unready + 1
        life.short = life.short + 1 if now - life.started_at < SHORT_LIFE else 0
        life.restarts.append(now)
        while life.restarts[0] < now - WINDOW:
            life.restarts.popleft()

    def _stop(self, lives: list[Life]) -> None:
        running = [(life.service, life.process) for life in lives if life.process is not None]
        for service, process in running:
            if not has_ended(process):
                process.send_signal(service.stop_signal)
        asked_at = time.monotonic()
        for service, process in running:
            while not has_ended(process) and time.monotonic() < asked_at + service.grace:
                time.sleep(0.02)
            if not has_ended(process):
                signal_group(process, service.last_signal)
            bury(process, whole_group=service.has_workers)


def last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "sans un mot"
