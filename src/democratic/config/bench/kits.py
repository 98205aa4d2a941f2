"""How long each printed sheet takes, composed anew each time: what the first who asks waits for."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

from django.conf import settings
from django.utils.translation import override

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

ROUNDS, REPORT = 40, "bilan"
TWENTIETHS = 20


@dataclass(frozen=True, slots=True)
class KitTimed:
    """Seconds from the database to the last byte."""

    kit: str
    language: str
    p50: float
    p95: float
    longest: float
    weight: int


def kits_timed(filled: Filled) -> Iterator[KitTimed]:
    viewer = Viewer(filled.authority)
    process = get_process_for(viewer, filled.process.slug)
    today = local_day(DATABASE_CLOCK.now(), filled.authority.time_zone)
    for key in (*BY_KEY, REPORT):
        for language, _name in settings.LANGUAGES:
            with override(language):
                taken, pdf = [], b""
                for _round in range(ROUNDS):
                    start = time.perf_counter()
                    pdf = compose(_sheet(key, process, viewer, today), PDF)
                    taken.append(time.perf_counter() - start)
            p95 = quantiles(taken, n=TWENTIETHS, method="inclusive")[-1]
            yield KitTimed(key, language, median(taken), p95, max(taken), len(pdf))


def _sheet(key: str, process: Process, viewer: Viewer, today: date) -> Sheet:
    if key == REPORT:
        return Sheet(key, "balance", report(balance_of(process, viewer, today)), today)
    return Sheet(key, BY_KEY[key].sheet, BY_KEY[key].say(told_of(process, today)), today)
