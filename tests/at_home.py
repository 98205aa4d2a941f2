"""A youth body in its house, with members who came by a code, made by actions only."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bodies import opened
from democratic.communities.houses.actions import (
    CharterText,
    Owing,
    count_charter,
    join_by_code,
    make_code,
    name_facilitator,
    open_house,
    propose_charter,
    say_on,
    write_charter,
)
from democratic.communities.houses.models import AdoptionVoice, Charter, House, HouseMember, Right
from democratic.communities.houses.queries import presence_in
from democratic.communities.models import Organisation
from democratic.kernel.clock import FixedClock
from democratic.participation.houses.actions import OpinionText, count_opinion, draft_opinion, propose_opinion
from democratic.people.models import Account
from democratic.thread.actions import Words
from factories import Territory, verified_account

YES, NO, NEITHER = AdoptionVoice.Position.YES, AdoptionVoice.Position.NO, AdoptionVoice.Position.NEITHER
NAMES = ("Inès", "Hugo", "Sacha", "Noor", "Lila", "Tom")
ARTICLES = (("Se parler", "On ne coupe pas la parole."), ("Décider", "On vote à la majorité."))


@dataclass
class AtHome:
    territory: Territory
    house: House
    accounts: list[Account]
    members: list[HouseMember] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/conseils/{self.house.organisation.record.code}"

    @property
    def today(self) -> date:
        return self.territory.clock.now().date()

    def clock_in(self, days: int) -> FixedClock:
        return FixedClock(self.territory.clock.now() + timedelta(days=days))

    def presence(self, account: Account, days: int = 0):
        return presence_in(self.house, [account.person_id], self.today + timedelta(days=days))

    def charter(self, **settings: object) -> Charter:
        """Adopted by all the members, today."""
        steps = settings.pop("steps", {Right.PUBLISH: self.today + timedelta(days=30)})
        text = CharterText(articles=ARTICLES, steps=steps, **settings)
        clock = self.territory.clock
        write_charter(house=self.house, text=text, clock=clock)
        asked = propose_charter(house=self.house, closes_on=self.today + timedelta(days=7), clock=clock)
        self.all_say(asked.adoption, YES)
        return count_charter(house=self.house, clock=clock)

    def all_say(self, adoption, *positions) -> None:
        """The first positions in order; the last one for everyone else."""
        for index, member in enumerate(self.members):
            position = positions[min(index, len(positions) - 1)]
            say_on(adoption=adoption, member=member, position=position, clock=self.territory.clock)

    def opinion(self, *points: str, is_adopted: bool = True):
        words = Words(title="Des bus après 22 h", text="Le dernier bus part trop tôt.")
        text = OpinionText(words, points or ("Un bus à 23 h.", "Un abri éclairé.", "Un train de nuit."))
        opinion = draft_opinion(house=self.house, text=text, clock=self.territory.clock)
        if is_adopted:
            closes_on = self.today + timedelta(days=7)
            asked = propose_opinion(opinion=opinion, closes_on=closes_on, clock=self.territory.clock)
            self.all_say(asked.adoption, YES)
            opinion = count_opinion(opinion=opinion, clock=self.territory.clock)
        return opinion


def at_home(territory: Territory, names: tuple[str, ...] = NAMES, *, is_youth: bool = True) -> AtHome:
    """The agent helps; each of ``names`` came by one code."""
    organisation = opened(territory, "Forum des jeunes", Organisation.Sort.BODY)
    owing = Owing(territory.official.pk, territory.service.pk, answer_days=60)
    house = open_house(organisation=organisation, is_youth=is_youth, owing=owing, clock=territory.clock)
    name_facilitator(
        house=house, person=territory.agent.person, function="animatrice jeunesse", clock=territory.clock
    )
    home = AtHome(territory, house, [])
    if not names:
        return home
    code = make_code(
        house=house, uses=len(names), days=7, label="", by=territory.agent.person, clock=territory.clock
    ).code
    for name in names:
        account = verified_account(f"{name.lower()}@{territory.authority.slug}.example", name)
        home.accounts.append(account)
        home.members.append(join_by_code(code=code, account=account, name=name, clock=territory.clock))
    return home
