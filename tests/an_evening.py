"""An evening in three seats, by the real clock: announced for soon, and its crowd, who votes without a browser."""

from datetime import timedelta

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.meetings.actions import Means, Moment, announce_meeting, arrange_meeting
from democratic.participation.meetings.agenda.actions import add_item
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.minutes.models import Minutes
from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole, Video
from democratic.participation.meetings.soundings.absent import come_later
from democratic.participation.meetings.soundings.counting import count_soundings
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.voting import give_voice
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Origin
from factories import Territory
from voting import voiced

TITLE = "Quel tracé pour la ligne N2 ?"
POINTS = (("Les trois tracés", 20), ("Le retour du soir", 25), ("Le choix", 15))
OPTIONS = ("Par Saint-Maurin", "Par l’étang", "Par la gare")
HOURS = 48
ELUE = "vice-présidente, jeunesse et mobilités"


def soon(territory: Territory, **means: object) -> Meeting:
    """In twenty minutes; one may register for it, and be in the room, far away, or later."""
    starts = DATABASE_CLOCK.now() + timedelta(minutes=20)
    meeting = announce_meeting(
        process=territory.process,
        words=Words(title=TITLE, text="Trois tracés, un budget, un soir pour en parler."),
        moment=Moment(
            starts,
            starts + timedelta(hours=2),
            "Salle des fêtes, Vaubrun",
            access="De plain-pied, boucle magnétique.",
            seats=(Origin.ROOM, Origin.REMOTE, Origin.LATER),
        ),
        author=territory.agent.person,
        clock=DATABASE_CLOCK,
    )
    for title, minutes in POINTS:
        add_item(meeting_id=meeting.pk, title=title, minutes=minutes)
    means.setdefault("video", Video.LINK)
    means.setdefault("video_url", "https://visio.val-orbe.example/n2")
    chosen = Means(takes_registrations=True, room_capacity=80, later_hours=HOURS, **means)
    arrange_meeting(meeting=meeting, means=chosen, clock=DATABASE_CLOCK)
    return again(meeting)


def again(meeting: Meeting) -> Meeting:
    """As it stands now."""
    return Meeting.objects.select_related("record__wording", "record__authority").get(pk=meeting.pk)


def named(meeting: Meeting, person: Person, *roles: TeamRole, function: str = "") -> None:
    MeetingTeamMember.objects.bulk_create(
        MeetingTeamMember(meeting=meeting, person=person, role=role, function=function) for role in roles
    )


def the_crowd_votes(vote: Sounding, *choices: int, seat: Seat) -> None:
    voiced(vote, DATABASE_CLOCK, *choices, seat=seat)


def the_crowd_votes_later(vote: Sounding, *choices: int) -> None:
    for choice in choices:
        person = welcome_guest()
        come_later(meeting=vote.meeting, person=person, clock=DATABASE_CLOCK)
        give_voice(sounding=vote, given=[choice], person=person, clock=DATABASE_CLOCK)


def the_hours_go_by(vote: Sounding) -> Sounding:
    """To the end of what stayed open: everyone is counted, for good."""
    now = DATABASE_CLOCK.now()
    Sounding.objects.filter(pk=vote.pk).update(later_until=now)
    count_soundings(now)
    return Sounding.objects.get(pk=vote.pk)


def the_days_go_by(meeting: Meeting) -> None:
    """In which the minutes may be contested."""
    Minutes.objects.filter(meeting=meeting).exclude(contested_until=None).update(
        contested_until=DATABASE_CLOCK.now()
    )
