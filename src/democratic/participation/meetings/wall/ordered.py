"""A page of the wall in a named order, with its supports as they stand now: one query, whatever the page.

Supports are those that ``count_voices`` keeps at each tap: the journal's own line comes once a minute, and a room looks
at the wall every second.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.spoken import Spoken
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.queries import STATES, Shelf


class Order(models.TextChoices):
    SUPPORTED = "soutenues", _("les plus soutenues")
    NEWEST = "recentes", _("les plus récentes")
    SEATS = "places", _("salle, distance, différé, tour à tour")


@dataclass(frozen=True, slots=True)
class OnWall:
    """One question, as a list shows it. ``merged``: how many others it stands for."""

    id: UUID
    code: str
    state: str
    origin: str
    seat: str
    is_ahead: bool
    byline: str
    recorded_at: datetime
    title: str
    text: str
    language: str
    supports: int
    merged: int

    @property
    def is_current(self) -> bool:
        return self.state == "current"


# Each row is found by its key, whatever the database knows of its tables: ``offset 0`` lets no other plan be made, and
# a wall that filled in a minute has no statistics yet. Words are read for the page alone.
_WALL = """
with shown as materialized (
  select q.record_id, q.seat, q.is_ahead, q.supports, q.merged, r.*,
    case when q.seat = '' then r.origin else q.seat end as place
  from participation_wallquestion q cross join lateral (
    select code, state, origin, byline, recorded_at, wording_id from thread_record
    where id = q.record_id and visibility = 'public' and state = any(%(states)s) offset 0) r
  where q.meeting_id = %(meeting)s
), page as (
  select *, {turn} as turn from shown order by {order} offset %(offset)s limit %(limit)s
)
select p.record_id, p.code, p.state, p.origin, p.seat, p.is_ahead, p.byline, p.recorded_at,
  coalesce(w.title, ''), coalesce(w.text, ''), coalesce(w.language, ''), p.supports, p.merged
from page p left join lateral (
  select title, text, language from thread_wording where id = p.wording_id offset 0) w on true
order by {order}
"""
_TURN = "row_number() over (partition by place order by supports desc, recorded_at, record_id)"
_FIRST = "(state = 'current') desc, "
_ORDER = {
    Order.SUPPORTED: _FIRST + "supports desc, recorded_at, record_id",
    Order.NEWEST: _FIRST + "recorded_at desc, record_id desc",
    Order.SEATS: _FIRST + "turn, supports desc, place, record_id",
}


def wall_of(meeting: Meeting, shelf: Shelf, order: Order, *, offset: int, limit: int) -> list[OnWall]:
    """The question that has the floor first, then in ``order``."""
    asked = {
        "meeting": meeting.pk,
        "states": [state.value for state in STATES[shelf]],
        "offset": offset,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        turn = _TURN if order == Order.SEATS else "0"
        cursor.execute(_WALL.format(order=_ORDER[order], turn=turn), asked)
        return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[Any, ...]) -> OnWall:
    *first, title, text, language, supports, merged = row
    said = (Spoken(title, language), Spoken(text, language), language)
    return OnWall(*(*first, *said, supports, merged))
