from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.meetings.arrivals.joining import give_join_code
from democratic.participation.meetings.events import MEETING_ANNOUNCED, MEETING_HELD
from democratic.participation.meetings.models import Meeting
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, append_entry, open_record, set_state
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Kind, Origin, Record

HELD = "held"


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where; ``seats`` are the origins by which one can take part."""

    starts_at: datetime
    ends_at: datetime
    place: str
    access: str = ""
    seats: Sequence[Origin] = (Origin.ROOM,)


@transaction.atomic
def announce_meeting(
    *, process: Process, words: Words, moment: Moment, author: Person | None, clock: Clock
) -> Meeting:
    if moment.ends_at <= moment.starts_at:
        raise Refusal(_("Une rencontre finit après avoir commencé."), field="ends_at")
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.MEETING,
            process=process.record,
            words=words,
            event=MEETING_ANNOUNCED,
            author=author,
            state="announced",
            place=moment.place,
            happened_at=moment.starts_at,
            is_institutional=True,
            data={"starts_at": moment.starts_at.isoformat(), "seats": list(moment.seats)},
            extra_words={"place": clean_line(moment.place)},
        ),
        clock=clock,
    )
    bump_pages_of(record)
    meeting = Meeting.objects.create(
        record=record,
        process=process,
        starts_at=moment.starts_at,
        ends_at=moment.ends_at,
        place=clean_line(moment.place)[:160],
        access=clean_line(moment.access)[:200],
        seats=list(moment.seats),
    )
    give_join_code(meeting)
    return meeting


@transaction.atomic
def report_meeting(*, meeting: Meeting, account: str, present: Mapping[Origin, int], clock: Clock) -> None:
    """Say that it was held: how many by each seat (never who), and what was said in a few lines; once."""
    record = Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=meeting.pk)
    if record.state == HELD:
        raise Conflict(_("Le compte rendu de cette rencontre est déjà publié."))
    Meeting.objects.filter(pk=meeting.pk).update(present={str(k): int(v) for k, v in present.items()})
    set_state(record, HELD)
    append_entry(
        MEETING_HELD,
        record=record,
        now=clock.now(),
        data={"present": {str(k): int(v) for k, v in present.items()}},
        words={"account": clean_text(account)},
        is_institutional=True,
    )
    bump_pages_of(record)
