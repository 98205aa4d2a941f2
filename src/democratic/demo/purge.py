"""Purge a demonstration: its tables are dropped, to be made again empty. Refused anywhere else."""

from django.db import connection, transaction

from democratic.kernel.erasures import register_path
from democratic.thread.journal import hold_sequencer_lock
from democratic.thread.journal.outside import outside_path
from democratic.thread.models import Authority


class NotADemo(Exception):
    """Someone's real territory is here, or none at all: nothing was touched. The names are told."""


class StillRunning(Exception):
    """A sequencer runs on this database: it would go on signing what is purged."""


def drop_demo() -> None:
    """Drop every table; the caller migrates afterwards. Raises NotADemo or StillRunning."""
    _refuse_unless_demo()
    if not hold_sequencer_lock():
        raise StillRunning
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '10s'")
        cursor.execute("lock table thread_authority in access exclusive mode")
        _refuse_unless_demo()
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")
    # The head that was signed belongs to a journal that is no more.
    outside_path().unlink(missing_ok=True)
    register_path().unlink(missing_ok=True)


def _refuse_unless_demo() -> None:
    found = list(Authority.objects.values_list("name", "is_demo"))
    if not found or not all(is_demo for _name, is_demo in found):
        raise NotADemo(", ".join(name for name, is_demo in found if not is_demo))
