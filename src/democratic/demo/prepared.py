"""The meeting of the N2 line as it is prepared: its agenda, its briefing, who runs it, who said that they would come."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from democratic.demo.calendar import WED, Week
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock, FixedClock
from democratic.participation.meetings.actions import (
    Brief,
    Means,
    arrange_meeting,
    name_to_team,
    publish_briefing,
)
from democratic.participation.meetings.agenda.preparing import add_item
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.arrivals.registering import Wish, register
from democratic.participation.meetings.models import FloorRule, TeamRole, Video
from democratic.people.actions import welcome_guest

PREPARED = "route"
MEANS = Means(
    video=Video.JITSI,
    video_url="https://visio.valdorbe.example/ligne-n2",
    phone="01 99 00 12 34",
    room_capacity=12,
    remote_capacity=200,
    takes_registrations=True,
    floor_rule=FloorRule.SEATS,
    later_hours=48,
)
BRIEF = Brief(
    stakes="Choisir par où passera la dernière ligne du soir. Un seul des trois tracés pourra ouvrir en septembre.",
    said="128 paroles demandent un retour après 22 h. Les plus nombreuses parlent des Forges et du lycée de Brosse.",
    to_decide="Le tracé, et l’arrêt que l’on garde si le budget oblige à en laisser un.",
    who_decides="Les élues et les élus du Département, le 12 du mois suivant. Votre avis est consultatif, et publié.",
)
ITEMS = (
    ("Les trois tracés, arrêt par arrêt", 20),
    ("Vos questions, à la salle et à distance", 35),
    ("Un vote consultatif sur le tracé", 15),
    ("Ce qui se passe ensuite, et qui vous répond", 20),
)
# How each is called at the door, and what helps to welcome her. Thirteen for twelve chairs: the last one waits.
COMING = (
    ("Inès", ""), ("Marcel", "Une place pour un fauteuil"), ("Awa", ""), ("Jo", ""), ("Paul", ""), ("Sofia", ""),
    ("Nadia", "Langue des signes"), ("Tom", ""), ("Lucie", ""), ("Karim", ""), ("Anne", ""), ("Yanis", ""),
    ("Rose", ""),
)  # fmt: skip
FAR = ("Malo", "Chloé", "", "Hugo", "")


def scenes(story: Story) -> Iterator[Scene]:
    yield Scene(story.calendar.at(Week(-1, WED), 15), _prepare(story))


def _prepare(story: Story) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        meeting = arrange_meeting(meeting=story.meetings[PREPARED], means=MEANS, clock=clock)
        publish_briefing(meeting=meeting, brief=BRIEF, clock=clock)
        for title, minutes in ITEMS:
            add_item(meeting=meeting, title=title, minutes=minutes)
        facilitator = story.people["nathalie"]
        name_to_team(
            meeting=meeting, person=facilitator, role=TeamRole.FACILITATES, function="service jeunesse"
        )
        wishes = [Wish(Seat.ROOM, *each) for each in COMING] + [Wish(Seat.REMOTE, name) for name in FAR]
        for number, wish in enumerate(wishes):
            later = FixedClock(clock.now() + timedelta(minutes=7 * number))
            register(meeting=meeting, person=welcome_guest(), wish=wish, clock=later)

    return act
