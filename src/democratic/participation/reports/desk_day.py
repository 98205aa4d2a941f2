"""What one day asks of the desk: what waits for an act, what is coming, what this week brought."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from democratic.kernel.spoken import Spoken
from democratic.participation.answers.models import Answer
from democratic.participation.mandates.models import Mandate
from democratic.participation.meetings.models import Meeting
from democratic.participation.obligations.models import Obligation
from democratic.participation.processes.models import Process, Stage, Step
from democratic.participation.processes.tool import Act
from democratic.thread.models import Authority, Kind, Origin, Record, Visibility
from democratic.thread.queries.wholes import its_cut

FEW = 8
MOST_OWED = 50
# Who says it there is in front of a screen of her own.
ON_THE_WEB = (Origin.WEB, Origin.IMPORT, Origin.API)


def owed_until(authority: Authority, until: date) -> list[Obligation]:
    """What is owed and not met, the oldest promise first. A *retrait* ends the waiting, its actions' too."""
    return list(
        Obligation.objects.filter(
            Q(due_on__lte=until) | Q(first_due_on__lte=until),
            record__authority=authority,
            record__withdrawal=None,
            record__action__commitment__record__withdrawal=None,
            met_on=None,
            ended_on=None,
        )
        .select_related("record__wording", "service")
        .order_by("first_due_on", "pk")[:MOST_OWED]
    )


_SAID = ("record__wording__title", "record__wording__language")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a process still asks: contributions in no theme, themes that nobody is answering."""

    slug: str
    title: str
    ungrouped: int
    unanswered: int


def waiting_work(authority: Authority, now: datetime) -> list[Waiting]:
    """Of the processes whose report is not given yet; nothing waits before its stage opens. Three queries."""
    shown = Record.objects.filter(authority=authority, visibility=Visibility.PUBLIC)
    grouping = Stage.objects.filter(
        process=OuterRef("process"), allows__contains=[Act.GROUP.value], opens_at__lte=now
    )
    ungrouped = _by_process(shown.filter(Exists(grouping), kind=Kind.IDEA, theme=None, state="received"))
    in_hand = Answer.objects.filter(Q(is_current=True) | Q(signed_at=None), subject=OuterRef("pk"))
    unanswered = _by_process(shown.filter(~Exists(in_hand), kind=Kind.THEME))
    return [
        Waiting(slug, Spoken(title, language), ungrouped[process_id], unanswered[process_id])
        for process_id, slug, title, language in Process.objects.filter(
            authority=authority, record__in=[*ungrouped, *unanswered]
        )
        .exclude(stages__in=Stage.objects.filter(step=Step.REPORT, done_on__isnull=False))
        .order_by("record__happened_at")
        .values_list("pk", "slug", *_SAID)
    ]


def _by_process(records: QuerySet[Record]) -> Counter[UUID]:
    rows = records.filter(process__isnull=False).order_by().values_list("process_id")
    return Counter(dict(rows.annotate(n=Count("pk"))))


def mandates_in_hand(authority: Authority) -> list[Mandate]:
    """Drafts first, then the latest ordered; those withdrawn in public are over."""
    found = Mandate.objects.filter(record__authority=authority, record__withdrawal=None)
    return list(
        found.select_related("record__wording").order_by("record__visibility", "-ordered_on", "-pk")[:FEW]
    )


def meetings_to_report(authority: Authority, now: datetime) -> list[Meeting]:
    """Held, and nothing was said of them yet: the oldest first."""
    over = Meeting.objects.filter(
        record__authority=authority, record__visibility=Visibility.PUBLIC, ends_at__lt=now
    )
    return list(
        over.exclude(record__state="held").select_related("record__wording").order_by("ends_at", "pk")[:FEW]
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """``step``: of a stage that opens, or closes when ``is_end``; empty for a meeting."""

    at: datetime
    title: str
    step: str
    is_end: bool
    place: str
    code: str
    slug: str


def coming(authority: Authority, now: datetime, until: datetime) -> list[Coming]:
    """Meetings, and stages that open or close, the soonest first; two queries."""
    meetings = Meeting.objects.filter(
        record__authority=authority,
        record__visibility=Visibility.PUBLIC,
        ends_at__gte=now,
        starts_at__lt=until,
    ).values_list("starts_at", *_SAID, "place", "record__code", "process__slug")[:FEW]
    found = [
        Coming(at, Spoken(title, language), "", False, place, code, slug)
        for at, title, language, place, code, slug in meetings
    ]
    opens, closes = Q(opens_at__gte=now, opens_at__lt=until), Q(closes_at__gte=now, closes_at__lt=until)
    shown = Stage.objects.filter(
        process__authority=authority, process__record__visibility=Visibility.PUBLIC, done_on=None
    )
    stages = shown.filter(opens | closes).values_list(
        "opens_at", "closes_at", "step", *(f"process__{said}" for said in _SAID), "process__slug"
    )[: FEW * 2]
    for opens_at, closes_at, step, title, language, slug in stages:
        edges = ((opens_at, False), (closes_at, True))
        said = Spoken(title, language)
        found += [Coming(at, said, step, is_end, "", "", slug) for at, is_end in edges if now <= at < until]
    return sorted(found, key=lambda each: (each.at, each.title))[:FEW]


@dataclass(frozen=True, slots=True)
class Voices:
    """``since``: said since a moment; ``outside``: how many of all were not said on a screen."""

    all: int
    since: int
    outside: int
    unanswered: int

    @property
    def outside_share(self) -> int:
        """In whole percent, rounded down."""
        return self.outside * 100 // self.all if self.all else 0


def voices_of(authority: Authority, since: datetime) -> Voices:
    said = Record.objects.filter(authority=authority, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    voice = Q(cut__isnull=True)
    counts = said.annotate(cut=its_cut()).aggregate(
        all=Count("pk", filter=voice),
        since=Count("pk", filter=voice & Q(happened_at__gte=since)),
        outside=Count("pk", filter=voice & ~Q(origin__in=ON_THE_WEB)),
        unanswered=Count("pk", filter=Q(state="received")),
    )
    return Voices(**counts)
