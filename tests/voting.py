"""Votes in a meeting as tests ask for them: a meeting under way, who is there, and what they say."""

from datetime import timedelta

from democratic.kernel.clock import FixedClock
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.asking import draft_sounding, open_sounding
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.participation.meetings.soundings.questions import Question
from democratic.participation.meetings.soundings.voting import GivenVoice, give_voices
from democratic.participation.meetings.states import MeetingState
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread.actions import Words, set_state
from factories import Territory

TITLE = "Quel tracé vous servirait le plus ?"
OPTIONS = ("Par Saint-Maurin", "Par l’étang", "Par la gare")
HOURS = 48


def meeting_under_way(territory: Territory, *, later_hours: int = HOURS) -> Meeting:
    start = territory.clock.now()
    meeting = announce_meeting(
        process=territory.process,
        words=Words(title="Quel tracé pour la ligne N2 ?"),
        moment=Moment(start, start + timedelta(hours=2), "Salle des fêtes"),
        author=territory.agent.person,
        clock=territory.clock,
    )
    Meeting.objects.filter(pk=meeting.pk).update(later_hours=later_hours)
    set_state(meeting.record, MeetingState.LIVE)
    return Meeting.objects.select_related("record__authority", "process").get(pk=meeting.pk)


def asking_in_meeting(kind: SoundingKind = SoundingKind.SINGLE, **more: object) -> Question:
    more.setdefault("words", Words(title=TITLE, text="Les trois se valent en temps."))
    more.setdefault("options", OPTIONS)
    if kind == SoundingKind.SCALE:
        more.setdefault("most", 5)
    return Question(kind=kind, **more)


def drafted_vote(territory, meeting, kind=SoundingKind.SINGLE, **more) -> Sounding:
    return draft_sounding(
        meeting=meeting, question=asking_in_meeting(kind, **more), author=territory.agent.person, clock=territory.clock
    )  # fmt: skip


def open_vote(territory, meeting=None, kind=SoundingKind.SINGLE, **more) -> Sounding:
    drafted = drafted_vote(territory, meeting or meeting_under_way(territory), kind, **more)
    return open_sounding(sounding=drafted, clock=territory.clock)


def there(meeting: Meeting, n: int, clock, seat: Seat = Seat.ROOM) -> list[Person]:
    """So many guests, come by this seat."""
    people = [welcome_guest() for _each in range(n)]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=each, seat=seat, joined_at=clock.now()) for each in people
    )
    return people


def voiced(sounding: Sounding, clock, *given, seat: Seat = Seat.ROOM) -> list[Person]:
    """One guest a voice: each is what she said, alone or in a list."""
    people = there(sounding.meeting, len(given), clock, seat)
    said = [each if isinstance(each, (list, tuple)) else [each] for each in given]
    batch = [GivenVoice(sounding.pk, who.pk, what) for who, what in zip(people, said, strict=True)]
    outcomes = give_voices(batch, clock=clock)
    assert all(outcome.is_kept for outcome in outcomes), outcomes
    return people


def after(clock, hours: float) -> FixedClock:
    return FixedClock(clock.now() + timedelta(hours=hours))
