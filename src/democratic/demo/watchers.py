"""Five residents drawn by lot, whom a council named: two hearings, four verdicts, one of which dissents."""

from collections.abc import Callable, Iterator

from democratic.communities.models import Membership, Organisation
from democratic.communities.organisations.actions import (
    accept_to_speak,
    join,
    make_join_link,
    open_organisation,
    propose_to_speak,
)
from democratic.demo.accounts import DEMO_PASSWORD
from democratic.demo.calendar import SAT, THU, TUE, WED, Week
from democratic.demo.mobility import DECIDED
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
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
from democratic.observatory.models import Observatory, Seat
from democratic.observatory.states import Says
from democratic.participation.commitments.models import Commitment, Evidence
from democratic.people.actions import open_account
from democratic.people.models import Account
from democratic.thread.actions import Words

MEMBERS = ("Nour Haddad", "Bernard Collet", "Aïcha Diallo", "Lucie Ferrand", "Yann Le Goff")
DRAWN = Week(-10, SAT)


def scenes(story: Story) -> Iterator[Scene]:
    at = story.calendar.at
    watch = _Watch(story)
    yield Scene(at(DECIDED, 18), watch.found)
    yield Scene(at(DRAWN, 11), watch.name)
    yield Scene(at(Week(-5, TUE), 19), watch.hear_the_buses)
    yield Scene(at(Week(-3, THU), 19), watch.hear_the_rest)
    for number in range(4):
        yield Scene(at(Week(-2, WED), 20, 10 * number), watch.judge(number))


class _Watch:
    """What its earlier scenes made, for the later ones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.members: list[Account] = []
        self.seats: list[Seat] = []

    def found(self, clock: Clock) -> None:
        story, day = self.story, self.story.calendar.day(DECIDED)
        body = open_organisation(
            authority=story.authority,
            sort=Organisation.Sort.BODY,
            words=Words(
                title="Conseil de développement du Val-d’Orbe", text="Associations, entreprises et habitants."
            ),
            clock=clock,
        )
        self.president = open_account(
            email="presidente@demo.example", name="Mado Lenoir", password=DEMO_PASSWORD
        )
        link = make_join_link(organisation=body, place=Membership.Place.EDITOR, by=None, clock=clock).link
        member = join(link=link, account=self.president, clock=clock)
        offered = propose_to_speak(membership=member, name="Mado Lenoir", function="présidente", clock=clock)
        accept_to_speak(mandate=offered, person_ids=[self.president.person_id], clock=clock)
        self.observatory: Observatory = found_observatory(
            authority=story.authority,
            charter=Charter(
                words=Words(
                    title="Observatoire des engagements",
                    text="Cinq habitants tirés au sort entendent qui a promis, regardent les preuves, et disent si "
                    "c’est tenu. Ils se réunissent en public. Leur avis s’affiche à côté de celui du Département.",
                ),
                body=body,
                choosing=Observatory.Choosing.LOT,
                mandate_months=24,
                act_on=day,
                act_reference=f"Délibération {day.year}-118",
                act_url=f"https://www.valdorbe.example/deliberations/{day.year}-118",
            ),
            clock=clock,
        )

    def name(self, clock: Clock) -> None:
        act = Act(
            self.story.calendar.day(DRAWN),
            "Procès-verbal du tirage au sort",
            "https://www.valdorbe.example/tirage",
        )
        for number, name in enumerate(MEMBERS):
            account = open_account(
                email=f"membre{number + 1}@demo.example", name=name, password=DEMO_PASSWORD
            )
            offered = offer_seat(observatory=self.observatory, by=self.president.person, act=act, clock=clock)
            self.seats.append(
                accept_seat(seat=offered.seat, account=account, name=name, consents=True, clock=clock)
            )
            self.members.append(account)

    @property
    def promised(self) -> list[Commitment]:
        return list(self.story.commitments.values())

    def _hear(self, held: Held, clock: Clock) -> None:
        publish_hearing(
            observatory=self.observatory, held=held, person_ids=[self.members[0].person_id], clock=clock
        )

    def hear_the_buses(self, clock: Clock) -> None:
        held = Held(
            words=Words(
                title="La direction des mobilités, sur les bus du soir", text="Une heure vingt, salle comble."
            ),
            held_on=self.story.calendar.day(Week(-5, TUE)),
            place="Maison des associations, Vaubrun",
            heard="La direction des mobilités, le transporteur",
            commitments=self.promised[:2],
            recording_url="https://videos.valdorbe.example/observatoire-1",
            transcript=(
                "Une membre : combien de montées depuis l’ouverture ?\n\n"
                "La direction des mobilités : un peu moins de cinq cents en six semaines, surtout le vendredi.\n\n"
                "Un membre : et les arrêts sans lumière ?\n\n"
                "La direction des mobilités : les mâts sont commandés, la livraison a glissé."
            ),
        )
        self._hear(held, clock)

    def hear_the_rest(self, clock: Clock) -> None:
        held = Held(
            words=Words(
                title="Les services, sur ce qui reste à faire", text="Ce qui reste à faire, et pour quand."
            ),
            held_on=self.story.calendar.day(Week(-3, THU)),
            place="visioconférence",
            is_remote=True,
            heard="La direction générale des services",
            commitments=self.promised[2:4],
        )
        self._hear(held, clock)

    def judge(self, number: int) -> Callable[[Clock], object]:
        def act(clock: Clock) -> None:
            commitment = self.promised[number]
            commitment.record.refresh_from_db()
            give_verdict(
                observatory=self.observatory,
                commitment=commitment,
                finding=self._finding(commitment, number),
                person_ids=[self.members[0].person_id],
                clock=clock,
            )

        return act

    def _finding(self, commitment: Commitment, number: int) -> Finding:
        """The first dissents from what the département says of it; the others agree."""
        day, state = self.story.calendar.day(Week(-2, WED)), commitment.record.state
        shown = list(Evidence.objects.filter(subject=commitment.record).order_by("pk"))
        if number == 0:
            says = Says.DOING if state == "kept" else Says.UNKEPT
            return Finding(
                says=says,
                reasons="Le service roule, mais deux arrêts sur six n’ont toujours ni lumière ni abri : la promesse "
                "portait sur un retour sûr, pas sur un bus seul.",
                decided_on=day,
                votes_for=3,
                votes_against=1,
                abstentions=1,
                contradicted=shown[:1],
                minority="Le bus roule tous les soirs promis : c’est tenu, et les abris sont une autre promesse.",
                dissenters=[self.seats[1]],
            )
        agreed = {"kept": Says.KEPT, "unkept": Says.UNKEPT}.get(state, Says.DOING)
        return Finding(
            says=agreed,
            reasons="Nous avons lu les preuves et entendu le service : notre avis rejoint le sien.",
            decided_on=day,
            votes_for=5,
            proved_by=shown[:1],
        )
