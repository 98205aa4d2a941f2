"""A meeting with thousands of screens: how soon an event is read by all, what they weigh, how they come back, votes."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from democratic.config.bench.installation import Installation
from democratic.config.bench.live_meeting import Ballot, LiveMeeting
from democratic.config.bench.size import Step
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.queries import last_number
from democratic.participation.meetings.live.touching import touch

BETWEEN = 0.55  # seconds between two events of one topic: the teller tells two a second at most
MB = 1024


@dataclass
class Load:
    process: subprocess.Popen[str]
    committed: dict[int, float] = field(default_factory=dict)

    def order(self, **what: Any) -> dict[str, Any]:
        assert self.process.stdin is not None  # noqa: S101
        assert self.process.stdout is not None  # noqa: S101
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said


@contextmanager
def load() -> Iterator[Load]:
    command = [sys.executable, "-m", "democratic.config.bench.live_clients"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield Load(process)
        finally:
            process.kill()


def live_timed(
    meeting: LiveMeeting, installation: Installation, *, streams: int, events: int, votes: int, seconds: int
) -> Iterator[Step]:
    port = int(installation.base.rpartition(":")[2])
    with load() as crowd:
        crowd.order(do="crowd", port=port, path=f"{meeting.path}/flux")
        crowd.order(do="come", number=20, after=0)
        _tell(crowd, meeting, 2)  # what is made once is made
        before = _memory(installation)
        work = _Work(installation)
        came = crowd.order(do="come", number=streams, after=last_number(meeting.pk))
        yield Step(f"{streams} screens come", came["seconds"], _of_entry(came) + work.since())
        yield _told(crowd, meeting, events, "an event read by all", work)
        during = _memory(installation)
        yield Step(
            "memory above idle",
            0.0,
            f"{during - before:.0f} MB more than {before:.0f} MB, all processes of pages",
        )
        work.since()
        storm = crowd.order(do="storm")
        yield Step("all cut, all back", storm["seconds"], _of_entry(storm) + work.since())
        yield _told(crowd, meeting, max(4, events // 4), "an event after the storm", work)
        after = _memory(installation)
        yield Step("memory after the storm", 0.0, f"{after - before:.0f} MB more than idle")
        if votes:
            yield from _vote(crowd, meeting.ballot(), port, votes, seconds, work)


def _vote(crowd: Load, ballot: Ballot, port: int, rate: int, seconds: int, work: "_Work") -> Iterator[Step]:
    work.since()
    said = crowd.order(
        do="vote",
        port=port,
        path=ballot.path,
        cookies=ballot.cookies,
        rate=rate,
        seconds=seconds,
        options=ballot.options,
    )
    worked = work.since()
    lost, double = ballot.compare(said["kept"])
    waits = sorted(said["waits"])
    detail = (
        f"{said['sent']} sent, {len(said['waits']) / said['seconds']:.0f}/s, acknowledged after"
        f" {_at(waits, 0.5):.0f} ms (p50), {_at(waits, 0.99):.0f} ms (p99); refused {said['failed'] or 0};"
        f" {lost} lost, {double} double{worked}"
    )
    yield Step(f"{rate} votes a second for {seconds} s", said["seconds"], detail)
    told = crowd.order(do="told", last=last_number(ballot.meeting))
    detail = f"{len(told['heard'])} events, {told['late']} late readers, {told['wrong']} gaps"
    yield Step("what screens were told meanwhile", 0.0, detail)


def _tell(crowd: Load, meeting: LiveMeeting, events: int) -> list[float]:
    """How long each reader waited for each event, from its commit, in seconds."""
    first, committed = last_number(meeting.pk) + 1, []
    for number in range(first, first + events):
        touch(meeting.pk, Topic.STATE)
        committed.append(time.monotonic())
        while last_number(meeting.pk) < number:  # of two touches that wait together one event is made
            time.sleep(0.01)
        time.sleep(BETWEEN)
    told = crowd.order(do="told", last=first + events - 1)
    if told["late"] or told["wrong"]:
        sys.stdout.write(f"| MISSED | | {told['late']} readers are late, {told['wrong']} gaps |\n")
    at = {int(number): moments for number, moments in told["heard"].items()}
    return sorted(
        moment - made for number, made in enumerate(committed, first) for moment in at.get(number, [])
    )


def _told(crowd: Load, meeting: LiveMeeting, events: int, what: str, work: "_Work") -> Step:
    work.since()
    waits = _tell(crowd, meeting, events)
    p50, p95, p99 = (_at(waits, share) for share in (0.5, 0.95, 0.99))
    detail = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms; {len(waits)} read{work.since()}"
    return Step(what, waits[-1] if waits else 0.0, detail)


class _Work:
    """What the processes of pages worked, in seconds of processor: it says more than time on a machine in use."""

    def __init__(self, installation: Installation) -> None:
        self._installation, self._before = installation, _worked(installation)

    def since(self) -> str:
        now = _worked(self._installation)
        worked, self._before = now - self._before, now
        return f"; pages worked {worked:.1f} s"


def _worked(installation: Installation) -> float:
    ticks = 0
    for pid in _family(installation.web.pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _of_entry(said: dict[str, Any]) -> str:
    return f"{said['inside']} inside, {said['refused']} refused"


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] * 1000 if values else float("nan")


def _memory(installation: Installation) -> float:
    """Proportional set size of the processes of pages, in MB."""
    return sum(_pss(pid) for pid in _family(installation.web.pid)) / MB


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _pss(pid: int) -> int:
    found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def load_of_machine() -> str:
    return " ".join(f"{each:.1f}" for each in os.getloadavg())
