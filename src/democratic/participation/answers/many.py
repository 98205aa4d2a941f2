"""Drafts by the hundred: for a sheet that comes back, and for subjects that are given one answer together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.kernel.copying import copy_rows
from democratic.participation.answers.drafting import AnswerDraft, new_answer_record, stamps_of
from democratic.participation.answers.grouping import INADMISSIBLE, REJOINED, SPLIT
from democratic.participation.answers.lineage import running_merges
from democratic.participation.answers.models import Answer, AnswerHand
from democratic.participation.answers.states import AnswerState
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.actions.records.many import open_drafts, reword_drafts
from democratic.thread.models import Kind, Record, Visibility

# As bulk_update does, in a twentieth of its time.
_REWRITE = """
update participation_answer a
set verdict = w.verdict, passed_to = w.passed_to, signer_id = w.signer, version = a.version + 1
from unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[]) w(id, verdict, passed_to, signer)
where a.record_id = w.id
"""
CLOSED = (INADMISSIBLE, SPLIT, REJOINED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draft for a subject. ``stamp``: of its answers, as its author saw them (see ``stamps_of``)."""

    subject: UUID
    draft: AnswerDraft
    stamp: int


@dataclass(slots=True)
class Result:
    """By subject: what was written, the stamp of those that moved meanwhile, those to which nobody answers."""

    written: dict[UUID, Answer] = field(default_factory=dict)
    moved: dict[UUID, int] = field(default_factory=dict)
    closed: set[UUID] = field(default_factory=set)


@transaction.atomic
def write_drafts(*, process: Process, wanted: Sequence[Wanted], author: Person, clock: Clock) -> Result:
    """Write all these drafts, new or changed, but those on which someone wrote meanwhile."""
    for each in wanted:
        each.draft.refuse_unless_complete()
    for signer in {each.draft.signer.pk: each.draft.signer for each in wanted}.values():
        refuse_unless_in_office(signer, field="signer")
    ids = [each.subject for each in wanted]
    subjects = {
        record.pk: record
        for record in Record.objects.select_for_update()
        .filter(pk__in=ids, process=process.record)
        .order_by("pk")
    }
    result = Result(closed=set(ids) - {pk for pk, record in subjects.items() if is_answerable(record)})
    result.closed |= merged_among(ids)
    stamps = stamps_of(ids)
    result.moved = {
        each.subject: stamps[each.subject]
        for each in wanted
        if each.subject not in result.closed and each.stamp != stamps[each.subject]
    }
    kept = [each for each in wanted if each.subject not in result.closed and each.subject not in result.moved]
    begun = _drafts_of([each.subject for each in kept])
    result.written = _begin(
        [each for each in kept if each.subject not in begun], subjects, process, author, clock
    )
    result.written |= _rewrite([each for each in kept if each.subject in begun], begun, clock)
    now = clock.now()
    copy_rows(
        [
            AnswerHand(answer=answer, person=author, version=answer.version, written_at=now)
            for answer in result.written.values()
        ]
    )
    return result


def is_answerable(record: Record) -> bool:
    is_shown = record.visibility == Visibility.PUBLIC and record.kind in (Kind.THEME, Kind.IDEA)
    return is_shown and record.state not in CLOSED


def merged_among(ids: Sequence[UUID]) -> set[UUID]:
    return set(running_merges().filter(source__in=ids).values_list("source", flat=True))


def _drafts_of(ids: Sequence[UUID]) -> dict[UUID, Answer]:
    rows = Answer.objects.select_for_update(of=("self",)).filter(subject__in=ids, signed_at=None)
    return {row.subject_id: row for row in rows.select_related("record").order_by("pk")}


def _begin(
    wanted: Sequence[Wanted], subjects: dict[UUID, Record], process: Process, author: Person, clock: Clock
) -> dict[UUID, Answer]:
    records = open_drafts([new_answer_record(process, each.draft, author) for each in wanted], clock=clock)
    answers = [
        Answer(
            record=record,
            process=process,
            subject=subjects[each.subject],
            verdict=each.draft.verdict,
            passed_to=each.draft.to,
            signer=each.draft.signer,
            is_current=False,
        )
        for each, record in zip(wanted, records, strict=True)
    ]
    copy_rows(answers)
    return {answer.subject_id: answer for answer in answers}


def _rewrite(wanted: Sequence[Wanted], begun: dict[UUID, Answer], clock: Clock) -> dict[UUID, Answer]:
    if not wanted:
        return {}
    answers = {}
    for each in wanted:
        answer = answers[each.subject] = begun[each.subject]
        answer.verdict, answer.passed_to, answer.signer = each.draft.verdict, each.draft.to, each.draft.signer
        answer.version += 1
    said = [
        (begun[each.subject].record, Words(title=each.draft.title, text=each.draft.reason)) for each in wanted
    ]
    reword_drafts(said, clock=clock)
    Record.objects.filter(pk__in=[answer.pk for answer in answers.values()]).update(state=AnswerState.DRAFT)
    columns = zip(*[(a.pk, a.verdict, a.passed_to, a.signer_id) for a in answers.values()], strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_REWRITE, [list(column) for column in columns])
    return answers
