"""What the worker does with scans: page after page, each in one transaction that moves a cursor. Killed anywhere, it
goes on: another worker waits for the moment when this one lets go, and the cursor tells whose page comes second.
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from democratic.kernel.clock import Clock
from democratic.participation.paper.actions.batches import MOST_SHEETS
from democratic.participation.paper.models import PaperBatch, ScanContent, ScanFile, ScanPage, ScanPicture
from democratic.participation.paper.queries import layouts_of
from democratic.participation.paper.reader import PageRead, read_page
from democratic.participation.paper.rows import GROUPS, NotARow, row_of
from democratic.participation.paper.states import BatchState, Problem

logger = logging.getLogger(__name__)

HELD_FOR = timedelta(seconds=90)
MOST_TRIES = 3


def work(clock: Clock) -> int:
    """Read whatever waits. Returns how many pages were looked at."""
    done = 0
    while file := _take(clock):
        done += _read(file, clock)
    return done


@transaction.atomic
def _take(clock: Clock) -> ScanFile | None:
    now = clock.now()
    free = Q(held_until=None) | Q(held_until__lt=now)
    waiting = ScanFile.objects.select_for_update(skip_locked=True).filter(free, is_read=False)
    taken = waiting.order_by("received_at", "pk").first()
    if taken is None:
        return None
    taken.held_until, taken.tries = now + HELD_FOR, taken.tries + 1
    taken.save(update_fields=["held_until", "tries"])
    return taken


def _read(file: ScanFile, clock: Clock) -> int:
    batch = PaperBatch.objects.select_related("process__record__authority", "poll").get(pk=file.batch_id)
    content = bytes(ScanContent.objects.get(file=file).content)
    layouts, done = layouts_of(batch.process_id), 0
    while True:
        # A page that ended its worker each time is left, and the next one is read.
        lost = file.tries > MOST_TRIES
        page = _LOST if lost else read_page(content, file.pages_read, layouts)
        if not _keep(file, page, clock):
            return done
        done += 1
        file.pages_read, file.pages, file.tries = file.pages_read + 1, page.pages or file.pages, 1
        if file.pages_read >= max(file.pages, 1):
            return done


_LOST = PageRead(Problem.TOO_LARGE, 0, "", {}, {}, {}, 0)


@transaction.atomic
def _keep(file: ScanFile, page: PageRead, clock: Clock) -> bool:
    """False: the pile was dropped meanwhile, or another worker is at it."""
    batch = PaperBatch.objects.select_for_update(of=("self",)).select_related("process__record__authority", "poll").filter(
        pk=file.batch_id
    ).first()  # fmt: skip
    locked = ScanFile.objects.select_for_update().filter(pk=file.pk, is_read=False).first()
    if batch is None or locked is None or locked.pages_read != file.pages_read:
        return False
    number, pages = locked.pages_read, page.pages or locked.pages or 1
    problem, row = _outcome(batch, page)
    kept = ScanPage.objects.create(file=locked, number=number + 1, row=row, problem=problem)
    shown = {part: content for part, content in page.pictures.items() if _may_be_kept(part, page, row)}
    ScanPicture.objects.bulk_create(
        [ScanPicture(page=kept, part=part, content=content) for part, content in shown.items()]
    )
    locked.pages, locked.pages_read, locked.tries = pages, number + 1, 1
    locked.is_read, locked.held_until = locked.pages_read >= pages, clock.now() + HELD_FOR
    locked.save(update_fields=["pages", "pages_read", "tries", "is_read", "held_until"])
    if locked.is_read:
        ScanContent.objects.filter(file=locked).delete()
        logger.info("paper: %s is read, %d pages", locked.pk, locked.pages_read)
    return True


def _outcome(batch: PaperBatch, page: PageRead) -> tuple[str, Any]:
    if page.state != "read":
        known = set(Problem)
        return (page.state if page.state in known else Problem.BROKEN), None
    if batch.state != BatchState.OPEN or batch.rows.filter(hand=1).count() >= MOST_SHEETS:
        return Problem.TOO_MANY, None
    try:
        return "", row_of(batch, page)
    except NotARow as why:
        return why.problem, None


def _may_be_kept(part: str, page: PageRead, row: Any) -> bool:
    """Boxes always; handwriting, only of whom may be of age to have it kept, and where there is some."""
    if row is None:
        return part == "page"
    if part == "page" or part in GROUPS.values():
        return True
    return ("age" in row.asks or row.age not in ("unsaid", "under_15")) and page.inked.get(part, 0) > _BLANK


_BLANK = 0.0004  # part of a region that is ink: a speck of dust
