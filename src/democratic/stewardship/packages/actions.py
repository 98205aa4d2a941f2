"""Closing a process, and what the worker does for its package: made, published, made again when words go."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.files import hold_file, release_files
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_text
from democratic.participation.processes.models import Process, Stage, Step
from democratic.stewardship.models import Closure, Fate, Package
from democratic.stewardship.packages.events import PACKAGE_PUBLISHED, PROCESS_CLOSED
from democratic.stewardship.packages.queries import is_true, packages_to_check
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of


@dataclass(frozen=True, slots=True)
class Terms:
    """*Durée d'utilité administrative* in years, *sort final*, and why each: both are public."""

    years: int
    why_years: str
    fate: Fate
    why_fate: str


@transaction.atomic
def close_process(*, process: Process, terms: Terms, function: str, clock: Clock) -> Closure:
    """Once, after its report. Nothing is hidden: what is still owed stays owed, and late. Conflict."""
    locked = (
        Process.objects.select_for_update(of=("self",)).select_related("record__authority").get(pk=process.pk)
    )
    if Closure.objects.filter(process=locked).exists():
        raise Conflict(_("Cette concertation est déjà close. Son dossier est sur sa page publique."))
    if not Stage.objects.filter(process=locked, step=Step.REPORT, done_on__isnull=False).exists():
        raise Conflict(_("Rendez d’abord le bilan : terminez l’étape « Bilan », puis revenez clore."))
    now = clock.now()
    closure = Closure.objects.create(
        process=locked,
        years=terms.years,
        why_years=clean_text(terms.why_years)[:300],
        fate=terms.fate,
        why_fate=clean_text(terms.why_fate)[:300],
        closed_on=local_day(now, locked.record.authority.time_zone),
    )
    Package.objects.create(closure=closure, version=1)
    append_entry(
        PROCESS_CLOSED,
        record=locked.record,
        now=now,
        data={"years": terms.years, "fate": str(terms.fate)},
        words={"function": function, "why_years": closure.why_years, "why_fate": closure.why_fate},
        is_institutional=True,
    )
    bump_pages_of(locked.record)
    return closure


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, of which words, up to which Entry."""

    file: StoredFile
    until: UUID
    imprint: str


@transaction.atomic
def publish_package(*, package: Package, made: Made, clock: Clock) -> bool:
    """Its hash becomes an Entry. False when another worker was first, or words went meanwhile: made again."""
    locked = (
        Package.objects.select_for_update(of=("self",))
        .select_related("closure__process__record")
        .get(pk=package.pk)
    )
    process = locked.closure.process
    locked.until, locked.imprint = made.until, made.imprint
    if locked.made_at is not None or not is_true(process, locked):
        return False
    hold_file(made.file)
    locked.file, locked.sha256, locked.size = made.file, made.file.sha256, made.file.size
    locked.made_at = clock.now()
    locked.save()
    append_entry(
        PACKAGE_PUBLISHED,
        record=process.record,
        now=locked.made_at,
        data={"version": locked.version, "sha256": locked.sha256, "size": locked.size},
        is_institutional=True,
    )
    bump_pages_of(process.record)
    return True


def renew_packages(*, clock: Clock) -> int:
    """What holds words that are gone is erased, and made again under the next version. How many."""
    return sum(_renew(package, clock) for package in packages_to_check())


@transaction.atomic
def _renew(found: Package, clock: Clock) -> bool:
    package = (
        Package.objects.select_for_update(of=("self",))
        .select_related("file", "closure__process__record")
        .get(pk=found.pk)
    )
    process = package.closure.process
    if package.file is None or is_true(process, package):
        return False
    release_files([package.file.sha256], now=clock.now())
    package.file, package.erased_at = None, clock.now()
    package.save(update_fields=["file", "erased_at"])
    Package.objects.get_or_create(
        closure=package.closure, made_at=None, defaults={"version": package.version + 1}
    )
    bump_pages_of(process.record)
    return True
