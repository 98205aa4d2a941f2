"""Import a Decidim consultation: what was said elsewhere gets its place, its code and its answer here.

A row is known by its identity (host, type, number) alone. What is already here is left as it is, or gets
a new wording when the source has changed; so an import can be run again, also after it was killed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction

from democratic.kernel.clock import Clock, FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.imports.comments import CommentTaker, parents_first
from democratic.participation.imports.decidim_export import Export
from democratic.participation.imports.decidim_rows import CommentRow, ProposalRow, Refused
from democratic.participation.imports.known import Known, load_known
from democratic.participation.imports.proposals import ProposalTaker
from democratic.participation.imports.report import Report
from democratic.participation.imports.tables import BadRow
from democratic.participation.processes.models import Process

BATCH = 50

# Any number of ours: two imports at once would both find that a row is new.
IMPORT_LOCK = 0x696D706F7274  # "import"

Read = TypeVar("Read", ProposalRow, CommentRow)
Tell = Callable[[str], None]


def import_decidim(*, process: Process, export: Export, clock: Clock, tell: Tell) -> Report:
    """Write the export into the process, batch by batch, each whole or not at all.

    Raises Conflict when another import runs on this database.
    """
    with _alone():
        known, now = load_known(export.hosts), FixedClock(clock.now())
        report = Report(rejected=list(export.rejected), ignored=list(export.ignored))
        proposals = ProposalTaker(process, known, report, now)
        _take_all("Propositions", export.proposals, proposals.take, known, report, tell)
        comments = CommentTaker(process, known, report, now, export)
        _take_all("Commentaires", parents_first(export.comments), comments.take, known, report, tell)
        if report.created:
            _measure()
    return report


def _take_all(
    name: str, rows: Sequence[Read], take: Callable[[Read], None], known: Known, report: Report, tell: Tell
) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        with transaction.atomic():
            for each in batch:
                try:
                    take(each)
                except (Refused, Refusal) as why:
                    report.rejected.append(BadRow(each.row.file, each.row.line, str(why)))
            known.write()
        tell(f"{name} : {start + len(batch)}/{len(rows)}")


def _measure() -> None:
    """Tables that grew at once mislead the planner until its next round: pages would take seconds."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [IMPORT_LOCK])
        if not cursor.fetchone()[0]:
            raise Conflict("Un autre import tourne déjà sur cette base : attendez qu’il finisse.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [IMPORT_LOCK])
