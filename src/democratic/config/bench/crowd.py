"""What a crowd leaves behind: people, comments and supports on every idea, and the journal of it all."""

import os
from datetime import date
from typing import Any

from django.db import connection, transaction

from civics.ledger.openings import commit
from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.participation.ideas.events import IDEA_SUBMITTED
from democratic.thread.events import COMMENT_POSTED
from democratic.thread.journal.heads import read_head
from democratic.thread.journal.projections import ensure_cursors, projections
from democratic.thread.journal.running import drain
from democratic.thread.models import Cursor, Entry, Kind, Opening, PendingEntry
from democratic.thread.views import FIGURES

THREAD = 200  # comments more on the newest idea, whose page is measured

# After these, comment n is about idea n modulo their number: every idea has as many.
_COMMENTS = """
with subject as (
  select record_id, row_number() over (order by record_id desc) - 1 as r from participation_idea
  where process_id = %(process)s),
author as (select id, row_number() over (order by id) - 1 as r from people_person),
drawn as (
  select n, case when n < %(thread)s then %(subject)s else s.record_id end as subject,
    a.id as author,
    uuidv7(- (1 + n %% %(ideas)s) * interval '1 minute' + (n / %(ideas)s) * interval '1 second') as id,
    uuidv7(- (1 + n %% %(ideas)s) * interval '1 minute' + (n / %(ideas)s) * interval '1 second') as wid,
    'Un commentaire de longueur ordinaire, qui dit pourquoi, en deux lignes : '
      || (%(words)s::text[])[1 + n %% %(many)s] || ' numéro ' || n as text
  from generate_series(0, %(comments)s - 1) n
  join subject s on s.r = n %% %(ideas)s join author a on a.r = n %% %(people)s),
record as (
  insert into thread_record (id, code, authority_id, process_id, kind, state, visibility, audience_id,
    author_id, byline, origin, place, wording_id, happened_at, recorded_at)
  select id, 'D' || lpad((%(first_comment)s + n)::text, 7, '0'),
    %(authority)s, %(process)s, 'comment', '', 'public', %(audience)s,
    author, '', 'web', '', wid, now() - (1 + n %% %(ideas)s) * interval '1 minute', now() from drawn),
wording as (
  insert into thread_wording (id, record_id, version, language, title, text, created_at)
  select wid, id, 1, 'fr', '', text, now() from drawn)
insert into thread_comment (record_id, subject_id, parent_id, thread_start, depth, alignment)
select id, subject, null, id, 0, n %% 3 - 1 from drawn
"""

_VERIFIED = """
insert into people_verification (id, person_id, level, source, "on")
select uuidv7(), id, 'desk_check', 'Banc', current_date
from (select id, row_number() over (order by id) as r from people_person) person where r %% 5 = 0
on conflict do nothing
"""
_SUPPORTS = """
with subject as (
  select record_id, row_number() over (order by record_id desc) - 1 as r from participation_idea
  where process_id = %(process)s),
author as (select id, row_number() over (order by id) - 1 as r from people_person)
insert into thread_support (id, record_id, person_id, created_at, is_verified)
select uuidv7(), s.record_id, a.id, now(), exists (select from people_verification v where v.person_id = a.id)
from generate_series(0, %(supports)s - 1) n
join subject s on s.r = n %% %(ideas)s
join author a on a.r = (n / %(ideas)s + 31 * (n %% %(ideas)s)) %% %(people)s
"""
_TO_COUNT = """
insert into thread_markedrecord (record_id, is_stale) select distinct record_id, true from thread_support
on conflict do nothing
"""

_SAID = """
select r.id, r.kind, r.origin, w.title, w.text, s.code, c.alignment
from thread_record r join thread_wording w on w.id = r.wording_id
left join thread_comment c on c.record_id = r.id left join thread_record s on s.id = c.subject_id
where r.process_id = %(process)s and r.kind in ('idea', 'comment')
  and not exists (select from thread_entry e where e.record_id = r.id)
order by r.id
"""
_BATCH = 2000


def fill_crowd(names: dict[str, Any], *, comments: int, supports: int) -> None:
    """So many comments and supports, spread over the ideas; then the journal says each, and the counts are made of it.

    ``names``: those of the filling (see ``fill``), with the number of people.
    """
    wanted = {**names, "thread": THREAD, "comments": THREAD + comments, "supports": supports}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (_COMMENTS, _VERIFIED, _SUPPORTS, _TO_COUNT):
            cursor.execute(statement, wanted)
    write_entries(wanted)
    ensure_cursors(projections())
    drain(clock=DATABASE_CLOCK, named=[FIGURES])
    Cursor.objects.exclude(name=FIGURES.name).update(position=read_head().size)


@transaction.atomic
def write_entries(names: dict[str, Any]) -> None:
    """Those of the ideas and comments of a process that have none: the sequencer gives them their positions."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, names)
        today = local_day(DATABASE_CLOCK.now(), "Europe/Paris")
        while rows := cursor.fetchmany(_BATCH):
            facts = [_fact(row, names, today) for row in rows]
            Entry.objects.bulk_create([entry for entry, _ in facts])
            Opening.objects.bulk_create([opening for _, openings in facts for opening in openings])
            PendingEntry.objects.bulk_create([PendingEntry(entry=entry) for entry, _ in facts])


def _fact(row: tuple[Any, ...], names: dict[str, Any], today: date) -> tuple[Entry, list[Opening]]:
    """The Entry that ``append_entry`` would have written, and its Openings."""
    record, kind, origin, title, text, subject, alignment = row
    is_idea = kind == Kind.IDEA
    data = {"state": "received"} if is_idea else {"state": "", "subject": subject, "alignment": alignment}
    words = {part: value for part, value in (("title", title), ("text", text)) if value}
    salts = {part: os.urandom(16) for part in words}
    entry = Entry(
        authority_id=names["authority"],
        kind=(IDEA_SUBMITTED if is_idea else COMMENT_POSTED).kind,
        record_id=record,
        process_id=names["process"],
        origin=origin,
        day=today,
        data={"kind": kind, **data},
        commitments={part: commit(salts[part], value).hex() for part, value in words.items()},
    )
    said = [Opening(entry=entry, part=part, salt=salts[part], value=value) for part, value in words.items()]
    return entry, said
