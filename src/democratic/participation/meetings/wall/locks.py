"""One lock a wall: who asks shares it, who calls a question to the floor or closes the wall takes it alone.

A question reads the clock under the lock, so that it is on the wall when the wall is closed, and owed, or comes after.
"""

from uuid import UUID

from django.db import connection

_SEED = 36  # of the hash: other locks of ours have another
_SHARED = "select pg_advisory_xact_lock_shared(hashtextextended(%s, %s))"
_ALONE = "select pg_advisory_xact_lock(hashtextextended(%s, %s))"


def share(meeting_id: UUID) -> None:
    _take(_SHARED, meeting_id)


def hold_alone(meeting_id: UUID) -> None:
    _take(_ALONE, meeting_id)


def _take(statement: str, meeting_id: UUID) -> None:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(meeting_id), _SEED])
