"""Conversations on a Record: whole threads, in one query, and where one comment stands among them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from democratic.thread.models import Comment, Visibility
from democratic.thread.queries.clauses import rows_of
from democratic.thread.rules import Viewer, visible_records

THREADS_A_PAGE = 50
ROWS_A_PAGE = 400  # a thread that runs away does not make the page run away


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as a page shows it; one that is gone keeps its place, and its words are not to be shown."""

    id: UUID
    code: str
    parent_id: UUID | None
    thread_start: UUID
    depth: int
    alignment: int
    byline: str
    origin: str
    happened_at: datetime
    visibility: str
    text: str
    language: str
    supports: int
    verified: int | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Comments in reading order: each thread whole, every reply under what it answers.

    ``next`` is the code after which to go on, empty at the end.
    """

    comments: tuple[Said, ...] = ()
    next: str = ""


_ROWS = """
with page as (
  select c.record_id, c.parent_id, c.thread_start, c.depth, c.alignment,
    dense_rank() over (order by c.thread_start) as thread
  from thread_comment c
  where c.subject_id = %(subject)s and {where}
  order by c.thread_start, c.record_id limit {rows}
)
select r.id, r.code, page.parent_id, page.thread_start, page.depth, page.alignment, r.byline, r.origin,
  r.happened_at, r.visibility, coalesce(w.text, ''), coalesce(w.language, ''), coalesce(f.supports, 0),
  f.verified
from page
join thread_record r on r.id = page.record_id
left join thread_wording w on w.id = r.wording_id
left join thread_recordfigures f on f.record_id = r.id
where r.visibility not in ('draft', 'held') and r.audience_id = %(audience)s and page.thread <= %(threads)s + 1
order by page.thread_start, page.record_id
"""
_ALL = "true"
_AFTER = """(c.thread_start, c.record_id) > (
  select a.thread_start, a.record_id from thread_comment a join thread_record ar on ar.id = a.record_id
  where ar.code = %(code)s and a.subject_id = %(subject)s)"""
_ONE_THREAD = """c.thread_start = (
  select a.thread_start from thread_comment a join thread_record ar on ar.id = a.record_id
  where ar.code = %(code)s and a.subject_id = %(subject)s)"""


def conversation_on(subject_id: UUID, audience_id: UUID, *, after: str = "", only: str = "") -> Conversation:
    """The next fifty threads ``after`` a comment's code, or ``only`` the thread of one; first said first.

    What was withdrawn or hidden keeps its place, for its replies: the page shows a line instead of its words.
    """
    where = _ONE_THREAD if only else _AFTER if after else _ALL
    given = {
        "subject": subject_id,
        "audience": audience_id,
        "code": only or after,
        "threads": THREADS_A_PAGE,
    }
    rows = [Said(*row) for row in rows_of((_ROWS.format(where=where, rows=ROWS_A_PAGE + 1), given))]
    shown = _first_threads(rows)
    more = shown[-1].code if shown and len(shown) < len(rows) else ""
    return Conversation(tuple(_in_reading_order(shown)), more)


def _first_threads(rows: Sequence[Said]) -> list[Said]:
    threads = list(dict.fromkeys(row.thread_start for row in rows))[:THREADS_A_PAGE]
    last = set(threads)
    return [row for row in rows[:ROWS_A_PAGE] if row.thread_start in last]


def _in_reading_order(rows: Sequence[Said]) -> list[Said]:
    """Every reply right under what it answers; one whose parent is on an earlier page begins again."""
    here = {row.id for row in rows}
    replies: dict[UUID | None, list[Said]] = defaultdict(list)
    for row in rows:
        replies[row.parent_id if row.parent_id in here else None].append(row)
    ordered: list[Said] = []
    waiting = list(reversed(replies[None]))
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += reversed(replies[row.id])
    return ordered


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a comment is shown: on which Record, and whether on the first page of its conversation."""

    subject_kind: str
    subject_code: str
    code: str
    is_on_first_page: bool


_WHEREABOUTS = """
select s.kind, s.code, r.code,
  (select count(distinct b.thread_start) from thread_comment b
   where b.subject_id = c.subject_id and b.thread_start <= c.thread_start) <= %s
  and (select count(*) from thread_comment b where b.subject_id = c.subject_id
       and (b.thread_start, b.record_id) <= (c.thread_start, c.record_id)) <= %s
from thread_comment c join thread_record r on r.id = c.record_id join thread_record s on s.id = c.subject_id
where c.record_id = %s
"""


def whereabouts_of(comment_id: UUID) -> Whereabouts:
    return Whereabouts(*rows_of((_WHEREABOUTS, [THREADS_A_PAGE, ROWS_A_PAGE, comment_id]))[0])


def find_comment(viewer: Viewer, code: str) -> UUID | None:
    """The comment of this code, gone or not, if its subject may be seen: its place stays."""
    return (
        Comment.objects.filter(record__code=code, subject__in=visible_records(viewer))
        .exclude(record__visibility__in=(Visibility.DRAFT, Visibility.HELD))
        .values_list("pk", flat=True)
        .first()
    )


_OWN = """
select r.code from thread_comment c join thread_record r on r.id = c.record_id
where c.subject_id = %s and r.author_id = any(%s) and r.kind = 'comment' and r.visibility = 'public'
"""


def codes_of_own_comments(subject_id: UUID, person_ids: Sequence[UUID]) -> list[str]:
    """The comments on this Record that these persons may take back."""
    return [code for (code,) in rows_of((_OWN, [subject_id, list(person_ids)]))]
