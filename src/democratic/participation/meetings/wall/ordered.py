"""A page of the wall in a named order, with its supports as they stand now: one query, whatever the page.

Supports are counted from the taps themselves, as the journal's own line comes once a minute, and a room looks at the
wall every second. They are counted as the journal does: once a person, with those of what was merged.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.spoken import Spoken
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.models import WallQuestion
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


# What was merged says what its target says. Union, not sum: who supported both supports one. Every join finds its rows
# by an index: a wall that filled in a minute has no statistics yet, and is read all the same.
_WALL = """
with said as (
  select record_id as id, record_id as said, seat, is_ahead
  from participation_wallquestion where meeting_id = %(meeting)s
  union all
  select l.target_id, l.source_id, '', false from participation_wallquestion q
  join thread_record r on r.id = q.record_id and r.visibility = 'public'
  join thread_link l on l.source_id = q.record_id and l.kind = 'merged_into' and l.ended_by_id is null
  where q.meeting_id = %(meeting)s
), heard as (
  select id, max(seat) as seat, bool_or(is_ahead) as is_ahead, count(distinct who) as supports, count(merge) as merged
  from (
    select said.id, '' as seat, false as is_ahead, coalesce(p.root_id, p.id) as who, null::uuid as merge
    from said join thread_support s on s.record_id = said.said join people_person p on p.id = s.person_id
    union all
    select id, seat, is_ahead, null, nullif(said, id) from said
  ) told group by id
), wall as (
  select h.id as record_id, r.code, r.state, r.origin, h.seat, h.is_ahead, r.byline, r.recorded_at, r.wording_id,
    h.supports, h.merged, case when h.seat = '' then r.origin else h.seat end as place
  from heard h join thread_record r on r.id = h.id
  where r.visibility = 'public' and r.state = any(%(states)s)
), page as (
  select *, row_number() over (order by {order}) as rank
  from (select *, row_number() over (
    partition by place order by supports desc, recorded_at, record_id) as turn from wall) placed
)
select p.record_id, p.code, p.state, p.origin, p.seat, p.is_ahead, p.byline, p.recorded_at,
  coalesce(w.title, ''), coalesce(w.text, ''), coalesce(w.language, ''), p.supports, p.merged
from page p left join thread_wording w on w.id = p.wording_id
where p.rank > %(offset)s and p.rank <= %(offset)s + %(limit)s
order by p.rank
"""
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
        cursor.execute(_WALL.format(order=_ORDER[order]), asked)
        return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[Any, ...]) -> OnWall:
    *first, title, text, language, supports, merged = row
    said = (Spoken(title, language), Spoken(text, language), language)
    return OnWall(*(*first, *said, supports, merged))


_SUPPORTS = """
select count(distinct coalesce(p.root_id, p.id)) from thread_support s join people_person p on p.id = s.person_id
where s.record_id = %(record)s or s.record_id in (
  select l.source_id from thread_link l join thread_record r on r.id = l.source_id and r.visibility = 'public'
  where l.target_id = %(record)s and l.kind = 'merged_into' and l.ended_by_id is null)
"""


def supports_of(question: WallQuestion) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_SUPPORTS, {"record": question.pk})
        n: int = cursor.fetchone()[0]
        return n
