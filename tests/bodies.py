"""An association with who keeps its page, a member, and habilitations, made by actions only."""

from dataclasses import dataclass

from democratic.communities.models import Membership, Organisation, SpeakingMandate
from democratic.communities.organisations.actions import (
    accept_to_speak,
    join,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.people.models import Account
from democratic.thread.actions import Words
from factories import Territory, verified_account

EDITOR, MEMBER = Membership.Place.EDITOR, Membership.Place.MEMBER


@dataclass
class Association:
    territory: Territory
    organisation: Organisation
    keeper: Account
    member: Account

    @property
    def path(self) -> str:
        return f"/organisations/{self.organisation.record.code}"

    def membership(self, account: Account) -> Membership:
        return Membership.objects.get(organisation=self.organisation, person=account.person, until=None)

    def proposed(self, account: Account, name: str = "Inès Roy", function: str = "présidente"):
        return propose_to_speak(
            membership=self.membership(account), name=name, function=function, clock=self.territory.clock
        )

    def speaking(self, account: Account, **words: str) -> SpeakingMandate:
        proposed = self.proposed(account, **words)
        return accept_to_speak(mandate=proposed, person_ids=[account.person_id], clock=self.territory.clock)


def enrolled(territory: Territory, organisation: Organisation, account: Account, place=MEMBER) -> Membership:
    link = make_join_link(organisation=organisation, place=place, by=None, clock=territory.clock).link
    return join(link=link, account=account, clock=territory.clock)


def opened(
    territory: Territory, name: str = "Vélos du Val", sort=Organisation.Sort.ASSOCIATION
) -> Organisation:
    words = Words(title=name, text="Rouler sans peur.")
    return open_organisation(authority=territory.authority, sort=sort, words=words, clock=territory.clock)


def association(territory: Territory) -> Association:
    """Kept by Inès; Hugo is a member."""
    organisation = opened(territory)
    keeper = verified_account("ines@example.org", "Inès Roy")
    member = verified_account("hugo@example.org", "Hugo")
    enrolled(territory, organisation, keeper, EDITOR)
    enrolled(territory, organisation, member)
    return Association(territory, organisation, keeper, member)
