"""What waits for a moderator: notices by word, the most urgent first; words held; appeals; alarms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Value, When

from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.stewardship.moderation.charter import URGENT, Rule
from democratic.stewardship.moderation.models import Alarm, Appeal, Notice, Ruling
from democratic.stewardship.moderation.rules import MODERATORS, records_to_judge, who_wrote
from democratic.stewardship.moderation.states import AppealState, NoticeState
from democratic.thread.models import Record, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, records_in_reach

A_PAGE = 25

_OPEN = Q(notices__state=NoticeState.RECEIVED)
_RANK = Case(
    *[When(notices__rule=rule, then=Value(rank)) for rank, rule in enumerate(URGENT)],
    default=Value(len(URGENT)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A word that people signalled: how many, since when, under which rules (the most invoked first)."""

    record: Record
    notices: int
    since: datetime
    is_urgent: bool
    rules: tuple[Rule, ...]
    is_from_alarm: bool


def _signalled(viewer: Viewer, rule: str = "") -> QuerySet[Record]:
    found = records_to_judge(viewer).filter(_OPEN, visibility=Visibility.PUBLIC)
    return found.filter(notices__rule=rule, notices__state=NoticeState.RECEIVED) if rule else found


def signalled(viewer: Viewer, *, rule: str = "", skip: int = 0) -> list[Waiting]:
    """One page. Three queries: the words are read of those alone that it shows."""
    found = (
        _signalled(viewer, rule)
        .annotate(n=Count("notices", filter=_OPEN, distinct=True), since=Min("notices__received_at"))
        .annotate(rank=Min(_RANK, filter=_OPEN))
        .order_by("rank", "since", "pk")
        .values_list("pk", "n", "since", "rank")[skip : skip + A_PAGE]
    )
    rows = list(found)
    shown = Record.objects.select_related("wording", "process__wording").in_bulk([row[0] for row in rows])
    said = _rules_of(list(shown))
    return [
        Waiting(
            shown[pk],
            n,
            since,
            rank < len(URGENT),
            tuple(Rule(rule) for rule, _n in said[pk][0].most_common()),
            said[pk][1],
        )
        for pk, n, since, rank in rows
    ]


def _rules_of(records: Sequence[UUID]) -> dict[UUID, tuple[Counter[str], bool]]:
    found = Notice.objects.filter(record__in=records, state=NoticeState.RECEIVED)
    rules: dict[UUID, Counter[str]] = {record: Counter() for record in records}
    alarmed: set[UUID] = set()
    for record, rule, alarm in found.values_list("record", "rule", "alarm"):
        rules[record][rule] += 1
        if alarm:
            alarmed.add(record)
    return {record: (rules[record], record in alarmed) for record in records}


def held(viewer: Viewer, *, skip: int = 0) -> list[Record]:
    """Words that wait to be read before they are published, the oldest first; one page."""
    found = records_to_judge(viewer).filter(visibility=Visibility.HELD)
    ordered = found.select_related("wording", "process__wording", "authority").order_by("recorded_at", "pk")
    return list(ordered[skip : skip + A_PAGE])


def contested(viewer: Viewer, *, skip: int = 0) -> list[Ruling]:
    found = Ruling.objects.filter(
        subject__in=records_to_judge(viewer), appeals__state=AppealState.OPEN, second=None
    )
    ordered = found.annotate(since=Min("appeals__received_at"), n=Count("appeals"))
    return list(
        ordered.select_related("record__wording", "subject__wording").order_by("since", "pk")[
            skip : skip + A_PAGE
        ]
    )


def open_alarms(viewer: Viewer) -> list[Alarm]:
    """In the consultations where she may judge something; few, as each kind has one that is open."""
    found = Alarm.objects.filter(process__in=records_in_reach(viewer), closed_at=None)
    scopes = [scope for role, scope in viewer.grants if role in MODERATORS]
    if None not in scopes:
        found = found.filter(process__in=[scope for scope in scopes if scope])
    flagged = Count("notices", filter=Q(notices__state=NoticeState.RECEIVED))
    return list(
        found.annotate(flagged=flagged)
        .select_related("process__wording", "process__as_process")
        .order_by("-last_at")
    )


@dataclass(frozen=True, slots=True)
class Counts:
    signalled: int
    held: int
    contested: int
    alarms: int

    @property
    def all(self) -> int:
        return self.signalled + self.held + self.contested + self.alarms


def count_signalled(viewer: Viewer, rule: str = "") -> int:
    return _signalled(viewer, rule).values("pk").distinct().count()


def counts(viewer: Viewer) -> Counts:
    to_judge = records_to_judge(viewer)
    contested_now = Ruling.objects.filter(subject__in=to_judge, appeals__state=AppealState.OPEN, second=None)
    return Counts(
        count_signalled(viewer),
        to_judge.filter(visibility=Visibility.HELD).count(),
        contested_now.values("pk").distinct().count(),
        len(open_alarms(viewer)),
    )


def get_record_to_judge(viewer: Viewer, code: str) -> Record:
    """Guarded: what one may not read, or was not given, is not there. Raises RecordNotFound."""
    found = records_to_judge(viewer).exclude(visibility=Visibility.DRAFT)
    record = (
        found.select_related("wording", "authority", "audience", "process__wording", "process__as_process")
        .filter(code=code)
        .first()
    )
    if record is None:
        raise RecordNotFound(code)
    return record


def get_contested_for(viewer: Viewer, code: str) -> Ruling:
    found = Ruling.objects.filter(record__code=code, subject__in=records_to_judge(viewer))
    ruling = found.select_related(
        "record__wording", "record__authority", "subject__wording", "subject__process__wording"
    ).first()
    if ruling is None:
        raise RecordNotFound(code)
    return ruling


def notices_on(record: Record) -> list[Notice]:
    """Those that wait, as a moderator reads them: never who gave them."""
    found = Notice.objects.filter(record=record, state=NoticeState.RECEIVED).select_related("alarm")
    return list(found.order_by("received_at"))


def appeals_on(ruling: Ruling) -> list[Appeal]:
    return list(Appeal.objects.filter(ruling=ruling).order_by("received_at"))


def rejected_before(notices: Sequence[Notice]) -> dict[UUID, int]:
    """How many notices of the same person were not followed, by notice; nobody is named."""
    people = [notice.notifier_id for notice in notices if notice.notifier_id]
    counted = dict(
        Notice.objects.filter(notifier__in=people, state=NoticeState.REJECTED)
        .values_list("notifier")
        .annotate(n=Count("pk"))
    )
    return {notice.pk: counted.get(notice.notifier_id, 0) for notice in notices}


def may_not_judge(record: Record, person: Person, ruling: Ruling | None = None) -> bool:
    """She wrote it, signalled it, or decided first: the page says so before she writes anything."""
    ids = person_and_claimed(person)
    if who_wrote(record) & set(ids) or (ruling is not None and ruling.ruled_by_id in ids):
        return True
    return Notice.objects.filter(record=record, notifier__in=ids, state=NoticeState.RECEIVED).exists()
