"""A meeting that was held, with what it left: points, questions from every way in, a vote, who came. Rows, as they lie."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from democratic.kernel.clock import FixedClock
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.minutes.actions import propose_minutes, save_catch_up, tell_catch_up
from democratic.participation.meetings.minutes.marks import mark_of_text
from democratic.participation.meetings.minutes.models import CaptionLine, Minutes
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind, SoundingOption
from democratic.participation.meetings.wall.models import SpokenAnswer, WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, bump_pages_of, open_record, set_state
from democratic.thread.events import COMMENT_POSTED
from democratic.thread.models import Kind, Origin, Record
from factories import Territory

BEGAN = datetime(2026, 2, 27, 17, tzinfo=UTC)
ENDED = BEGAN + timedelta(minutes=90)
NEXT_MORNING = FixedClock(datetime(2026, 2, 28, 8, tzinfo=UTC))


def days_after(days: int) -> FixedClock:
    return FixedClock(NEXT_MORNING.moment + timedelta(days=days))


@dataclass
class ToldMeeting:
    meeting: Meeting
    items: list[AgendaItem]
    answered: WallQuestion
    owed: WallQuestion
    vote: Sounding
    there: Person
    more: list[WallQuestion] = field(default_factory=list)


def told_meeting(territory: Territory, *, each: int = 1) -> ToldMeeting:
    """``each``: how many of what lists repeat."""
    meeting = announce_meeting(
        process=territory.process,
        words=Words(title="Bouger le soir", text="Trois places, une seule file."),
        moment=Moment(BEGAN, ENDED, "Salle des fêtes", seats=(Origin.ROOM, Origin.REMOTE, Origin.LATER)),
        author=territory.agent.person,
        clock=FixedClock(BEGAN - timedelta(days=20)),
    )
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=BEGAN, closed_at=ENDED)
    meeting.refresh_from_db()
    set_state(meeting.record, "closed")
    items = [_item(meeting, n, f"Point {n}") for n in range(1, each + 2)]
    answered = asked(meeting, "À quelle heure part le dernier bus ?", QuestionState.ANSWERED, item=items[0])
    SpokenAnswer.objects.create(
        question=answered,
        text="À 22 h dès septembre.",
        function="Vice-présidente, mobilités",
        state=SpokenAnswer.State.APPROVED,
        written_at=BEGAN,
        approved_at=BEGAN,
    )
    owed = asked(meeting, "Qui paie la navette ?", QuestionState.OWED, Origin.CHAT, item=items[0])
    more = [asked(meeting, f"Et la gare n° {n} ?", QuestionState.OWED, Origin.REMOTE) for n in range(each)]
    vote, *_others = [voted(meeting, f"Prolonger la ligne {n} ?", items[1]) for n in range(each)]
    return ToldMeeting(meeting, items, answered, owed, vote, came(meeting), more)


def _item(meeting: Meeting, rank: int, title: str) -> AgendaItem:
    begun = BEGAN + timedelta(minutes=10 * (rank - 1))
    return AgendaItem.objects.create(
        meeting=meeting,
        rank=rank,
        title=title,
        state=AgendaItem.State.DONE,
        started_at=begun,
        ended_at=begun + timedelta(minutes=10),
    )


def _record(meeting: Meeting, kind: Kind, title: str, text: str, state: str, origin: Origin) -> Record:
    return open_record(
        NewRecord(
            authority=meeting.record.authority,
            kind=kind,
            process=meeting.record.process,
            words=Words(title=title, text=text),
            event=COMMENT_POSTED,
            author=None,
            state=state,
            origin=origin,
        ),
        clock=FixedClock(BEGAN),
    )


def asked(
    meeting: Meeting,
    text: str,
    state: QuestionState,
    origin: Origin = Origin.ROOM,
    item: AgendaItem | None = None,
) -> WallQuestion:
    record = _record(meeting, Kind.WALL_QUESTION, "", text, state, origin)
    seat = origin if origin in Seat.values else ""
    return WallQuestion.objects.create(record=record, meeting=meeting, item=item, seat=seat, put_at=BEGAN)


def voted(meeting: Meeting, title: str, item: AgendaItem, **more: object) -> Sounding:
    record = _record(meeting, Kind.SOUNDING, title, "", "final", Origin.WEB)
    given = {"opened_at": BEGAN, "closed_at": ENDED, "counted_at": ENDED, "is_final": True, **more}
    given.setdefault("counted", counted(12, 7))
    vote = Sounding.objects.create(
        record=record, meeting=meeting, item=item, kind=SoundingKind.SINGLE, **given
    )
    for rank, label in enumerate(("Oui", "Non"), 1):
        SoundingOption.objects.create(sounding=vote, rank=rank, label=label)
    bump_pages_of(record)
    return vote


def counted(yes: int, no: int) -> dict[str, object]:
    """As ``soundings.counting.totals_of`` makes it."""
    groups = [{"sources": ["room"], "people": yes + no, "counts": {"1": yes, "2": no}}]
    return {"kind": "single", "total": yes + no, "is_final": True, "groups": groups, "words": {}, "hands": []}


def came(meeting: Meeting, person: Person | None = None, seat: Seat = Seat.ROOM) -> Person:
    person = person or welcome_guest()
    Attendance.objects.create(meeting=meeting, person=person, seat=seat, joined_at=BEGAN)
    return person


def propose(minutes: Minutes, text: str = "Le dernier bus partira à 22 h.") -> Minutes:
    save_catch_up(minutes=minutes, text=text, seen=mark_of_text(minutes.catch_up))
    minutes.refresh_from_db()
    if minutes.version == 1:
        tell_catch_up(minutes=minutes, clock=NEXT_MORNING)
    return propose_minutes(minutes=minutes, days=3, clock=NEXT_MORNING)


def read_plain(response):
    return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def minutes_read(meeting: Meeting, canary: str = "") -> Minutes:
    """Proposed, contested for a while, with what was said word by word: rows, of whichever meeting."""
    minutes = Minutes.objects.create(
        meeting=meeting,
        version=1,
        state=Minutes.State.PROPOSED,
        catch_up=f"L’essentiel. {canary}",
        proposed_at=BEGAN,
        contested_until=BEGAN + timedelta(days=60),
    )
    minutes.blocks.create(rank=1, text=f"Ce qui s’est dit. {canary}")
    CaptionLine.objects.create(meeting=meeting, at=BEGAN, text=f"Bonjour à toutes et à tous. {canary}")
    return minutes
