"""The campaign of the night line: two publics, three codes, a schedule with one step late, beside a census."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files

from democratic.demo.calendar import MON, TUE, WED, Week
from democratic.demo.chats import FLOW_NAME
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock, local_day
from democratic.messaging.models import ChannelKind
from democratic.participation.campaigns.codes import join_codes
from democratic.participation.campaigns.counting import keep_census
from democratic.participation.campaigns.lists.keeping import Terms, keep_list
from democratic.participation.campaigns.models import Campaign, CampaignStep, Means
from democratic.participation.campaigns.planning import Plan, plan_campaign
from democratic.participation.campaigns.publics import Wanted, add_public
from democratic.participation.campaigns.schedule import Due, add_step, tick_step
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.people.models import AgeBand

PLANNED, CARRIED = Week(-2, MON), Week(-2, WED)
PUBLICS = (
    (Wanted("Lycéennes et lycéens", 40, (AgeBand.TEENS,), None, (Means.POSTER, Means.CLASS)), ("LYC-VAU",)),
    (
        Wanted(
            "18-25 ans, au travail ou en formation", 60, (AgeBand.YOUNG,), None, (Means.POSTER, Means.KIOSK)
        ),
        ("GAR-VAU", "BOR-MED"),
    ),
)
LISTED = 24
POSTERS = "Porter les affiches au lycée et à la gare"


def scenes(story: Story, now: datetime) -> Iterator[Scene]:
    at = story.calendar.at
    yield Scene(at(PLANNED, 11), lambda clock: _plan(story, clock, now))
    yield Scene(at(CARRIED, 9), lambda clock: _carried(story, clock))


def _plan(story: Story, clock: Clock, now: datetime) -> None:
    sample = (files("democratic.participation.campaigns") / "census_sample.csv").read_text(encoding="utf-8")
    keep_census(
        authority=story.authority,
        text=sample,
        source="Exemple fictif, sur le modèle de l’Insee",
        year=2022,
        clock=clock,
    )
    process = story.processes[NIGHT_LINE]
    begins = local_day(clock.now(), story.authority.time_zone)
    ends = local_day(now, story.authority.time_zone) + timedelta(days=21)
    campaign = plan_campaign(process=process, plan=Plan("Rentrer le soir, les 15-25 ans", begins, ends, 100))
    for wanted, codes in PUBLICS:
        public = add_public(campaign=campaign, wanted=wanted)
        join_codes(public=public, codes=FlowCode.objects.filter(code__in=codes).values_list("pk", flat=True))
    _schedule(story, campaign, clock, now)
    _given(campaign, clock, ends)


def _given(campaign: Campaign, clock: Clock, erased: date) -> None:
    """A list that may be written to, in addresses that nobody has (RFC 2606)."""
    text = "\n".join(f"personne-{rank}@exemple.example" for rank in range(1, LISTED + 1))
    given_on = local_day(clock.now(), campaign.process.authority.time_zone) - timedelta(days=90)
    terms = Terms(
        name="Pass’Jeunes",
        kind=ChannelKind.EMAIL,
        language="fr",
        source="Inscriptions au Pass’Jeunes",
        basis="consent",
        given_on=given_on,
        erase_on=erased,
    )
    keep_list(campaign=campaign, terms=terms, text=text, clock=clock)


def _schedule(story: Story, campaign: Campaign, clock: Clock, now: datetime) -> None:
    at = story.calendar.at
    nine = now.replace(hour=9, minute=0, second=0, microsecond=0)
    flow = Flow.objects.get(process=campaign.process, name=FLOW_NAME)
    task = CampaignStep.Kind.TASK
    for due in (
        Due(task, at(Week(-2, TUE), 9), POSTERS, Means.POSTER, "La vie scolaire"),
        Due(task, nine - timedelta(days=2), "Appeler la mission locale", Means.RELAY, "La mission locale"),
        Due(task, nine + timedelta(days=3), "Tenir la borne à la médiathèque", Means.KIOSK),
        Due(CampaignStep.Kind.SHUT, nine + timedelta(days=20), "", flow=flow),
    ):
        add_step(campaign=campaign, due=due, clock=clock)


def _carried(story: Story, clock: Clock) -> None:
    step = CampaignStep.objects.get(campaign__process=story.processes[NIGHT_LINE], what=POSTERS)
    tick_step(step=step, is_done=True, clock=clock)
