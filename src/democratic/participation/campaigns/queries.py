"""What the desk reads of campaigns: their list, and one of them as it is planned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from democratic.participation.campaigns.models import Campaign, CampaignCode, CampaignPublic, CampaignStep
from democratic.participation.conversations.models import FlowAnswer, FlowCode, FlowOpening, FlowRun
from democratic.participation.conversations.states import RunState
from democratic.participation.processes.models import Process

MOST_CODES = 200


@dataclass(frozen=True, slots=True)
class CampaignLine:
    campaign: Campaign
    done: int


@dataclass(frozen=True, slots=True)
class CodeLine:
    """``opened``: how many times its page was opened; ``cost`` in cents."""

    code: FlowCode
    opened: int
    begun: int
    done: int


@dataclass(frozen=True, slots=True)
class PublicLine:
    """``met``: who went up to the end by one of its codes, and said an age and a place that are this public's."""

    public: CampaignPublic
    codes: Sequence[CodeLine]
    met: int

    @property
    def done(self) -> int:
        return sum(each.done for each in self.codes)

    @property
    def others(self) -> int:
        """Of another age, of another place, or who did not say."""
        return self.done - self.met


@dataclass(frozen=True, slots=True)
class StepLine:
    step: CampaignStep
    is_late: bool
    is_next: bool


def campaigns_in(process: Process, *, offset: int, limit: int) -> tuple[list[CampaignLine], int]:
    """The latest first, each with how many people answered up to the end. Three queries."""
    rows = Campaign.objects.filter(process=process)
    page = list(rows.order_by("-starts_on", "-pk")[offset : offset + limit])
    for each in page:
        each.process = process
    runs = FlowRun.objects.filter(code__in_campaign__public__campaign__in=page, state=RunState.DONE)
    done = dict(
        runs.values_list("code__in_campaign__public__campaign")
        .annotate(n=Count("pk"))
        .values_list("code__in_campaign__public__campaign", "n")
    )
    return [CampaignLine(each, done.get(each.pk, 0)) for each in page], rows.count()


def publics_of(campaign: Campaign) -> list[CampaignPublic]:
    found = list(campaign.publics.select_related("place").order_by("pk"))
    for each in found:
        each.campaign = campaign
    return found


def lines_of(campaign: Campaign) -> list[PublicLine]:
    """Each public with its codes and what they brought. Five queries."""
    publics = publics_of(campaign)
    codes = CampaignCode.objects.filter(public__campaign=campaign).select_related("code__flow")
    counted = counted_codes([each.code for each in codes])
    by_public: dict[UUID, list[CodeLine]] = {}
    for each in sorted(codes, key=lambda each: each.code.code):
        by_public.setdefault(each.public_id, []).append(counted[each.code_id])
    met = _met(publics)
    return [PublicLine(public, by_public.get(public.pk, []), met.get(public.pk, 0)) for public in publics]


def _met(publics: Sequence[CampaignPublic]) -> Counter[UUID]:
    said = FlowAnswer.objects.filter(run=OuterRef("pk"), kind="place").values("value")[:1]
    rows = (
        FlowRun.objects.filter(code__in_campaign__public__in=publics, state=RunState.DONE)
        .annotate(place=Subquery(said))
        .values_list("code__in_campaign__public", "age_band", "place")
        .annotate(n=Count("pk"))
        .order_by()
    )
    whose = {public.pk: public for public in publics}
    met: Counter[UUID] = Counter()
    for pk, band, place, n in rows:
        met[pk] += n if _is_of(whose[pk], band, place) else 0
    return met


def _is_of(public: CampaignPublic, band: str, place: str | None) -> bool:
    is_there = public.place is None or place == public.place.name
    return is_there and (not public.bands or band in public.bands)


def counted_codes(codes: Sequence[FlowCode]) -> dict[UUID, CodeLine]:
    """Two queries."""
    keys = [code.pk for code in codes]
    runs = {
        pk: (begun, done)
        for pk, begun, done in FlowRun.objects.filter(code__in=keys)
        .values_list("code")
        .annotate(begun=Count("pk"), done=Count("pk", filter=Q(state=RunState.DONE)))
    }
    opened = dict(
        FlowOpening.objects.filter(code__in=keys).values_list("code").annotate(all=Sum("n")).order_by()
    )
    return {code.pk: CodeLine(code, opened.get(code.pk, 0), *runs.get(code.pk, (0, 0))) for code in codes}


def schedule_of(campaign: Campaign, now: datetime) -> list[StepLine]:
    """In the order of hours: what is late, and the first that comes."""
    steps = list(campaign.steps.select_related("flow").order_by("due_at", "pk"))
    coming = next((each.pk for each in steps if each.done_at is None and each.due_at >= now), None)
    return [StepLine(each, each.done_at is None and each.due_at < now, each.pk == coming) for each in steps]


def codes_to_join(public: CampaignPublic) -> list[FlowCode]:
    """Those of the process that are of no public, and this public's own, by name."""
    free = Q(in_campaign=None) | Q(in_campaign__public=public)
    codes = FlowCode.objects.filter(free, flow__process=public.campaign.process_id)
    return list(codes.select_related("flow").order_by("retired_at", "code")[:MOST_CODES])
