"""What everyone may read of moderation: each decision, the year's counts, and the bin."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear

from democratic.kernel.ids import read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.stewardship.moderation.actions.noticing import PURPOSE
from democratic.stewardship.moderation.charter import NOT_READABLE
from democratic.stewardship.moderation.models import Appeal, Notice, Ruling
from democratic.stewardship.moderation.states import AppealState, NoticeState, Outcome
from democratic.thread.models import Authority, Record, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, records_in_reach, visible_records

A_PAGE = 25


def _shown(viewer: Viewer) -> QuerySet[Ruling]:
    found = Ruling.objects.filter(record__in=visible_records(viewer))
    return found.select_related(
        "record__wording", "record__authority", "subject", "second_to__record", "second__record"
    )


def get_ruling_for(viewer: Viewer, code: str) -> Ruling:
    """By its own code, or the last one on the word of this code. Raises RecordNotFound."""
    found = _shown(viewer)
    ruling = found.filter(record__code=code).first()
    if ruling is None:
        ruling = found.filter(subject__code=code).order_by("-pk").first()
    if ruling is None:
        raise RecordNotFound(code)
    return ruling


def _of_year(year: int, zone: ZoneInfo) -> Q:
    first, last = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    return Q(record__happened_at__gte=first, record__happened_at__lt=last)


def rulings_of(viewer: Viewer, year: int) -> QuerySet[Ruling]:
    """The newest first."""
    zone = ZoneInfo(viewer.authority.time_zone)
    return _shown(viewer).filter(_of_year(year, zone)).order_by("-record__happened_at", "-pk")


def years_with_rulings(viewer: Viewer) -> list[int]:
    zone = ZoneInfo(viewer.authority.time_zone)
    year = ExtractYear("record__happened_at", tzinfo=zone)
    found = Ruling.objects.filter(record__in=visible_records(viewer)).annotate(year=year)
    return sorted({*found.values_list("year", flat=True)}, reverse=True)


@dataclass(frozen=True, slots=True)
class YearOfModeration:
    """``answered``: notices that got a decision. ``days``: the median from notice to decision, None without any."""

    notices: int
    automatic: int
    answered: int
    hidden: int
    refused: int
    kept: int
    appeals: int
    overturned: int
    days: int | None


def year_of(authority: Authority, year: int) -> YearOfModeration:
    """Counts of everything that was decided, whoever may read it: numbers name nobody. Three queries."""
    zone = ZoneInfo(authority.time_zone)
    first, last = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    within = Q(received_at__gte=first, received_at__lt=last)
    notices = list(
        Notice.objects.filter(within, record__authority=authority).values_list(
            "alarm", "state", "received_at", "ruling__record__happened_at"
        )
    )
    rulings = Ruling.objects.filter(_of_year(year, zone), record__authority=authority, second_to=None)
    outcomes = Counter(rulings.values_list("outcome", flat=True))
    appeals = Counter(
        Appeal.objects.filter(within, ruling__record__authority=authority).values_list("state", flat=True)
    )
    waited = sorted((ruled - received).days for _a, _s, received, ruled in notices if ruled is not None)
    return YearOfModeration(
        notices=len(notices),
        automatic=sum(alarm is not None for alarm, *_rest in notices),
        answered=sum(state != NoticeState.RECEIVED for _alarm, state, *_rest in notices),
        hidden=outcomes[Outcome.HIDDEN],
        refused=outcomes[Outcome.REFUSED],
        kept=outcomes[Outcome.KEPT],
        appeals=sum(appeals.values()),
        overturned=appeals[AppealState.OVERTURNED],
        days=waited[len(waited) // 2] if waited else None,
    )


@dataclass(frozen=True, slots=True)
class Binned:
    """A word that moderation took away. ``record`` says its words only where its rule lets them be read."""

    record: Record
    ruling: Ruling
    is_readable: bool


def _taken_away(viewer: Viewer) -> QuerySet[Ruling]:
    return Ruling.objects.filter(
        subject__in=records_in_reach(viewer).filter(visibility=Visibility.HIDDEN),
        outcome__in=(Outcome.HIDDEN, Outcome.REFUSED),
        second=None,
        record__in=visible_records(viewer),
    )


def _page_of(running: QuerySet[Ruling], skip: int) -> list[Binned]:
    found = running.select_related("record", "subject__wording").order_by("-record__happened_at", "-pk")
    return [
        Binned(ruling.subject, ruling, ruling.rule not in NOT_READABLE)
        for ruling in found[skip : skip + A_PAGE]
    ]


def readable_bin(viewer: Viewer, *, skip: int = 0) -> tuple[list[Binned], int]:
    """*La corbeille lisible*, for who is signed in; the last taken away first; one page, and how many in all."""
    running = _taken_away(viewer)
    return _page_of(running, skip), running.count()


def bin_of_meeting(viewer: Viewer, meeting_id: UUID, *, skip: int = 0) -> tuple[list[Binned], int]:
    """The same, of the questions put to one meeting."""
    running = _taken_away(viewer).filter(subject__wall_question__meeting=meeting_id)
    return _page_of(running, skip), running.count()


def notice_of_secret(authority: Authority, typed: str) -> Notice | None:
    """What became of a notice, for who holds its key."""
    hashed = keyed_hash(PURPOSE, read_claim_secret(typed))
    found = Notice.objects.filter(secret_hash=hashed, record__authority=authority)
    return found.select_related(
        "record__authority", "ruling__record__wording", "ruling__second__record__wording"
    ).first()


def until(ruling: Ruling) -> date | None:
    """The last day to contest, as long as nothing was answered."""
    return None if hasattr(ruling, "second") else ruling.appeal_until
