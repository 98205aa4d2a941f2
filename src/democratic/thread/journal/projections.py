"""Views and effects: what is made of the journal, each with a cursor of its own.

A view writes only the database, in its cursor's transaction, and can be replayed from zero. An effect
(a mail) only inserts rows that are unique by Entry, starts at the head, and is never replayed.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import psycopg
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from democratic.kernel.refusals import Conflict
from democratic.thread.journal.heads import read_head
from democratic.thread.journal.lines import JournalLine, UnreadLine, read_lines
from democratic.thread.models import Cursor, ParkedEntry

logger = logging.getLogger(__name__)

BATCH = 500
REASON_LIMIT = 500

# SQLSTATE: connection, rollback to be tried again, resources, operator, system, and a lock not had in time.
PASSING = ("08", "40", "53", "57", "58", "55P03")


@dataclass(frozen=True, slots=True)
class Projection:
    """``reset`` deletes what a view wrote. ``after`` names a view that reads first: what is shown by this
    one was written by that one. ``pace`` is the fewest seconds between two batches.
    """

    name: str
    handle: Callable[[Sequence[JournalLine]], None]
    is_effect: bool = False
    reset: Callable[[], None] | None = None
    after: str = ""
    pace: float = 0.0
    batch: int = BATCH


class CannotReplay(Conflict):
    """An effect acts on the world: what it did once is not done again."""


def projections() -> list[Projection]:
    """Those that the settings name: ``config`` is the only layer that knows them all."""
    return [import_string(path) for path in settings.PROJECTIONS]


def projection_named(name: str) -> Projection:
    """KeyError: no projection has this name."""
    return {each.name: each for each in projections()}[name]


def ensure_cursors(named: Iterable[Projection]) -> None:
    """A view starts at the beginning; an effect at the head, as it acts on what happens from now on."""
    size = read_head().size
    Cursor.objects.bulk_create(
        [Cursor(name=each.name, position=size if each.is_effect else 0) for each in named],
        ignore_conflicts=True,
    )


def advance(projection: Projection) -> int:
    """Read one batch; how many lines that was. An Entry that fails is parked and blocks nothing."""
    with transaction.atomic():
        start = _lock_cursor(projection).position
        stop = start + projection.batch
        if projection.after:
            stop = min(stop, _position_of(projection.after))
        lines = read_lines(start, stop)
        if lines:
            _handle(projection, lines)
            _move(projection, lines[-1].position + 1)
        return len(lines)


def catch_up(projection: Projection) -> int:
    read = 0
    while lines := advance(projection):
        read += lines
    return read


def replay(name: str) -> int:
    """Forget what a view wrote and read the journal again from zero; how many lines that was."""
    projection = projection_named(name)
    if projection.is_effect:
        raise CannotReplay(
            _("« %(name)s » envoie des messages : le rejouer les enverrait deux fois. Rien n’a été fait.")
            % {"name": name}
        )
    with transaction.atomic():
        _lock_cursor(projection)
        if projection.reset:
            projection.reset()
        ParkedEntry.objects.filter(projection=name).delete()
        _move(projection, 0)
    return catch_up(projection)


def retry_parked(name: str) -> int:
    """Try again, one by one, what an effect could not read; how many Entries are still parked."""
    projection = projection_named(name)
    if not projection.is_effect:
        raise Conflict(_("« %(name)s » est une vue : rejouez-la.") % {"name": name})
    with transaction.atomic():
        _lock_cursor(projection)
        parked = ParkedEntry.objects.filter(projection=name)
        positions = list(parked.order_by("position").values_list("position", flat=True))
        parked.delete()
        for position in positions:
            _handle_alone(projection, read_lines(position, position + 1))
        return parked.all().count()


def is_passing(fault: BaseException | None) -> bool:
    """A fault of the server or of the connection, not of what was asked: the same may work later."""
    while fault is not None:
        state = getattr(fault, "sqlstate", None)
        if isinstance(fault, psycopg.Error) and (state is None or state.startswith(PASSING)):
            return True
        fault = fault.__cause__
    return False


def _handle(projection: Projection, lines: Sequence[JournalLine | UnreadLine]) -> None:
    known = [line for line in lines if isinstance(line, JournalLine)]
    try:
        if known:
            with transaction.atomic():
                projection.handle(known)
    except Exception as fault:
        if is_passing(fault):
            raise
        logger.warning(
            "%s: a batch failed, its lines are read one by one (%s)", projection.name, type(fault).__name__
        )
        _handle_alone(projection, lines)
    else:
        _park_unread(projection, lines)


def _handle_alone(projection: Projection, lines: Sequence[JournalLine | UnreadLine]) -> None:
    _park_unread(projection, lines)
    for line in lines:
        if isinstance(line, UnreadLine):
            continue
        try:
            with transaction.atomic():
                projection.handle([line])
        except Exception as fault:
            if is_passing(fault):
                raise
            # Only the first line: the details that follow quote values, and those may be people's.
            said = (str(fault).splitlines() or [""])[0]
            _park(projection, line.position, f"{type(fault).__name__}: {said}")


def _park_unread(projection: Projection, lines: Sequence[JournalLine | UnreadLine]) -> None:
    for line in lines:
        if isinstance(line, UnreadLine):
            _park(projection, line.position, line.reason)


def _park(projection: Projection, position: int, reason: str) -> None:
    # The whole reason is in the row: it may quote what a person wrote, which no log does.
    logger.error("%s: entry at %d is parked: %s", projection.name, position, reason.partition(": ")[0])
    ParkedEntry.objects.bulk_create(
        [ParkedEntry(projection=projection.name, position=position, reason=reason[:REASON_LIMIT])],
        ignore_conflicts=True,
    )


def _lock_cursor(projection: Projection) -> Cursor:
    """One reader at a time for each projection: the runner, or a replay."""
    locked = Cursor.objects.select_for_update().filter(name=projection.name)
    if (cursor := locked.first()) is None:
        ensure_cursors([projection])
        cursor = locked.get()
    return cursor


def _position_of(name: str) -> int:
    return Cursor.objects.filter(name=name).values_list("position", flat=True).first() or 0


def _move(projection: Projection, position: int) -> None:
    Cursor.objects.filter(name=projection.name).update(position=position, moved_at=Now())
