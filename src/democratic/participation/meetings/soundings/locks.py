"""One lock a vote: voices share it, who closes or counts it for good takes it alone. See ``polls.locks``."""

from uuid import UUID

from django.db import connection

SEED = 41  # of the hash: other locks of ours have another
_ALONE = "select pg_advisory_xact_lock(hashtextextended(%s, %s))"


def hold_alone(sounding_id: UUID) -> None:
    """Until the transaction ends. Who waits for it is before those who come to vote after."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [str(sounding_id), SEED])
