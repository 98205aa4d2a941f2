from datetime import date

import pytest

from courses import whole_course
from democratic.participation.processes.queries import get_process_for
from democratic.participation.reports.balance import balance_of
from democratic.web.kits.all_kits import BY_KEY
from democratic.web.kits.making import PDF, Sheet, compose
from democratic.web.kits.report import report
from democratic.web.kits.told import told_of

TODAY, LATE = date(2026, 3, 1), date(2027, 12, 1)


@pytest.fixture
def kit_of(territory):
    """The PDF of one of the kits, as it is on a day of the listening stage."""

    def made(key, **more):
        process = get_process_for(territory.viewer(), territory.process.slug)
        kit = BY_KEY[key]
        return compose(Sheet(key, kit.sheet, kit.say(told_of(process, TODAY, **more)), TODAY), PDF)

    return made


@pytest.fixture
def report_of(territory):
    """The report as a PDF, long after all that was promised."""
    whole_course(territory)

    def made(on=LATE):
        viewer = territory.viewer()
        balance = balance_of(get_process_for(viewer, territory.process.slug), viewer, on)
        return compose(Sheet("bilan", "balance", report(balance), on), PDF)

    return made
