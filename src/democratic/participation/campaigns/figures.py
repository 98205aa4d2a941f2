"""How a campaign fares: reached, opened, answered, gone to the end; and who said to be in no body before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from democratic.messaging.models import ChannelKind, OutgoingMessage
from democratic.participation.campaigns.lists.models import WAVE
from democratic.participation.campaigns.lists.reached import WrittenTo, written_to
from democratic.participation.campaigns.models import Campaign
from democratic.participation.campaigns.queries import CodeLine, PublicLine, lines_of
from democratic.participation.conversations.editing import read_flow
from democratic.participation.conversations.models import Flow, FlowAnswer, FlowRun
from democratic.participation.conversations.states import RunState
from democratic.people.models import AgeBand

PAGES = (ChannelKind.WIDGET, ChannelKind.KIOSK)


@dataclass(frozen=True, slots=True)
class Funnel:
    """``begun``: conversations opened; ``answered``: at least one question; ``done``: up to the end."""

    begun: int = 0
    answered: int = 0
    done: int = 0

    def __add__(self, other: "Funnel") -> "Funnel":
        return Funnel(self.begun + other.begun, self.answered + other.answered, self.done + other.done)


@dataclass(frozen=True, slots=True)
class Question:
    """``by_band``: answers, by the age that those who answered said, « unsaid » among them."""

    flow: Flow
    key: str
    text: str
    answered: int
    begun: int
    by_band: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """``people``: who went how far, by (band, place), either empty when it was not said.

    ``opened``: openings of the codes' pages, and ``told``: messages that we wrote first and that left: neither counts
    people; messages to a list are ``written_to``, apart. ``bodies``: what was said to « déjà membre d'un conseil ? »:
    yes, no, unsaid; ``asked``: who answered at least one question of a conversation that asks it.
    """

    publics: Sequence[PublicLine]
    opened: int
    told: int
    written_to: WrittenTo
    people: Mapping[tuple[str, str], Funnel]
    questions: Sequence[Question]
    bodies: Mapping[str, int]
    asked: int

    @property
    def codes(self) -> list[CodeLine]:
        return [code for public in self.publics for code in public.codes]

    @property
    def all(self) -> Funnel:
        return sum(self.people.values(), Funnel())

    @property
    def cost(self) -> int:
        """In cents."""
        return sum(each.code.cost for each in self.codes) + self.written_to.cost

    @property
    def each_costs(self) -> int | None:
        """In cents, for one person who went up to the end."""
        return round(self.cost / self.all.done) if self.cost and self.all.done else None

    @property
    def each_new_costs(self) -> int | None:
        """In cents, for one person who said to be in no body before: of silence, nothing is made."""
        new = self.bodies.get("no", 0)
        return round(self.cost / new) if self.cost and new else None

    @property
    def unsaid(self) -> int:
        """Who answered that she would rather not say."""
        return self.bodies.get("unsaid", 0)

    @property
    def unanswered(self) -> int:
        """Who answered other questions and not that one: she left before it, has not come to it, or was not asked."""
        return max(0, self.asked - sum(self.bodies.values()))

    @property
    def new_share(self) -> int | None:
        """Of those who said yes or no, per cent who said no; None of none."""
        told = self.bodies.get("no", 0) + self.bodies.get("yes", 0)
        return round(100 * self.bodies.get("no", 0) / told) if told else None


def figures_of(campaign: Campaign, language: str) -> CampaignFigures:
    """In a fixed number of queries."""
    publics = lines_of(campaign)
    codes = [code for public in publics for code in public.codes]
    keys = [each.code.pk for each in codes]
    runs = FlowRun.objects.filter(code__in=keys)
    answers = FlowAnswer.objects.filter(run__code__in=keys)
    flows = {each.code.flow_id: each.code.flow for each in codes}
    asking = [pk for pk, flow in flows.items() if any(step["kind"] == "in_body" for step in _steps(flow))]
    answered = _answered()
    bodies = answers.filter(kind="in_body").values_list("value").annotate(n=Count("pk")).order_by()
    return CampaignFigures(
        publics=publics,
        opened=sum(each.opened for each in codes),
        told=campaign.before.get("told", 0) + told_first(keys),
        written_to=written_to(campaign),
        people=_people(keys),
        questions=_questions(flows, codes, keys, language),
        bodies=dict(bodies),
        asked=runs.filter(answered, code__flow__in=asking).count(),
    )


def told_first(codes: Sequence[UUID]) -> int:
    """Messages that we wrote first, that left from here, to people who came by these codes; none to a list.

    What a screen shows leaves for nobody.
    """
    left = OutgoingMessage.objects.filter(
        is_first=True, state=OutgoingMessage.State.SENT, correspondent__runs__code__in=codes
    )
    counted: int = left.exclude(Q(purpose__startswith=WAVE) | Q(correspondent__kind__in=PAGES)).aggregate(
        n=Count("pk", distinct=True)
    )["n"]
    return counted


def _answered() -> Exists:
    return Exists(FlowAnswer.objects.filter(run=OuterRef("pk")))


def _people(codes: Sequence[UUID]) -> dict[tuple[str, str], Funnel]:
    said = FlowAnswer.objects.filter(run=OuterRef("pk"), kind="place").values("value")[:1]
    rows = (
        FlowRun.objects.filter(code__in=codes)
        .annotate(place=Coalesce(Subquery(said), Value("")))
        .values_list("age_band", "place")
        .annotate(
            begun=Count("pk"),
            answered=Count("pk", filter=_answered()),
            done=Count("pk", filter=Q(state=RunState.DONE)),
        )
        .order_by()
    )
    people: dict[tuple[str, str], Funnel] = {}
    for band, place, begun, answered, done in rows:
        key = ("" if band == AgeBand.UNSAID else band, place)
        people[key] = people.get(key, Funnel()) + Funnel(begun, answered, done)
    return people


def _questions(
    flows: Mapping[UUID, Flow], codes: Sequence[CodeLine], keys: Sequence[UUID], language: str
) -> list[Question]:
    """Those of each flow's draft, in its order: what is no longer asked is not shown."""
    rows = (
        FlowAnswer.objects.filter(run__code__in=keys)
        .values_list("run__code__flow", "step", "run__age_band")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counted: dict[tuple[UUID, str], Counter[str]] = {}
    for flow_id, step, band, n in rows:
        counted.setdefault((flow_id, step), Counter())[band or AgeBand.UNSAID] += n
    begun: Counter[UUID] = Counter()
    for each in codes:
        begun[each.code.flow_id] += each.begun
    questions = []
    for pk, flow in flows.items():
        written = read_flow(flow.draft)
        for step in written.singles():
            if step.kind not in ("message", "hand_over"):
                by_band = counted.get((pk, step.key), Counter())
                text = written.in_language(step.text, language)
                questions.append(Question(flow, step.key, text, by_band.total(), begun[pk], by_band))
    return questions


def _steps(flow: Flow) -> list[dict[str, object]]:
    steps: list[dict[str, object]] = flow.draft["steps"]
    return [each for step in steps for each in (step, *step.get("among", ()))]  # type: ignore[misc]
