"""What a sheet is made of, and what one that came back would change."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from democratic.communities.models import Service
from democratic.participation.answers.drafting import stamps_of
from democratic.participation.answers.many import is_answerable, merged_among
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.processes.models import Process
from democratic.participation.sheets.columns import Filled, Key
from democratic.participation.sheets.models import AnswerSheet, SheetRow
from democratic.participation.sheets.states import Outcome
from democratic.participation.sheets.zipped import MOST_LINES
from democratic.thread.models import Authority, Record

# Every theme, and every contribution in none whose answer is awaited; never what another stands for.
_TO_ANSWER = """
with subject as (
  select r.id, r.code, r.kind, r.wording_id, r.happened_at from thread_record r
  where r.process_id = %(process)s and r.visibility = 'public'
    and (r.kind = 'theme' or (r.kind = 'idea' and r.theme_id is null and r.state = 'received'))
    and (%(service)s::uuid is null or exists (
      select from participation_answerassignment g
      where g.subject_id = r.id and g.service_id = %(service)s and g.ended_at is null))
    and not exists (
      select from thread_link l where l.source_id = r.id and l.kind = 'merged_into' and l.ended_by_id is null)
  order by r.kind desc, r.happened_at, r.id limit %(most)s
), grouped as (
  select theme_id, count(*) as n from thread_record
  where process_id = %(process)s and kind = 'idea' and visibility = 'public' and theme_id is not null group by 1
), stamp as (
  select subject_id, sum(version) as n from participation_answer where process_id = %(process)s group by 1
)
select s.code, s.kind, w.title, w.text, coalesce(g.n, 0), coalesce(stamp.n, 0),
  coalesce(d.verdict, ''), coalesce(d.passed_to, ''), coalesce(dw.text, '')
from subject s join thread_wording w on w.id = s.wording_id
left join grouped g on g.theme_id = s.id left join stamp on stamp.subject_id = s.id
left join participation_answer d on d.subject_id = s.id and d.signed_at is null
left join thread_record dr on dr.id = d.record_id left join thread_wording dw on dw.id = dr.wording_id
order by s.kind desc, s.happened_at, s.id
"""


@dataclass(frozen=True, slots=True)
class ToAnswer:
    key: Key
    kind: str
    title: str
    text: str
    voices: int
    filled: Filled


def to_answer(process: Process, service: Service | None = None) -> Iterator[ToAnswer]:
    """At most as many as a sheet may have, in one query; themes first. ``service``: what is assigned to it, alone."""
    asked = {"process": process.pk, "most": MOST_LINES, "service": service.pk if service else None}
    with connection.cursor() as cursor:
        cursor.execute(_TO_ANSWER, asked)
        while rows := cursor.fetchmany(1000):
            yield from map(_to_answer, rows)


def _to_answer(row: tuple[Any, ...]) -> ToAnswer:
    code, kind, title, text, voices, stamp, *draft = row
    filled = Filled(*draft)
    return ToAnswer(Key(code, stamp, filled.print), kind, title, text, voices, filled)


@dataclass(frozen=True, slots=True)
class Saved:
    """A subject as it stands: its draft, and the stamp of its answers."""

    subject: Record
    stamp: int
    draft: Answer | None
    is_open: bool

    @property
    def filled(self) -> Filled:
        if self.draft is None:
            return Filled()
        return Filled(self.draft.verdict, self.draft.passed_to, self.draft.record.text)


def saved_by_code(process: Process, codes: Collection[str]) -> dict[str, Saved]:
    """Of this process alone; four queries."""
    rows = Record.objects.filter(process=process.record, code__in=codes)
    subjects = list(rows.only("code", "kind", "state", "visibility"))
    ids = [subject.pk for subject in subjects]
    stamps, merged, drafts = stamps_of(ids), merged_among(ids), drafts_of(ids)
    return {
        subject.code: Saved(
            subject,
            stamps[subject.pk],
            drafts.get(subject.pk),
            is_answerable(subject) and subject.pk not in merged,
        )
        for subject in subjects
    }


def drafts_of(ids: Collection[UUID]) -> dict[UUID, Answer]:
    rows = Answer.objects.filter(subject__in=ids, signed_at=None)
    return {row.subject_id: row for row in rows.select_related("record__wording", "signer")}


def get_sheet_for(authority: Authority, sheet: UUID) -> AnswerSheet | None:
    """With its process; who may see it is the desk's to say."""
    rows = AnswerSheet.objects.filter(pk=sheet, process__authority=authority)
    return rows.select_related("process__record__wording", "process__mandate__answerer").first()


def sheets_of(process: Process, *, offset: int, limit: int) -> tuple[list[AnswerSheet], int]:
    rows = AnswerSheet.objects.filter(process=process)
    return list(rows.order_by("-received_at", "-pk")[offset : offset + limit]), rows.count()


def outcomes_of(sheet: AnswerSheet) -> dict[str, int]:
    """How many lines would do what, and how many were written; one query."""
    rows = SheetRow.objects.filter(sheet=sheet, answer=None).values_list("outcome")
    return {**dict.fromkeys(Outcome, 0), **dict(rows.annotate(n=Count("pk")))}


@dataclass(frozen=True, slots=True)
class RowShown:
    row: SheetRow
    saved: Filled
    stamp: int


def rows_of_sheet(sheet: AnswerSheet, outcome: Outcome, *, offset: int, limit: int) -> list[RowShown]:
    """Some of its lines that are not written yet, each beside what is saved now; three queries."""
    waiting = SheetRow.objects.filter(sheet=sheet, outcome=outcome, answer=None)
    rows = list(waiting.select_related("subject__wording").order_by("number")[offset : offset + limit])
    ids = [row.subject_id for row in rows if row.subject_id]
    drafts, stamps = drafts_of(ids), stamps_of(ids)
    return [RowShown(row, _filled(drafts.get(row.about)), stamps.get(row.about, 0)) for row in rows]


def _filled(draft: Answer | None) -> Filled:
    return Filled(draft.verdict, draft.passed_to, draft.record.text) if draft else Filled()


def label_of_verdict(code: str) -> str:
    return str(Verdict(code).label) if code in Verdict.values else ""
