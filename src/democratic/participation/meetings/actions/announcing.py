"""A meeting is prepared between agents, then announced to all: in a process, by a body, or on its own."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.models import Organisation
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.actions.briefing import note_briefing
from democratic.participation.meetings.actions.moments import Moment
from democratic.participation.meetings.codes import give_join_code
from democratic.participation.meetings.events import MEETING_ANNOUNCED
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locking import is_draft, lock_meeting
from democratic.participation.meetings.models import Briefing, Form, Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    bump_pages_of,
    open_record,
    refuse_if_withdrawn,
    set_state,
)
from democratic.thread.models import Authority, Kind, Record, Visibility


@dataclass(frozen=True, slots=True)
class Convened:
    """Who convenes: a process, a body of the authority, or the authority itself."""

    authority: Authority
    process: Process | None = None
    body: Organisation | None = None
    form: Form = Form.MEETING

    def refuse_strangers(self) -> None:
        if self.process is not None and self.process.record.authority_id != self.authority.pk:
            raise Refusal(_("Cette concertation n’est pas d’ici."), field="process")
        if self.body is None:
            return
        if self.body.authority_id != self.authority.pk or self.body.sort != Organisation.Sort.BODY:
            raise Refusal(_("Choisissez un conseil ou un comité d’ici."), field="body")


@transaction.atomic
def prepare_meeting(
    *, convened: Convened, words: Words, moment: Moment, author: Person | None, clock: Clock
) -> Meeting:
    """A draft: nobody sees it before it is announced."""
    convened.refuse_strangers()
    if not clean_line(words.title):
        raise Refusal(_("Donnez un nom à la rencontre."), field="title")
    columns = moment.columns()
    process = convened.process.record if convened.process else None
    record = open_record(
        NewRecord(
            authority=convened.authority,
            kind=Kind.MEETING,
            process=process,
            audience=process.audience if process else None,
            words=words,
            event=MEETING_ANNOUNCED,
            author=author,
            state=MeetingState.DRAFT,
            visibility=Visibility.DRAFT,
            place=columns["place"],
            happened_at=moment.starts_at,
            is_institutional=True,
        ),
        clock=clock,
    )
    return Meeting.objects.create(
        record=record, process=convened.process, body=convened.body, form=convened.form, **columns
    )


@transaction.atomic
def announce_prepared(*, meeting: Meeting, clock: Clock) -> Meeting:
    """Publish it, with its briefing if one is written. Twice is once."""
    locked, now = lock_meeting(meeting.pk), clock.now()
    if not is_draft(locked):
        return locked
    if locked.process is not None:
        refuse_if_withdrawn(locked.process.record)
        if locked.process.record.visibility == Visibility.DRAFT:
            raise Conflict(_("Elle s’annoncera avec sa concertation, qui n’est pas encore publiée."))
    record = locked.record
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC)
    record.visibility = Visibility.PUBLIC
    set_state(record, MeetingState.ANNOUNCED)
    append_entry(
        MEETING_ANNOUNCED,
        record=record,
        now=now,
        data={
            "kind": record.kind,
            "state": record.state,
            "starts_at": locked.starts_at.isoformat(),
            "seats": locked.seats,
        },
        words={"title": record.title, "text": record.text, "place": locked.place},
        is_institutional=True,
    )
    briefing = Briefing.objects.filter(meeting=locked).first()
    if briefing is not None:
        note_briefing(record, briefing, now)
    give_join_code(locked)
    touch(locked.pk, Topic.STATE)
    bump_pages_of(record)
    return locked


@transaction.atomic
def announce_meeting(
    *,
    process: Process | None,
    words: Words,
    moment: Moment,
    author: Person | None,
    clock: Clock,
    convened: Convened | None = None,
) -> Meeting:
    """Prepared and announced in one breath. ``convened``: for one that is in no process."""
    if convened is None:
        if process is None:
            raise Refusal(_("Dites qui convoque cette rencontre."), field="process")
        convened = Convened(process.record.authority, process)
    meeting = prepare_meeting(convened=convened, words=words, moment=moment, author=author, clock=clock)
    return announce_prepared(meeting=meeting, clock=clock)
