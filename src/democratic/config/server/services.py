"""The three programs that run beside the database, and how each is known to be ready."""

import http.client
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from democratic.config.places import LIFE, ROOT, Places
from democratic.config.server.database import PUBLIC
from democratic.config.server.embedded import fresh_log
from democratic.config.server.options import EVERYWHERE
from democratic.config.server.postgres import Postgres
from democratic.config.server.processes import spawn
from democratic.config.server.supervisor import SHORT_LIFE, Service

ANSWER_WITHIN = 2.0  # seconds
LONGEST_ANSWER = 2000  # bytes


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "democratic.config.cli", *words]


def environment(place: Places, url: str, address: str) -> dict[str, str]:
    """For our own programs: the database, and the mark by which a later life finds what this one left."""
    return {
        PUBLIC: address,
        **os.environ,
        "DATABASE_URL": url,
        "DEMOCRATIC_VAR": str(place.var),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
        LIFE: str(place.var),
    }


def database_service(server: Postgres, place: Places) -> Service:
    return Service(
        name="base",
        spawn=server.spawn,
        log=place.log / "postgresql.log",
        is_ready=server.is_ready,
        ready_within=900.0,  # after a crash it replays all that it had acknowledged
        stop_signal=Postgres.FAST,
        grace=60.0,
        last_signal=Postgres.IMMEDIATE,
        stops_last=True,
        tries=6,  # processes of the life before may hold its memory for some seconds
        explain=server.why_not,
        has_workers=False,  # its own end with it, each in a group of its own
    )


def our_service(name: str, argv: list[str], env: Mapping[str, str], place: Places) -> Service:
    log = fresh_log(place.log / f"{name}.log")
    return Service(name, partial(spawn, argv, log=log, env=env, cwd=ROOT), log, settles_after=SHORT_LIFE)


@dataclass(frozen=True, slots=True)
class Pages:
    """The web service as seen from outside, at its own address."""

    host: str
    port: int

    def service(self, argv: list[str], env: Mapping[str, str], place: Places) -> Service:
        plain = our_service("web", argv, env, place)
        return replace(plain, settles_after=0.0, is_ready=self.are_ready, explain=partial(self._why, plain))

    def answer(self) -> bool:
        """Whether they answer anything at all."""
        return self._ask() is not None

    def are_ready(self) -> bool:
        answer = self._ask()
        return answer is not None and answer[0] == http.client.OK

    def _ask(self) -> tuple[int, str] | None:
        """Status and text of /readyz."""
        address = EVERYWHERE.get(self.host, self.host)
        connection = http.client.HTTPConnection(address, self.port, timeout=ANSWER_WITHIN)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            return answer.status, answer.read(LONGEST_ANSWER).decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _why(self, service: Service) -> str:
        answer = self._ask()
        if answer is None:
            return service.reason()
        return f"/readyz dit {answer[0]}, « {' '.join(answer[1].split())[:200]} » (détail : {service.log})"
