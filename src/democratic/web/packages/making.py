"""A package that waits is made whole in a file without a name, then published: a worker killed meanwhile begins again."""

import logging
import tempfile

from django.utils.translation import override

from civics.ledger.heads import key_id
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.files import keep_made
from democratic.kernel.refusals import Refusal
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for
from democratic.participation.reports.balance import balance_of
from democratic.stewardship.models import Package
from democratic.stewardship.packages.actions import Made, publish_package, renew_packages
from democratic.stewardship.packages.queries import imprint_of, last_entry, packages_to_make
from democratic.stewardship.packages.writing import Facts, write_package
from democratic.thread.addresses import public_url
from democratic.thread.journal.extracts import is_all_signed
from democratic.thread.journal.proofs import latest_signed_head
from democratic.thread.rules import Viewer
from democratic.web.charts.slots import CannotDraw
from democratic.web.journal.exports import public_key as journal_key
from democratic.web.kits.making import PDF, Sheet, compose
from democratic.web.kits.report import report

logger = logging.getLogger(__name__)

IN_MEMORY = 8 << 20


def make_packages(clock: Clock) -> int:
    """What words left is taken back first; then each that waits is made. How many were published."""
    renew_packages(clock=clock)
    return sum(_make(package, clock) for package in packages_to_make())


def _make(package: Package, clock: Clock) -> bool:
    """False when it must wait: the journal is not signed so far, the report or the store does not answer."""
    process, head = package.closure.process, latest_signed_head()
    public_key = journal_key()
    if head is None or head.key != key_id(public_key):
        return False
    until = last_entry()
    imprint = imprint_of(process, until)
    if not is_all_signed(process.pk, process.mandate_id, head.head.size):
        return False
    today = local_day(clock.now(), process.authority.time_zone)
    address = public_url(process.authority, f"/concertations/{process.slug}", "fr")
    try:
        with override("fr"), tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as made:
            extras = {"bilan.pdf": _report(process, clock)}
            facts = Facts(package.closure, package.version, today, head, public_key, address, extras)
            write_package(process, facts, made, lambda done: _tell(package, done))
            stored = keep_made(made, content_type="application/zip", clock=clock)
        return publish_package(package=package, made=Made(stored, until, imprint), clock=clock)
    except (CannotDraw, OSError, Refusal) as fault:
        logger.warning("a package of archives waits: %s", type(fault).__name__)
        return False


def _tell(package: Package, done: int) -> None:
    Package.objects.filter(pk=package.pk).update(parts_done=done)


def _report(process: Process, clock: Clock) -> bytes:
    viewer = Viewer(process.authority)
    today = local_day(clock.now(), process.authority.time_zone)
    balance = balance_of(get_process_for(viewer, process.slug), viewer, today)
    return compose(Sheet(f"{process.pk}:archive", "balance", report(balance), today), PDF)
