"""An observatory at work, by actions only: a body, who speaks for it, and members whom nobody of the authority chose."""

from dataclasses import dataclass, field
from datetime import timedelta

from copies import Copies
from courses import whole_course
from democratic.communities.models import Membership, Organisation
from democratic.communities.organisations.actions import (
    accept_to_speak,
    join,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.kernel.clock import FixedClock, local_day
from democratic.observatory.actions import (
    Act,
    Charter,
    Finding,
    Held,
    accept_seat,
    found_observatory,
    give_verdict,
    offer_seat,
    publish_hearing,
)
from democratic.observatory.models import Hearing, Observatory, Seat, Verdict
from democratic.observatory.states import Says
from democratic.participation.commitments.models import Commitment
from democratic.people.models import Account
from democratic.thread.actions import Words
from factories import Territory, build_territory, clock_at, verified_account


@dataclass
class Bench:
    territory: Territory
    body: Organisation
    speaker: Account
    observatory: Observatory
    members: list[Account]
    seats: list[Seat]
    commitments: list[Commitment]
    clock: FixedClock
    dates: dict = field(default_factory=dict)

    @property
    def today(self):
        return local_day(self.clock.now(), self.territory.authority.time_zone)

    def ids(self, n: int = 0):
        return [self.members[n].person_id]

    def find(
        self, says: Says = Says.UNKEPT, *, commitment: Commitment | None = None, by: int = 0, **more
    ) -> Verdict:
        given = {
            "reasons": "Aucun bus n’a roulé après 22 h.",
            "decided_on": self.today,
            "votes_for": 2,
        } | more
        return give_verdict(
            observatory=self.observatory,
            commitment=commitment or self.commitments[0],
            finding=Finding(says=says, **given),
            person_ids=self.ids(by),
            clock=self.clock,
        )

    def hear(self, **more) -> Hearing:
        given = {
            "words": Words(title="Audition du service des mobilités"),
            "held_on": self.today,
            "place": "Maison des associations, Vaubrun",
            "heard": "La direction des mobilités",
            "commitments": [self.commitments[0]],
            "recording_url": "https://videos.example/audition-1",
            "transcript": "La directrice dit que le marché des mâts luminescents est relancé.",
        }
        return publish_hearing(
            observatory=self.observatory, held=Held(**(given | more)), person_ids=self.ids(), clock=self.clock
        )


def speaking_for(organisation: Organisation, account: Account, clock: FixedClock, name: str = "Mado Lenoir"):
    link = make_join_link(organisation=organisation, place=Membership.Place.MEMBER, by=None, clock=clock).link
    membership = join(link=link, account=account, clock=clock)
    mandate = propose_to_speak(membership=membership, name=name, function="présidente", clock=clock)
    return accept_to_speak(mandate=mandate, person_ids=[account.person_id], clock=clock)


def seated(
    observatory: Observatory, speaker: Account, account: Account, name: str, clock: FixedClock
) -> Seat:
    act = Act(on=local_day(clock.now(), observatory.authority.time_zone), reference="Tirage du 2 mars")
    offered = offer_seat(observatory=observatory, by=speaker.person, act=act, clock=clock)
    return accept_seat(seat=offered.seat, account=account, name=name, consents=True, clock=clock)


def founded(territory: Territory, clock: FixedClock, title: str = "Observatoire des engagements"):
    slug = territory.authority.slug
    body = open_organisation(
        authority=territory.authority,
        sort=Organisation.Sort.BODY,
        words=Words(title=f"Conseil de développement {title}"),
        clock=clock,
    )
    speaker = verified_account(f"presidente-{body.record.code}@{slug}.example", "Mado")
    speaking_for(body, speaker, clock)
    charter = Charter(
        words=Words(title=title, text="Il juge chaque engagement, preuves en main."),
        body=body,
        choosing=Observatory.Choosing.LOT,
        mandate_months=24,
        act_on=local_day(clock.now(), territory.authority.time_zone),
        act_reference="Délibération 2026-12",
    )
    return found_observatory(authority=territory.authority, charter=charter, clock=clock), speaker


def bench(territory: Territory, *, members: int = 3, commitments: int = 2) -> Bench:
    course = whole_course(territory, commitments=commitments)
    promised = list(
        Commitment.objects.filter(process=territory.process)
        .order_by("pk")
        .select_related("record__authority")
    )
    del course
    clock = clock_at(local_day(promised[-1].record.happened_at, "Europe/Paris") + timedelta(days=30))
    observatory, speaker = founded(
        territory, clock_at(local_day(promised[0].record.happened_at, "Europe/Paris"))
    )
    accounts = [
        verified_account(f"membre{n}@{territory.authority.slug}.example", f"Membre {n}")
        for n in range(members)
    ]
    seats = [
        seated(
            observatory,
            speaker,
            account,
            f"Jurée {n}",
            clock_at(local_day(clock.now(), "Europe/Paris") - timedelta(days=1)),
        )
        for n, account in enumerate(accounts)
    ]
    return Bench(territory, observatory.body, speaker, observatory, accounts, seats, promised, clock)


# In a territory of its own: what most tests of observatories start from.
BENCHES = Copies(lambda: bench(build_territory()))
