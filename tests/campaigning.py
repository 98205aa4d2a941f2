"""A campaign as an agent plans one, a census, and people who answer by its codes."""

from datetime import timedelta
from itertools import count

from chatting import Chatter, open_channel, open_flow
from democratic.kernel.clock import local_day
from democratic.participation.campaigns.codes import join_codes
from democratic.participation.campaigns.counting import keep_census
from democratic.participation.campaigns.models import Campaign
from democratic.participation.campaigns.planning import Plan, plan_campaign
from democratic.participation.campaigns.publics import Wanted, add_public
from democratic.participation.conversations.models import FlowCode
from democratic.thread.models import Place
from spoken_flows import AGE, EVENING, IDEA, NEWS, WHERE

BODY = {"kind": "in_body", "key": "body", "text": {"fr": "Déjà membre ?", "en": "A member?"}}
STEPS = [EVENING, WHERE, AGE, IDEA, BODY, NEWS]
CENSUS = """commune;tranche;habitants
Vaubrun;15-17 ans;300
Vaubrun;18-25 ans;700
Vaubrun;65 ans et plus;2000
Le Mesnil;15-17 ans;100
Le Mesnil;18-25 ans;300
Le Mesnil;65 ans et plus;600
"""
_NAMES = count()


def plan(territory, name="Bouger, au printemps", goal=40, **changes) -> Campaign:
    today = local_day(territory.clock.now(), territory.authority.time_zone)
    told = {"starts_on": today, "ends_on": today + timedelta(days=40)} | changes
    return plan_campaign(process=territory.process, plan=Plan(name, goal=goal, **told))


def wanted(name="Lycéennes et lycéens", goal=20, bands=("15_17",), place=None, means=("poster",)) -> Wanted:
    return Wanted(name, goal, bands, place, means)


def campaign_with_codes(territory, publics=1, bands=()) -> Campaign:
    """Its flow asks everything; each of its publics has one code: ``LYC-0``, ``LYC-1``…"""
    open_channel(territory.authority)
    campaign = plan(territory)
    flow = open_flow(territory, STEPS, code="LYC-00")
    for rank in range(1, publics):
        FlowCode.objects.create(
            authority=territory.authority,
            flow=flow,
            code=f"LYC-{rank:02}",
            where="school",
            label="Lycée",
            cost=900,
        )
    for rank in range(publics):
        public = add_public(campaign=campaign, wanted=wanted(f"Public {rank}", bands=bands))
        join_codes(
            public=public, codes=FlowCode.objects.filter(code=f"LYC-{rank:02}").values_list("pk", flat=True)
        )
    return campaign


def census(territory, text=CENSUS):
    return keep_census(
        authority=territory.authority, text=text, source="Insee, RP 2022", year=2022, clock=territory.clock
    )


def answers(territory, *said, code="LYC-00", times=1):
    """As many people say the same: « 1 », « Vaubrun », « 15-17 ans »… and stop where it stops."""
    for _each in range(times):
        chatter = Chatter(territory, address=f"her-{next(_NAMES)}")
        for word in (code, *said):
            chatter.says(word)


def place(territory, name="Vaubrun") -> Place:
    return Place.objects.get(authority=territory.authority, name=name)
