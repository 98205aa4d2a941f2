"""Reads of what a body does at home and of what left it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from democratic.communities.houses.models import House, HouseMember
from democratic.participation.houses.events import WORD_SET_ASIDE
from democratic.participation.houses.models import (
    AgendaPoint,
    HandOver,
    HouseTopic,
    MinorityView,
    Opinion,
    PointSupport,
    Power,
    Referral,
    ReferralPoint,
)
from democratic.participation.meetings.models import Meeting
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.thread.models import Authority, Opening, Visibility
from democratic.thread.rules import Viewer, visible_records


def topics_of(house: House, *, offset: int, limit: int) -> tuple[list[HouseTopic], int]:
    shown = HouseTopic.objects.filter(house=house, record__visibility=Visibility.PUBLIC)
    counted = shown.select_related("record__wording").annotate(said=Count("record__comments"))
    return list(counted.order_by("-record__happened_at", "-pk")[offset : offset + limit]), shown.count()


def topic_in(house: House, code: str) -> HouseTopic | None:
    found = HouseTopic.objects.filter(house=house, record__code=code, record__visibility=Visibility.PUBLIC)
    return found.select_related("record__wording", "record__authority", "record__audience", "house").first()


def why_set_aside(record_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Opening.objects.filter(
        entry__record__in=record_ids, entry__kind=WORD_SET_ASIDE.kind, part="reason"
    )
    return {record: str(value) for record, value in rows.values_list("entry__record", "value")}


def points_of(house: House, member: HouseMember | None) -> list[AgendaPoint]:
    """What waits for a meeting, the most supported first; each with ``n`` and whether it is ``mine``."""
    mine = PointSupport.objects.filter(point=OuterRef("pk"), member=member)
    waiting = AgendaPoint.objects.filter(house=house, item=None)
    found = waiting.annotate(n=Count("supports"), mine=Exists(mine)).order_by("-n", "proposed_on", "pk")
    return list(found[:50])


def meetings_of(house: House, now: datetime, limit: int = 10) -> list[Meeting]:
    """Those to come, soonest first, with their agenda."""
    ahead = Meeting.objects.filter(body=house.pk, ends_at__gt=now, record__visibility=Visibility.PUBLIC)
    found = ahead.select_related("record__wording", "record__audience").prefetch_related("items")
    return list(found.order_by("starts_at")[:limit])


def opinions_at_home(house: House) -> list[Opinion]:
    """All, drafts included: for who is in the house."""
    found = Opinion.objects.filter(house=house).select_related("record__wording", "adoption")
    return list(found.order_by("-record__recorded_at")[:50])


def opinion_in(house: House, code: str) -> Opinion | None:
    return _opinions().filter(house=house, record__code=code).first()


def opinion_for(viewer: Viewer, code: str) -> Opinion | None:
    """Only what was adopted: drafts are nobody else's."""
    shown = _opinions().filter(record__in=visible_records(viewer), record__code=code)
    return shown.filter(state=Opinion.State.ADOPTED).first()


def _opinions() -> QuerySet[Opinion]:
    views = MinorityView.objects.annotate(n=Count("voices")).order_by("pk")
    return Opinion.objects.select_related(
        "record__wording", "record__authority", "adoption", "house__organisation__record", "house__respondent"
    ).prefetch_related("points", Prefetch("minority_views", views), "referrals__record")


def views_held(opinion: Opinion, member: HouseMember | None) -> frozenset[UUID]:
    if member is None:
        return frozenset()
    held = MinorityView.objects.filter(opinion=opinion, voices__member=member)
    return frozenset(held.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral, with what is owed for it as it stands today.

    ``unpromised``, at the desk: points in the authority's own hands that are no engagement yet.
    """

    referral: Referral
    due: Due | None
    unpromised: int = 0


def referral_for(viewer: Viewer, code: str, today: date) -> Sent | None:
    shown = _referrals().filter(record__in=visible_records(viewer), record__code=code)
    found = shown.prefetch_related("points__commitment__record__wording").first()
    return _with_dues([found], today)[0] if found else None


def points_to_promise(referral: Referral) -> list[ReferralPoint]:
    """Of the authority's own hands, answered, and not yet an engagement."""
    return list(referral.points.filter(power=Power.OWN, commitment=None))


def referrals_of(house: House, today: date) -> list[Sent]:
    shown = _referrals().filter(opinion__house=house, record__visibility=Visibility.PUBLIC)
    return _with_dues(list(shown.order_by("-sent_on", "-pk")[:50]), today)


def referrals_to(authority: Authority, today: date, *, offset: int, limit: int) -> tuple[list[Sent], int]:
    """For the desk: what waits first, by the day that it is due; with what is not yet an engagement."""
    asked = _referrals().filter(record__authority=authority, record__visibility=Visibility.PUBLIC)
    ordered = asked.order_by("answered_on", "sent_on", "pk")
    waiting = list(ordered.filter(answered_on=None)) + list(ordered.filter(answered_on__isnull=False)[:200])
    page = waiting[offset : offset + limit]
    own = ReferralPoint.objects.filter(referral__in=page, power=Power.OWN, commitment=None)
    unpromised = dict(own.order_by().values_list("referral").annotate(n=Count("pk")))
    rows = [replace(sent, unpromised=unpromised.get(sent.referral.pk, 0)) for sent in _with_dues(page, today)]
    return rows, len(waiting)


def _referrals() -> QuerySet[Referral]:
    return Referral.objects.select_related(
        "record__wording",
        "record__authority",
        "record__withdrawal",
        "opinion__record__wording",
        "opinion__house__organisation__record",
        "respondent",
    )


def _with_dues(found: list[Referral], today: date) -> list[Sent]:
    dues = dues_of([each.pk for each in found], today)
    return [Sent(each, dues.get((each.pk, Owed.ANSWER))) for each in found]


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What the next members find: opinions being written, referrals without an answer, points without a meeting."""

    opinions: list[Opinion]
    referrals: list[Sent]
    points: list[AgendaPoint]


def still_open(house: House, today: date) -> StillOpen:
    written = opinions_at_home(house)
    return StillOpen(
        opinions=[each for each in written if each.state in (Opinion.State.DRAFT, Opinion.State.ASKED)],
        referrals=[sent for sent in referrals_of(house, today) if sent.referral.answered_on is None],
        points=points_of(house, None),
    )


def hand_over_of(house: House, mandate: int) -> HandOver | None:
    return HandOver.objects.filter(house=house, mandate=mandate).first()


def last_hand_over(house: House) -> HandOver | None:
    """What the former members left to these."""
    left = HandOver.objects.filter(house=house).filter(Q(mandate__lt=house.mandate, handed_on__isnull=False))
    return left.order_by("-mandate").first()
