"""The two views of the thread: counts of each Record, and versions of stored pages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from democratic.kernel import pages
from democratic.thread.events import (
    COMMENT_POSTED,
    RECORD_WITHDRAWN_BY_AUTHOR,
    SUPPORTS_COUNTED,
    WORDS_ERASED,
)
from democratic.thread.journal import JournalLine, Projection
from democratic.thread.models import Entry, Kind, Record, RecordFigures

# Declared above us, in participation; a kind never changes its meaning.
GROUPED, UNGROUPED = "contribution_grouped", "contribution_ungrouped"
MODERATED = "content_moderated"  # in stewardship

COMMENTS = {1: "comments_for", -1: "comments_against", 0: "comments_neutral"}

Change = tuple[UUID, str]
"""A Record and the name of its count."""

_OPEN = """
insert into thread_recordfigures
  (record_id, process_id, kind, supports, comments_for, comments_against, comments_neutral, grouped)
select id, process_id, kind, 0, 0, 0, 0, 0 from thread_record where id = any(%s)
on conflict (record_id) do nothing
"""
_ADD = """
update thread_recordfigures f set {0} = f.{0} + added.count
from unnest(%s::uuid[], %s::int[]) as added(record_id, count) where f.record_id = added.record_id
"""
_SET_SUPPORTS = """
update thread_recordfigures f set supports = said.total, verified = said.verified
from unnest(%s::uuid[], %s::int[], %s::int[]) as said(record_id, total, verified) where f.record_id = said.record_id
"""


def write_figures(lines: Sequence[JournalLine]) -> None:
    """Sums and last totals: the same table wherever a batch begins and ends."""
    changes = _changes(lines)
    totals = {
        line.record_id: (line.data["total"], line.data["verified"])
        for line in lines
        if line.kind == SUPPORTS_COUNTED.kind and line.record_id
    }
    opened = {line.record_id for line in lines if line.record_id and "kind" in line.data}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [sorted(opened | totals.keys() | {record for record, _ in changes})])
        for name in sorted({name for _, name in changes}):
            added = {record: count for (record, each), count in changes.items() if each == name}
            cursor.execute(_ADD.format(name), [list(added), list(added.values())])
        supports, verified = ([said[part] for said in totals.values()] for part in (0, 1))
        cursor.execute(_SET_SUPPORTS, [list(totals), supports, verified])


def _changes(lines: Sequence[JournalLine]) -> Counter[Change]:
    posted = [
        (line.data["subject"], line.data["alignment"]) for line in lines if line.kind == COMMENT_POSTED.kind
    ]
    hidden, restored = (_moderated_comments(lines, change) for change in ("hidden", "restored"))
    gone = _comments_said([*(line.record_id for line in lines if _takes_a_comment_away(line)), *hidden])
    posted += _comments_said(restored)
    grouped = [line.data["theme"] for line in lines if line.kind == GROUPED]
    ungrouped = [line.data["theme"] for line in lines if line.kind == UNGROUPED]
    record_of = _records({code for code, _ in posted + gone} | {*grouped, *ungrouped})
    changes: Counter[Change] = Counter()
    for sign, comments in ((1, posted), (-1, gone)):
        for code, alignment in comments:
            changes[record_of[code], COMMENTS[alignment]] += sign
    for sign, themes in ((1, grouped), (-1, ungrouped)):
        for code in themes:
            changes[record_of[code], "grouped"] += sign
    return changes


def _takes_a_comment_away(line: JournalLine) -> bool:
    """Once: words erased after the comment was withdrawn take nothing more away."""
    if line.data.get("kind") != Kind.COMMENT:
        return False
    return line.kind == RECORD_WITHDRAWN_BY_AUTHOR.kind or (
        line.kind == WORDS_ERASED.kind and bool(line.data["was_public"])
    )


def _moderated_comments(lines: Sequence[JournalLine], change: str) -> list[UUID]:
    """The comments that decisions of moderation took away, or gave back."""
    said = [line.data for line in lines if line.kind == MODERATED and line.data.get("of") == Kind.COMMENT]
    return list(_records({data["subject"] for data in said if data["change"] == change}).values())


def _comments_said(records: Iterable[UUID | None]) -> list[tuple[str, int]]:
    """The subject's code and the alignment, from the Entry by which each comment was posted."""
    wanted = [record for record in records if record]
    said = (
        Entry.objects.filter(record__in=wanted, kind=COMMENT_POSTED.kind) if wanted else Entry.objects.none()
    )
    return [(data["subject"], data["alignment"]) for data in said.values_list("data", flat=True)]


def _records(codes: set[str]) -> dict[str, UUID]:
    return dict(Record.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}


def forget_figures() -> None:
    RecordFigures.objects.all().delete()


def bump_pages(lines: Sequence[JournalLine]) -> None:
    """Counts have changed: stored pages of these authorities and processes are stale."""
    scopes = {line.authority_id for line in lines}
    scopes |= {scope for line in lines if (scope := line.process_id or line.record_id)}
    outside = {line.data["subject"] for line in lines if not line.process_id and "subject" in line.data}
    pages.bump(scopes | set(_records(outside).values()))


FIGURES = Projection("figures", write_figures, reset=forget_figures)

# After the figures that pages show; not more than twice a second, or a busy hour would store no page at all.
PAGES = Projection("pages", bump_pages, after=FIGURES.name, pace=0.5, batch=5000)
