"""A question is put to a meeting: before it, in it or after, by every way in, and is published or waits to be read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_claim_secret
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall import locks
from democratic.participation.meetings.wall.actions.counting import count_voices
from democratic.participation.meetings.wall.actions.merging import settle_gone
from democratic.participation.meetings.wall.actions.owing import owe_if_over
from democratic.participation.meetings.wall.actions.records import lock_question, show
from democratic.participation.meetings.wall.events import QUESTION_PUT, QUESTIONS_READ_FIRST
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.rules import refuse_flood, refuse_unless_asked
from democratic.participation.meetings.wall.states import QuestionState
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    bump_pages_of,
    open_record,
    set_state,
    withdraw_own,
)
from democratic.thread.actions.links import link
from democratic.thread.actions.records import keep_claim_secret, publish_held
from democratic.thread.models import Entry, Kind, LinkKind, Origin, Record, Visibility

TEXT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Receipt:
    """``claim_secret``: shown this once; empty when the same question of the same person was there already."""

    question: WallQuestion
    claim_secret: str


@transaction.atomic
def put_question(
    *,
    meeting: Meeting,
    words: Words,
    author: Person,
    clock: Clock,
    origin: Origin | None = None,
    objects_to: Sounding | None = None,
) -> Receipt:
    """``origin``: how it came, when that is by no seat: chat, sms, email, phone, paper. Tapped twice, it is one.

    ``objects_to``: a round of consent of this meeting, to which it is an objection in words.
    """
    locks.share(meeting.pk)
    found = _fresh(meeting)
    now = clock.now()
    refuse_unless_asked(found, now)
    if not clean_line(words.title):
        raise Refusal(_("Écrivez votre question : une phrase suffit."), field="title")
    said = words.cleaned()
    if len(said.text) > TEXT_MOST:
        raise Refusal(
            _("Ce texte a %(n)d signes ; il en faut 2 000 au plus.") % {"n": len(said.text)}, field="text"
        )
    if same := _same_of_hers(found, author, said.title):
        return Receipt(same, "")
    refuse_flood(found, author)
    seat = seat_of(found, author)
    record = _open(found, said, author, origin or (Origin(seat) if seat else Origin.WEB), clock)
    question = WallQuestion.objects.create(
        record=record, meeting=found, seat=seat, is_ahead=found.opened_at is None, objects_to=objects_to
    )
    secret = new_claim_secret()
    keep_claim_secret(record, secret)
    if record.visibility == Visibility.PUBLIC:
        owe_if_over(question, clock)
        _tie(question, record.entries.get(kind=QUESTION_PUT.kind))
    show(question, Topic.TEAM)
    return Receipt(question, secret)


def _fresh(meeting: Meeting) -> Meeting:
    found = Meeting.objects.select_related(
        "record__authority", "record__audience", "record__process", "record__withdrawal"
    )
    return found.get(pk=meeting.pk)


def _same_of_hers(meeting: Meeting, author: Person, title: str) -> WallQuestion | None:
    hers = WallQuestion.objects.filter(meeting=meeting, record__author__in=person_and_claimed(author))
    alike = hers.filter(record__wording__title__iexact=title).exclude(
        record__visibility__in=(Visibility.WITHDRAWN, Visibility.HIDDEN)
    )
    return alike.select_related("record", "meeting").first()


def seat_of(meeting: Meeting, person: Person) -> str:
    """Where she sits here; after the end, anyone comes later; empty before, for who has not come in."""
    if meeting.record.state in (MeetingState.CLOSED, MeetingState.HELD):
        return Seat.LATER
    came = Attendance.objects.filter(meeting=meeting, person__in=person_and_claimed(person))
    return came.order_by("-joined_at").values_list("seat", flat=True).first() or ""


def _open(meeting: Meeting, words: Words, author: Person, origin: Origin, clock: Clock) -> Record:
    waits = meeting.reads_questions_first
    return open_record(
        NewRecord(
            authority=meeting.record.authority,
            kind=Kind.WALL_QUESTION,
            process=meeting.record.process,
            audience=meeting.record.audience,
            words=words,
            event=QUESTION_PUT,
            author=author,
            origin=origin,
            state=QuestionState.PENDING if waits else QuestionState.PUBLISHED,
            visibility=Visibility.HELD if waits else Visibility.PUBLIC,
            data={"meeting": meeting.record.code},
        ),
        clock=clock,
    )


@transaction.atomic
def publish_question(*, question: WallQuestion, clock: Clock) -> None:
    """What waited to be read, as it was said: nobody edits another's words. Its Entry is written now."""
    locks.share(question.meeting_id)
    locked = lock_question(question)
    record = locked.record
    if record.visibility != Visibility.HELD:
        raise Conflict(_("Cette question n’attend plus : quelqu’un a décidé avant vous."))
    put_on_the_wall(locked, clock)


def put_on_the_wall(question: WallQuestion, clock: Clock) -> None:
    record = question.record
    set_state(record, QuestionState.PUBLISHED)
    data = {"meeting": question.meeting.record.code}
    entry = publish_held(record=record, event=QUESTION_PUT, data=data, words={}, clock=clock)
    owe_if_over(question, clock)
    _tie(question, entry)
    show(question, Topic.TEAM)


def _tie(question: WallQuestion, entry: Entry) -> None:
    if question.objects_to is not None:
        target = question.objects_to.record
        link(source=question.record, kind=LinkKind.CONTRADICTS, target=target, entry=entry)
        bump_pages_of(target)


@transaction.atomic
def take_back_question(*, question: WallQuestion, clock: Clock) -> None:
    """Its author takes it back: a public line stays, without her words."""
    locked = lock_question(question)
    settle_gone(target=locked.record, clock=clock)
    withdraw_own(record=locked.record, clock=clock)
    count_voices([locked.pk])
    show(locked, Topic.TEAM)


@transaction.atomic
def read_questions_first(*, meeting: Meeting, is_on: bool, clock: Clock) -> None:
    """Choose it, or stop: public either way. What already waits is read all the same."""
    locks.hold_alone(meeting.pk)
    now: datetime = clock.now()
    if not Meeting.objects.filter(pk=meeting.pk, reads_questions_first=not is_on).update(
        reads_questions_first=is_on
    ):
        return
    record = Record.objects.select_related("authority").get(pk=meeting.pk)
    append_entry(QUESTIONS_READ_FIRST, record=record, now=now, data={"is_on": is_on}, is_institutional=True)
    touch(meeting.pk, Topic.WALL, Topic.TEAM)
    bump_pages_of(record)
