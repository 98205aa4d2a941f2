from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_STATE = """
select size, (select signed_at from thread_signedhead order by epoch desc, size desc limit 1)
from thread_head
"""


@dataclass(frozen=True, slots=True)
class JournalState:
    """How long the public journal is, and when its last head was signed."""

    size: int = 0
    signed_at: datetime | None = None


def journal_state() -> JournalState:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return JournalState(*row) if row else JournalState()
