"""What one day asks of the desk: what waits for an act, what is owed, what is coming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value, Window
from django.db.models.functions import Cast

from democratic.communities.models import Official
from democratic.kernel.compiled import Compiled
from democratic.kernel.spoken import Spoken
from democratic.participation.answers.assigned import waiting_for
from democratic.participation.answers.models import Answer
from democratic.participation.approvals.links import LIFE
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.mandates.models import Mandate
from democratic.participation.meetings.minutes.due import meetings_to_tell
from democratic.participation.meetings.models import Meeting
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.processes.models import Stage
from democratic.people.models import Person
from democratic.thread.models import Authority, Visibility

FEW, SOME = 8, 20
PROMISES = (Owed.COMMITMENT, Owed.ACTION)


@dataclass(frozen=True, slots=True)
class Owing:
    """``first``: the oldest promises, SOME of all those that are ``late`` or to come; ``promises``: of those to come,
    engagements and their actions.
    """

    first: Sequence[Obligation]
    late: int
    promises: int


def owed_until(authority: Authority, today: date, until: date) -> Owing:
    """What is owed and not met; one query. A *retrait* ends the waiting, its actions' too."""
    to_come = Q(first_due_on__gte=today, owed__in=PROMISES)
    rows = (
        Obligation.objects.filter(
            Q(due_on__lte=until) | Q(first_due_on__lte=until),
            record__authority=authority,
            record__withdrawal=None,
            record__action__commitment__record__withdrawal=None,
            met_on=None,
            ended_on=None,
        )
        .annotate(
            late=Window(Count("pk", filter=Q(first_due_on__lt=today))),
            promises=Window(Count("pk", filter=to_come)),
        )
        .select_related("record__wording", "service")
        .order_by("first_due_on", "pk")[:SOME]
    )
    found = list(rows)
    return Owing(found, found[0].late, found[0].promises) if found else Owing([], 0, 0)


@dataclass(frozen=True, slots=True)
class Dated:
    """One dated thing of the desk. ``told`` and ``more`` depend on what it is: see ``day_of``."""

    code: str
    slug: str
    title: str
    at: datetime
    on: date | None
    told: str
    more: str


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


@dataclass(frozen=True, slots=True)
class Day:
    """``to_accept``: words given in the street in her name, ``more`` the id of the request.

    ``to_sign``: ``told`` a verdict, ``more`` who signs. ``orders``: ``told`` a visibility, ``on`` the day of the
    answer. ``to_report``: meetings that were held, of which nothing is said yet. ``to_tell``: meetings that were run
    here, ``told`` the next thing to do (see ``minutes.due``), ``at`` their end. ``to_prepare``: subjects assigned to
    the services that she holds, ``on`` a day, ``told`` the service, ``more`` its id.
    """

    to_sign: tuple[Dated, ...]
    orders: tuple[Dated, ...]
    to_report: tuple[Dated, ...]
    to_prepare: tuple[Dated, ...]
    coming: tuple[Coming, ...]
    to_accept: tuple[Dated, ...] = ()
    to_tell: tuple[Dated, ...] = ()

    @property
    def drafts(self) -> list[Dated]:
        return [order for order in self.orders if order.told == Visibility.DRAFT]


def day_of(
    authority: Authority, now: datetime, until: datetime, *, reader: Person, signer: Official | None = None
) -> Day:
    """What waits for one act, and what comes before ``until``; one query. ``signer``: her own signatures alone."""
    asked: dict[str, Any] = {"authority": authority.pk, "now": now, "until": until, "reader": reader.pk}
    rows = _DAY_OF_OFFICIAL.rows(**asked, signer=signer.pk) if signer else _DAY.rows(**asked)
    found: dict[str, list[Dated]] = {}
    for what, code, slug, title, language, *rest in rows:
        found.setdefault(what, []).append(Dated(code, slug, Spoken(title, language), *rest))
    coming = sorted(_coming(found), key=lambda each: (each.at, each.title))
    return Day(
        to_sign=tuple(sorted(found.get("sign", []), key=lambda each: each.at)),
        orders=tuple(found.get("order", [])),
        to_report=tuple(sorted(found.get("report", []), key=lambda each: each.at)),
        to_prepare=tuple(sorted(found.get("prepare", []), key=lambda each: (each.on or now.date(), each.at))),
        coming=tuple(coming[:FEW]),
        to_accept=tuple(each for each in found.get("accept", []) if now < each.at + LIFE),
        to_tell=tuple(sorted(found.get("tell", []), key=lambda each: each.at)),
    )


