from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# With what is down for now: the frame of every page tells both, and asks for them together.
_STATE = """
select coalesce((select size from thread_head), 0),
  (select signed_at from thread_signedhead order by epoch desc, size desc limit 1),
  array(select part from kernel_outage order by part)
"""


@dataclass(frozen=True, slots=True)
class JournalState:
    """How long the public journal is, and when its last head was signed."""

    size: int = 0
    signed_at: datetime | None = None
    down: Sequence[str] = ()


def journal_state() -> JournalState:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return JournalState(*row)
