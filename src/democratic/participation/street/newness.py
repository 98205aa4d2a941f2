"""« Ce qui était nouveau par rapport au net »: each sentence of the street beside what had been said online.

The rule, once, when the sentence is published: it is *near* when an idea of the same consultation, published online
and said on the same day or before, is as alike as what the platform shows as alike anywhere (``ideas/similar.py``: the
share of common stems, from ``LEAST_ALIKE``, with ``FEWEST_SHARED`` at least). It is *too short* when it has fewer stems
than that and nobody used just these. Else it is *new*. What is read aloud and reacted to comes from the net: a reaction
is not compared.

Limits. Words are compared, never what they mean: the same thing said in other words is called new. What was merged or
withdrawn since does not change what was new that day.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from democratic.kernel.clock import local_day
from democratic.participation.ideas.similar import FEWEST_SHARED, said_before
from democratic.participation.street.models import CaptureKind, Newness, StreetCapture, StreetSession
from democratic.thread.models import Kind, Origin, Record
from democratic.thread.queries.clauses import rows_of

# Where one writes from wherever one is, with the net. By phone, by SMS, on paper and in a room: not.
ONLINE = (Origin.WEB, Origin.REMOTE, Origin.LATER, Origin.CHAT, Origin.EMAIL, Origin.API)


def look_for_near(session: StreetSession, capture: StreetCapture) -> None:
    """In the transaction that publishes it, its words still there; the caller saves what it sets."""
    record = capture.record
    if capture.kind != CaptureKind.QUOTE or record is None or record.kind != Kind.IDEA:
        return
    if not settings.SIMILAR_IDEAS:
        return
    near = said_before(
        session.process, capture.payload["text"], origins=ONLINE, before=_day_after(session, capture)
    )
    capture.near_id = near.id if near else None
    if near:
        capture.newness = Newness.NEAR
    else:
        capture.newness = Newness.SHORT if _stems_of(record) < FEWEST_SHARED else Newness.NEW


def _day_after(session: StreetSession, capture: StreetCapture) -> datetime:
    zone = session.record.authority.time_zone
    day = local_day(capture.happened_at, zone) + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), ZoneInfo(zone))


def _stems_of(record: Record) -> int:
    asked = "select coalesce(cardinality(tsvector_to_array(vector)), 0) from thread_recordsearch where record_id = %s"
    rows = rows_of((asked, [record.pk]))
    return int(rows[0][0]) if rows else 0
