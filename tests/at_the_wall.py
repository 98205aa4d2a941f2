"""A meeting that runs, and questions put to its wall."""

from datetime import UTC, datetime, timedelta

from democratic.kernel.clock import FixedClock
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.arrivals.models import Attendance
from democratic.participation.meetings.models import Form, Meeting, MeetingTeamMember, TeamRole
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall.actions import put_question
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Origin, Record

EVENING = datetime(2026, 3, 10, 19, tzinfo=UTC)
IN_IT = FixedClock(EVENING + timedelta(minutes=20))
AFTER = FixedClock(EVENING + timedelta(hours=3))
ELUE = "vice-présidente, jeunesse et mobilités"


def announced(territory, *, form=Form.CYBERDEBATE, join_code="482016", **more):
    meeting = announce_meeting(
        process=territory.process,
        words=Words(title="Quel tracé pour la ligne N2 ?", text="On en parle."),
        moment=Moment(EVENING, EVENING + timedelta(hours=2), "Mairie", seats=(Origin.ROOM, Origin.REMOTE)),
        author=territory.agent.person,
        clock=territory.clock,
    )
    Meeting.objects.filter(pk=meeting.pk).update(form=form, join_code=join_code, later_hours=48, **more)
    return fresh(meeting)


def fresh(meeting):
    return Meeting.objects.select_related("record__wording", "record__authority").get(pk=meeting.pk)


def opened(meeting):
    Record.objects.filter(pk=meeting.pk).update(state=MeetingState.LIVE)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=EVENING)
    return fresh(meeting)


def closed(meeting):
    Record.objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=AFTER.now())
    return fresh(meeting)


def live(territory, **more):
    return opened(announced(territory, **more))


def seated(meeting, seat, person=None):
    person = person or welcome_guest()
    Attendance.objects.create(meeting=meeting, person=person, seat=seat, joined_at=IN_IT.now())
    return person


def team(meeting, person, role=TeamRole.ANSWERS, function=ELUE):
    return MeetingTeamMember.objects.create(meeting=meeting, person=person, role=role, function=function)


def asked(meeting, title="Combien coûte un arrêt ?", author=None, *, clock=IN_IT, text="", name="", **more):
    return put_question(
        meeting=meeting,
        words=Words(title=title, text=text, byline=name),
        author=author or welcome_guest(),
        clock=clock,
        **more,
    ).question
