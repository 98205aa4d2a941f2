"""How many times the page of a code was opened: one row a code and day, and nothing of who opened it."""

from django.db import connection

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.ids import uuid7
from democratic.participation.conversations.models import FlowCode

_COUNT = """
insert into participation_flowopening (id, code_id, day, n) values (%s, %s, %s, 1)
on conflict (code_id, day) do update set n = participation_flowopening.n + 1
"""


def count_opening(code: FlowCode, clock: Clock) -> None:
    """Openings, not people: who opens it twice is counted twice."""
    day = local_day(clock.now(), code.flow.process.record.authority.time_zone)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [uuid7(), code.pk, day])
