"""Meetings: two that were held, with who was present by which seat, and three that come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from democratic.demo.calendar import SAT, THU, TUE, WED, Next, Week, When
from democratic.demo.mobility import MOBILITY
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.meetings.actions import Moment, announce_meeting, report_meeting
from democratic.participation.meetings.events import MEETING_HELD
from democratic.thread.actions import Words, link
from democratic.thread.models import LinkKind, Origin

ALL_SEATS = (Origin.ROOM, Origin.REMOTE, Origin.LATER)


@dataclass(frozen=True, slots=True)
class Encounter:
    key: str
    process: str
    title: str
    text: str
    announced: Week
    on: When
    hour: int
    lasts: int
    place: str
    access: str = ""
    seats: tuple[Origin, ...] = ALL_SEATS
    account: str = ""
    present: dict[Origin, int] = field(default_factory=dict)
    themes: tuple[str, ...] = ()


ENCOUNTERS = (
    Encounter(
        "debate",
        MOBILITY,
        "Cyber-débat : rentrer le soir",
        "Une heure et demie avec la vice-présidente. La file des questions alterne salle et distance.",
        Week(-15, TUE),
        Week(-13, THU),
        19,
        90,
        "Salle des fêtes, Vaubrun",
        "Boucle magnétique, sous-titres en direct",
        account="Inès lit la phrase de Lina à la vice-présidente. « Je vous réponds par écrit à la date "
        "promise », dit-elle. Deux questions restent sans réponse : les retours du dimanche, et le coût d’un "
        "arrêt de plus.",
        present={Origin.ROOM: 64, Origin.REMOTE: 188, Origin.LATER: 73},
        themes=("evening", "stops"),
    ),
    Encounter(
        "bridge",
        MOBILITY,
        "Piste de la D12 : quel tracé au pont ?",
        "Trois tracés chiffrés, une maquette, et un choix à la fin.",
        Week(-5, WED),
        Week(-2, THU),
        18,
        120,
        "Foyer rural, Montsec",
        "Salle de plain-pied",
        account="La passerelle en amont l’emporte, 71 voix contre 28. Les chauffeurs présents demandent un "
        "feu pendant les travaux : la direction des routes dit oui.",
        present={Origin.ROOM: 54, Origin.REMOTE: 31, Origin.LATER: 22},
        themes=("cycling",),
    ),
    Encounter(
        "street",
        MOBILITY,
        "Paroles de rue au marché des Forges",
        "On accroche les phrases au fil, place du Marché. On cherche deux écoutants.",
        Week(-1, WED),
        Next(SAT),
        9,
        180,
        "Place du Marché, Les Forges",
        seats=(Origin.STREET,),
    ),
    Encounter(
        "route",
        NIGHT_LINE,
        "Quel tracé pour la ligne N2 ?",
        "Les trois tracés, arrêt par arrêt, avec la vice-présidente et les conducteurs de nuit.",
        Week(-1, WED),
        Next(TUE),
        19,
        90,
        "Salle des fêtes, Vaubrun",
        "Langue des signes, boucle magnétique",
    ),
    Encounter(
        "council",
        MOBILITY,
        "Conseil des jeunes : avis sur les abris",
        "Le conseil dit par où commencer. Séance ouverte au public.",
        Week(-1, WED),
        Week(3, THU),
        18,
        120,
        "Hôtel du Département, Clairvoie",
        seats=(Origin.ROOM, Origin.REMOTE),
    ),
)


def scenes(story: Story) -> Iterator[Scene]:
    at = story.calendar.at
    for number, each in enumerate(ENCOUNTERS):
        yield Scene(at(each.announced, 11, 5 * number), _announce(story, each))
        if each.account:
            yield Scene(at(each.on, each.hour + 3), _report(story, each))


def _announce(story: Story, each: Encounter) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        at = story.calendar.at
        hours, minutes = divmod(each.lasts, 60)
        story.meetings[each.key] = announce_meeting(
            process=story.processes[each.process],
            words=Words(title=each.title, text=each.text),
            moment=Moment(
                starts_at=at(each.on, each.hour),
                ends_at=at(each.on, each.hour + hours, minutes),
                place=each.place,
                access=each.access,
                seats=each.seats,
            ),
            author=story.people["nathalie"],
            clock=clock,
        )

    return act


def _report(story: Story, each: Encounter) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        meeting = story.meetings[each.key]
        report_meeting(meeting=meeting, account=each.account, present=each.present, clock=clock)
        held = meeting.record.entries.get(kind=MEETING_HELD.kind)
        for key in each.themes:
            theme = story.themes[key].record
            link(source=theme, kind=LinkKind.DISCUSSED_IN, target=meeting.record, entry=held)

    return act
