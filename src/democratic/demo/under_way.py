"""A meeting that is under way while one looks: people in the room and far away, one queue, one point after the other."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from democratic.demo.calendar import WED, Week
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.meetings.actions import Means, Moment, announce_meeting, arrange_meeting
from democratic.participation.meetings.agenda.actions import add_item, start_item
from democratic.participation.meetings.arrivals.joining import Coming, take_seat
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.floor.actions import ask_for_floor, call_next, raise_hand
from democratic.participation.meetings.floor.actions.calling import Seen
from democratic.participation.meetings.floor.queries import floor_of
from democratic.participation.meetings.minutes.captioning import add_caption
from democratic.participation.meetings.models import FloorRule, Meeting, TeamRole
from democratic.participation.meetings.running import open_meeting
from democratic.participation.meetings.teaming import name_in_team
from democratic.thread.actions import Words
from democratic.thread.models import Origin

KEY = "under_way"
ITEMS = (
    ("Mot d’accueil", 5),
    ("Les trois tracés, arrêt par arrêt", 25),
    ("Questions aux conducteurs de nuit", 30),
    ("Ce que l’on retient", 15),
)
MEANS = Means(floor_rule=FloorRule.SEATS, later_hours=48)
TEAM = (
    ("nathalie", TeamRole.FACILITATES, "service jeunesse"),
    ("odile", TeamRole.ANSWERS, "vice-présidente, jeunesse et mobilités"),
    ("samir", TeamRole.AIDS, "service transports"),
    ("karim", TeamRole.WRITES, "service jeunesse"),
)
IN_THE_ROOM, FAR_AWAY = 23, 17
ASKING = (
    (Seat.ROOM, "Inès"),
    (Seat.ROOM, "Karim"),
    (Seat.REMOTE, "Lina"),
    (Seat.REMOTE, ""),
    (Seat.ROOM, "Samir"),
)


def start_of(now: datetime) -> datetime:
    return (now - timedelta(minutes=40)).replace(second=0, microsecond=0)


def scenes(story: Story, now: datetime) -> Iterator[Scene]:
    starts = start_of(now)
    yield Scene(story.calendar.at(Week(-1, WED), 11, 40), lambda clock: _announce(story, starts, clock))
    yield Scene(starts, lambda clock: open_meeting(meeting_id=_meeting(story).pk, clock=clock))
    yield Scene(starts + timedelta(minutes=1), lambda clock: _come(story, clock))
    yield Scene(starts + timedelta(minutes=2), lambda clock: _start(story, 0, clock))
    yield Scene(starts + timedelta(minutes=8), lambda clock: _start(story, 1, clock))
    for number in range(len(ASKING)):
        yield Scene(starts + timedelta(minutes=12 + number), partial(_ask, story, number))
    yield Scene(starts + timedelta(minutes=20), lambda clock: _call(story, clock))
    yield Scene(starts + timedelta(minutes=25), lambda clock: _call(story, clock))
    yield Scene(starts + timedelta(minutes=38), lambda clock: _say(story, clock))


def _meeting(story: Story) -> Meeting:
    return story.meetings[KEY]


def _announce(story: Story, starts: datetime, clock: Clock) -> None:
    meeting = announce_meeting(
        process=story.processes[NIGHT_LINE],
        words=Words(
            title="Ligne N2 : on en parle avec les conducteurs",
            text="Dans la salle et à distance, une seule file. Entrez avec le code, sans compte.",
        ),
        moment=Moment(
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            place="Salle des fêtes, Vaubrun",
            access="Langue des signes, boucle magnétique",
            seats=(Origin.ROOM, Origin.REMOTE, Origin.LATER),
        ),
        author=story.people["nathalie"],
        clock=clock,
    )
    for title, minutes in ITEMS:
        add_item(meeting_id=meeting.pk, title=title, minutes=minutes)
    story.meetings[KEY] = arrange_meeting(meeting=meeting, means=MEANS, clock=clock)
    for who, role, function in TEAM:
        name_in_team(meeting=meeting, person=story.people[who], role=role, function=function)


def _come(story: Story, clock: Clock) -> None:
    for number, person in enumerate(story.crowd[: IN_THE_ROOM + FAR_AWAY]):
        coming = Coming(Seat.ROOM if number < IN_THE_ROOM else Seat.REMOTE)
        take_seat(meeting_id=_meeting(story).pk, person=person, coming=coming, clock=clock)


def _start(story: Story, rank: int, clock: Clock) -> None:
    meeting = _meeting(story)
    start_item(meeting_id=meeting.pk, item_id=meeting.items.get(rank=rank).pk, clock=clock)


def _ask(story: Story, number: int, clock: Clock) -> None:
    seat, name = ASKING[number]
    person, meeting_id = story.crowd[IN_THE_ROOM + FAR_AWAY + number], _meeting(story).pk
    if name == "Karim":  # no phone in his hand: the facilitator raises it for him
        raise_hand(meeting_id=meeting_id, name=name, clock=clock)
        return
    take_seat(meeting_id=meeting_id, person=person, coming=Coming(seat, name), clock=clock)
    ask_for_floor(meeting_id=meeting_id, person=person, clock=clock)


def _call(story: Story, clock: Clock) -> None:
    meeting = _meeting(story)
    floor = floor_of(meeting)
    seen = Seen(floor.speaking.pk if floor.speaking else None)
    call_next(meeting_id=meeting.pk, turn_id=floor.waiting[0].turn.pk, seen=seen, clock=clock)


def _say(story: Story, clock: Clock) -> None:
    said = "Si l’on passe par Saint-Maurin, le dernier car arrive à Montsec à minuit dix."
    add_caption(meeting_id=_meeting(story).pk, text=said, clock=clock)