def _coming(found: dict[str, list[Dated]]) -> Iterator[Coming]:
    for each in found.get("meeting", []):
        yield Coming(each.at, each.title, "", False, each.told, each.code, each.slug)
    for what, is_end in (("opens", False), ("closes", True)):
        for each in found.get(what, []):
            yield Coming(each.at, each.title, each.told, is_end, "", "", each.slug)


def _of_everyone(
    authority: UUID, now: datetime, until: datetime, reader: UUID, signer: UUID | None = None
) -> QuerySet[Any, tuple[Any, ...]]:
    first, *others = *_dated(authority, now, until, signer), _given(authority, reader)
    return first.union(*others, all=True)


def _dated(
    authority: UUID, now: datetime, until: datetime, signer: UUID | None
) -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    drafts = Answer.objects.filter(record__authority=authority, signed_at=None)
    drafts = drafts.filter(signer=signer) if signer else drafts
    yield _rows("sign", drafts.order_by("record__recorded_at")[:SOME],
                title="subject__wording", at="record__recorded_at", told=F("verdict"), more=F("signer__name"))  # fmt: skip
    if signer:
        asked = ApprovalRequest.objects.filter(official=signer, answered_at=None, withdrawn_at=None)
        words = asked.filter(record__authority=authority, record__given_word__isnull=False)
        yield _rows("accept", words.filter(record__visibility=Visibility.DRAFT).order_by("-asked_at", "pk")[:SOME],
                    at="asked_at", on=F("record__given_word__due_on"), told=F("record__given_word__reference"),
                    more=Cast("pk", CharField()))  # fmt: skip
    orders = Mandate.objects.filter(record__authority=authority, record__withdrawal=None)
    yield _rows("order", orders.order_by("record__visibility", "-ordered_on", "-pk")[:FEW],
                at="record__happened_at", on=F("answer_due_on"), told=F("record__visibility"))  # fmt: skip
    meetings = Meeting.objects.filter(record__authority=authority, record__visibility=Visibility.PUBLIC)
    held = meetings.filter(ends_at__lt=now, closed_at=None).exclude(record__state__in=("held", "cancelled"))
    yield _rows("report", held.order_by("ends_at", "pk")[:FEW], at="starts_at")
    telling = meetings_to_tell(authority, now).order_by("closed_at", "pk")[:FEW]
    yield _rows("tell", telling, at="closed_at", told=F("step"))
    ahead = meetings.filter(ends_at__gte=now, starts_at__lt=until).exclude(record__state="cancelled")
    ahead = ahead.order_by("starts_at", "pk")[:FEW]
    yield _rows("meeting", ahead, at="starts_at", told=F("place"))
    for what, at in (("opens", "opens_at"), ("closes", "closes_at")):
        edges = {f"{at}__gte": now, f"{at}__lt": until}
        shown = Stage.objects.filter(
            process__authority=authority, process__record__visibility=Visibility.PUBLIC
        )
        stages = shown.filter(done_on=None, **edges).order_by(at)[:FEW]
        process = "process__record"
        yield _rows(what, stages, title=f"{process}__wording", at=at, told=F("step"), record=process,
                    slug=F("process__slug"))  # fmt: skip


def _given(authority: UUID, reader: UUID) -> QuerySet[Any, tuple[Any, ...]]:
    return _rows("prepare", waiting_for(reader, authority)[:SOME], title="subject__wording", record="subject",
                 at="assigned_at", on=F("due_on"), slug=F("subject__process__as_process__slug"),
                 told=F("service__name"), more=Cast("service", CharField()))  # fmt: skip


_NOTHING = Value("", output_field=CharField())


def _rows(
    what: str, found: QuerySet[Any], *, at: str, title: str = "record__wording", record: str = "record", **more: Any
) -> QuerySet[Any, tuple[Any, ...]]:  # fmt: skip
    """The same columns of whatever it is, so that one statement reads them all."""
    return found.values_list(
        Value(what, output_field=CharField()),
        F(f"{record}__code"),
        more.get("slug", _NOTHING),
        F(f"{title}__title"),
        F(f"{title}__language"),
        F(at),
        more.get("on", Value(None, output_field=DateField())),
        more.get("told", _NOTHING),
        more.get("more", _NOTHING),
    )


_SLOTS = {"authority": UUID, "now": datetime, "until": datetime, "reader": UUID}
_DAY = Compiled(_of_everyone, **_SLOTS)
_DAY_OF_OFFICIAL = Compiled(_of_everyone, **_SLOTS, signer=UUID)
