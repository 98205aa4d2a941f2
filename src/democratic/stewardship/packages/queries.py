"""Reads of closures and packages; and whether the words that a package shows are still shown."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from democratic.participation.processes.models import Process
from democratic.stewardship.models import Closure, Package
from democratic.thread.models import Entry, Visibility

# What anyone may read of this process and of its order, as one number: another as soon as a word goes.
_IMPRINT = """
select count(*), coalesce(bit_xor(hashtextextended(o.id::text, 0)), 0)
from thread_entry e join thread_opening o on o.entry_id = e.id
join thread_record r on r.id = e.record_id join thread_audience a on a.id = r.audience_id
where (e.process_id = %s or e.record_id in (%s, %s)) and e.id <= %s and r.visibility = %s and a.is_public
"""


@dataclass(frozen=True, slots=True)
class Closed:
    """``current``: the version to take away, none while the first one, or the next one, is in the making."""

    closure: Closure
    packages: tuple[Package, ...]
    current: Package | None

    @property
    def in_the_making(self) -> Package | None:
        return next((each for each in self.packages if each.made_at is None), None)


def is_closed(process: Process) -> bool:
    return Closure.objects.filter(process=process).exists()


def closed(process: Process) -> Closed | None:
    """Three queries; the newest version first."""
    closure = Closure.objects.filter(process=process).first()
    if closure is None:
        return None
    packages = tuple(Package.objects.filter(closure=closure).select_related("file").order_by("-version"))
    whole = next((each for each in packages if each.file_id and is_true(process, each)), None)
    return Closed(closure, packages, whole)


def is_true(process: Process, package: Package) -> bool:
    """Whether all the words that it holds are still published."""
    return package.until is not None and imprint_of(process, package.until) == package.imprint


def imprint_of(process: Process, until: UUID) -> str:
    with connection.cursor() as cursor:
        pk, mandate = process.pk, process.mandate_id
        cursor.execute(_IMPRINT, [pk, pk, mandate, until, Visibility.PUBLIC.value])
        count, mixed = cursor.fetchone()
    return f"{count}:{mixed}"


def last_entry() -> UUID:
    """Entries are in the order of their ids: those that come after are not told by a package begun now."""
    found: UUID = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return found


def packages_to_make() -> list[Package]:
    waiting = Package.objects.filter(made_at=None)
    return list(
        waiting.select_related("closure__process__record__wording", "closure__process__authority")[:20]
    )


def packages_to_check() -> list[Package]:
    """Those that anyone may take away."""
    kept = Package.objects.exclude(file=None)
    return list(kept.select_related("closure__process__record").order_by("pk"))
