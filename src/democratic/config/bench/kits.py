"""How long each printed sheet takes, composed anew each time: what the first who asks waits for."""

import time
from collections.abc import Iterator
from datetime import date
from statistics import median

from democratic.config.bench.fill import Filled
from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for
from democratic.participation.reports.balance import balance_of
from democratic.thread.rules import Viewer
from democratic.web.kits.all_kits import BY_KEY
from democratic.web.kits.making import PDF, Sheet, compose
from democratic.web.kits.report import report
from democratic.web.kits.told import told_of

ROUNDS, REPORT = 9, "bilan"


def kits_timed(filled: Filled) -> Iterator[tuple[str, float, float, int]]:
    """(kit, median seconds, longest, bytes), its data read from the database included."""
    viewer = Viewer(filled.authority)
    process = get_process_for(viewer, filled.process.slug)
    today = local_day(DATABASE_CLOCK.now(), filled.authority.time_zone)

    for key in (*BY_KEY, REPORT):
        taken, pdf = [], b""
        for _round in range(ROUNDS):
            start = time.perf_counter()
            pdf = compose(_sheet(key, process, viewer, today), PDF)
            taken.append(time.perf_counter() - start)
        yield key, median(taken), max(taken), len(pdf)


def _sheet(key: str, process: Process, viewer: Viewer, today: date) -> Sheet:
    if key == REPORT:
        return Sheet(key, "balance", report(balance_of(process, viewer, today)), today)
    return Sheet(key, BY_KEY[key].sheet, BY_KEY[key].say(told_of(process, today)), today)
