"""One lock a question: who answers shares it, who counts it for good or changes it takes it alone.

An answer reads the clock under the lock, so that it either precedes the count or is refused; and answers do not
wait for one another, as they would on a row that each of them touches.
"""

from uuid import UUID

from django.db import connection

_SEED = 34  # of the hash: other locks of ours have another
_SHARED = "select pg_advisory_xact_lock_shared(hashtextextended(%s, %s))"
_ALONE = "select pg_advisory_xact_lock(hashtextextended(%s, %s))"


def share(poll_id: UUID) -> None:
    _take(_SHARED, poll_id)


def hold_alone(poll_id: UUID) -> None:
    _take(_ALONE, poll_id)


def _take(statement: str, poll_id: UUID) -> None:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(poll_id), _SEED])
