"""A meeting as tests hold it: announced for an hour from now, opened, with people in the room and far away."""

from datetime import timedelta

from democratic.kernel.clock import FixedClock
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.arrivals.joining import Coming, take_seat
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.floor.actions import ask_for_floor
from democratic.participation.meetings.floor.models import SpeakingTurn
from democratic.participation.meetings.models import Meeting, MeetingTeamMember
from democratic.participation.meetings.running import open_meeting
from democratic.participation.meetings.teaming import name_in_team
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Origin
from factories import Territory

TITLE = "Quel tracé pour la ligne N2 ?"


def announced(territory: Territory, **more: object) -> Meeting:
    starts = more.pop("starts_at", territory.clock.now() + timedelta(hours=1))
    return announce_meeting(
        process=territory.process,
        words=Words(title=str(more.pop("title", TITLE)), text="Les trois tracés, arrêt par arrêt."),
        moment=Moment(
            starts,
            starts + timedelta(hours=2),
            "Salle des fêtes, Vaubrun",
            seats=(Origin.ROOM, Origin.REMOTE),
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )


def live(territory: Territory, **more: object) -> Meeting:
    meeting = announced(territory, **more)
    open_meeting(meeting_id=meeting.pk, clock=territory.clock)
    return fresh(meeting)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("record__authority", "record__wording").get(pk=meeting.pk)


def came(meeting: Meeting, territory: Territory, seat: str = Seat.ROOM, **more: object) -> Attendance:
    person = more.pop("person", None) or welcome_guest()
    coming = Coming(Seat(seat), **more)
    return take_seat(meeting_id=meeting.pk, person=person, coming=coming, clock=territory.clock)


def after(territory: Territory, seconds: float) -> FixedClock:
    return FixedClock(territory.clock.now() + timedelta(seconds=seconds))


def asked(
    meeting: Meeting, territory: Territory, at: float, seat: str = Seat.ROOM, **more: object
) -> SpeakingTurn:
    """Someone comes, and asks for the floor ``at`` seconds later."""
    attendance = came(meeting, territory, seat, **more)
    return ask_for_floor(meeting_id=meeting.pk, person=attendance.person, clock=after(territory, at))


def in_team(meeting: Meeting, person: object, role: str, function: str = "") -> MeetingTeamMember:
    return name_in_team(meeting=meeting, person=person, role=role, function=function)
