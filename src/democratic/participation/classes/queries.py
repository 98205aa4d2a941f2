from datetime import datetime

from democratic.kernel.ids import read_code
from democratic.participation.classes.models import ClassSession
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority


def is_running(session: ClassSession, now: datetime) -> bool:
    return session.opened_at <= now < session.closes_at


def running_class(authority: Authority, typed: str, now: datetime) -> ClassSession | None:
    """None for one that never was, is over or is elsewhere: they look alike."""
    found = ClassSession.objects.filter(
        process__authority=authority, code=read_code(typed) or "", closes_at__gt=now
    )
    return found.select_related("process__record__wording", "process__record__authority").first()


def classes_of(process: Process, *, offset: int, limit: int) -> tuple[list[ClassSession], int]:
    """The newest first, and how many there are."""
    every = ClassSession.objects.filter(process=process)
    return list(every.order_by("-opened_at", "-pk")[offset : offset + limit]), every.count()
