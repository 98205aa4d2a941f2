"""Reads of questions: one, those that are open, those of a process, and whether their totals are right."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, Least

from democratic.participation.polls.counting import totals_of
from democratic.participation.polls.events import POLL_COUNTED, read_count
from democratic.participation.polls.models import Poll, PollAnswer, PollTally
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.tool import Act
from democratic.thread.models import Authority, Entry, Link, LinkKind, Record, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.queries.prepared import GuardedRead
from democratic.thread.rules import Viewer, visible_records

_SCOPE = GuardedRead(
    lambda viewer, code: Poll.objects.filter(
        record__in=visible_records(viewer).filter(code=code)
    ).values_list("pk", "process_id")
)


def poll_scope_for(viewer: Viewer, code: str) -> tuple[UUID, UUID]:
    """The question, and the process under which its page is stored. Raises RecordNotFound."""
    row = _SCOPE.first(viewer, code)
    if row is None:
        raise RecordNotFound(code)
    return row[0], row[1]


def get_poll_for(viewer: Viewer, code: str) -> Poll:
    """With its words, options, stage, process and who answers, in two queries. Raises RecordNotFound."""
    found = _with_words(Poll.objects.filter(record__in=visible_records(viewer), record__code=code)).first()
    if found is None:
        raise RecordNotFound(code)
    return found


def poll_named(viewer: Viewer, code: str, process_id: UUID) -> Poll | None:
    """A question of this process, with its own words alone."""
    found = Poll.objects.filter(record__in=visible_records(viewer), record__code=code, process=process_id)
    return found.select_related("record__wording", "record__authority").first()


def _with_words(polls: QuerySet[Poll]) -> QuerySet[Poll]:
    return polls.select_related(
        "stage",
        "record__wording",
        "record__withdrawal",
        "record__authority",
        "process__record__wording",
        "process__mandate__answerer",
        "process__mandate__record",
    ).prefetch_related("options")


def _for_rows(polls: QuerySet[Poll]) -> QuerySet[Poll]:
    return polls.select_related("stage", "record__wording", "process__record__wording")


def answer_of(poll_id: UUID, person_ids: Sequence[UUID]) -> int | None:
    """The rank of what she answered last, under any name of hers."""
    hers = PollAnswer.objects.filter(poll=poll_id, person__in=person_ids).order_by("-answered_at", "-pk")
    return hers.values_list("option__rank", flat=True).first()


_OVER = Least(Coalesce("closes_at", "stage__closes_at"), "stage__closes_at")


def _dated() -> Any:
    """Questions with ``over``, when nobody answers any more: a name that mypy's plugin takes for no column's."""
    return Poll.objects.annotate(over=_OVER)


def _running(now: datetime) -> Q:
    """Of questions that carry ``over``."""
    return Q(closed_at=None, opened_at__lte=now, stage__opens_at__lte=now) & Q(over__gt=now)


def open_polls(viewer: Viewer, now: datetime, *, limit: int) -> list[Poll]:
    """Where one can answer now, the first to close first; with their words and those of their process, in one query."""
    asked = _dated().filter(_running(now), record__in=visible_records(viewer), record__withdrawal=None)
    return list(_for_rows(asked.order_by("over", "pk"))[:limit])


def list_polls(
    viewer: Viewer, now: datetime, *, is_open: bool, offset: int, limit: int
) -> tuple[list[Poll], int]:
    """Of an authority: where one can answer now, the first to close first; or what was counted for good, the newest
    first. With their words and those of their process, and how many there are; two queries.
    """
    told = _running(now) if is_open else Q(closed_at__isnull=False)
    found = _dated().filter(told, record__in=visible_records(viewer), record__withdrawal=None)
    by = ("over", "pk") if is_open else ("-closed_at", "-pk")
    return list(_for_rows(found.order_by(*by))[offset : offset + limit]), found.count()


def latest_polls(viewer: Viewer, now: datetime, *, process: UUID | None = None, limit: int) -> list[Poll]:
    """Those that opened, here or in one process, the last to open or to be counted for good first."""
    begun = _dated().filter(opened_at__lte=now, stage__opens_at__lte=now, record__in=visible_records(viewer))
    here = begun.filter(process=process) if process else begun
    moved = here.filter(record__withdrawal=None).order_by(
        Coalesce("closed_at", Greatest("opened_at", "stage__opens_at")).desc(), "-pk"
    )
    return list(_for_rows(moved)[:limit])


def polls_to_read(viewer: Viewer, process_id: UUID, now: datetime, *, limit: int) -> list[Poll]:
    """Of a process: those that one can answer now, then those that were counted for good, the newest first."""
    told = _running(now) | Q(closed_at__isnull=False)
    shown = _dated().filter(told, record__in=visible_records(viewer), process=process_id)
    return list(_for_rows(shown.order_by(F("closed_at").desc(nulls_first=True), "over", "pk"))[:limit])


def poll_at(authority: Authority, code: str) -> Poll | None:
    """For the desk: drafts included."""
    here = Poll.objects.filter(
        record__authority=authority,
        record__code=code,
        record__visibility__in=(Visibility.PUBLIC, Visibility.DRAFT),
    )
    return _with_words(here).first()


def polls_in(process: Process, *, offset: int, limit: int) -> tuple[list[Poll], int]:
    """For the desk: a page of them, drafts included, the newest first, and how many there are."""
    all_of_them = process.polls.filter(record__visibility__in=(Visibility.PUBLIC, Visibility.DRAFT))
    page = _with_words(all_of_them).order_by("-record__recorded_at", "-pk")[offset : offset + limit]
    return list(page), all_of_them.count()


def tallies_of(poll: Poll, *, limit: int = 200) -> list[PollTally]:
    return list(poll.tallies.order_by("-entered_at", "-pk")[:limit])


def stages_to_ask_in(process: Process, now: datetime) -> list[Stage]:
    """Those that allow a question and are not over."""
    planned = Stage.objects.filter(process=process, allows__contains=[Act.ANSWER_POLL], closes_at__gt=now)
    return list(planned.order_by("opens_at", "rank"))


def reasons_of(viewer: Viewer, poll: Poll, *, limit: int) -> tuple[list[Record], int]:
    """What people said after they answered, the newest first, and how many said something."""
    tied = Link.objects.filter(source=poll.record_id, kind=LinkKind.INSPIRED, ended_by=None)
    said = visible_records(viewer).filter(pk__in=tied.values("target"))
    newest = said.select_related("wording").order_by("-recorded_at", "-pk")[:limit]
    return list(newest), said.count()


def drifting_polls() -> list[str]:
    """Codes of questions whose published totals are not those of their rows, or of the journal. Empty is right.

    An open question is behind its rows by a minute or by fewer than five people: its last Entry alone is compared.
    """
    counted = Entry.objects.filter(record=OuterRef("pk"), kind=POLL_COUNTED.kind).order_by("-pk")
    published = Poll.objects.exclude(counted={}).annotate(
        told=Subquery(counted.values("data")[:1]), code=F("record__code")
    )
    return [poll.code for poll in published.order_by("pk") if _drifts(poll)]


def _drifts(poll: Any) -> bool:
    if poll.told != poll.counted:
        return True
    if poll.closed_at is None:
        return False
    told, now = read_count(poll.counted), totals_of(poll.pk, is_final=True)
    if told["verified"] is None or now["verified"] is None:  # not known of one of them: nothing to compare
        told, now = (count | {"verified": None, "split": {}} for count in (told, now))
    return told != now
