"""The meeting that is measured, open now, with a vote and those who came to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db import connection

from democratic.config.bench.fill import fill_ideas
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.ids import uuid7
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.events import MEETING_ANNOUNCED
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import (
    Sounding,
    SoundingKind,
    SoundingOption,
    SoundingVoice,
)
from democratic.thread.actions import NewRecord, Words, open_record
from democratic.thread.models import Kind, Origin
from democratic.web.guests import COOKIE, SALT

VOTERS = 5000
OPTIONS = 4

_PEOPLE = """
insert into people_person (id, name, age_band, created_on)
select gen_random_uuid(), '', 'unsaid', current_date from generate_series(1, %s) returning id
"""


@dataclass(frozen=True, slots=True)
class Ballot:
    meeting: UUID
    sounding: UUID
    path: str
    people: list[UUID]
    options: int = OPTIONS

    @property
    def cookies(self) -> list[str]:
        return [f"{COOKIE}={signing.dumps(str(person), salt=SALT)}" for person in self.people]

    def compare(self, kept: Mapping[str, int]) -> tuple[int, int]:
        """Lost: not there as it was last acknowledged. Double: more rows than people who voted."""
        rows = SoundingVoice.objects.filter(sounding=self.sounding).values_list("person", "given")
        found = dict(rows)
        lost = sum(found.get(self.people[int(who)]) != [given] for who, given in kept.items())
        return lost, len(rows) - len(found)


@dataclass(frozen=True, slots=True)
class LiveMeeting:
    meeting: Meeting

    @property
    def pk(self) -> UUID:
        return self.meeting.pk

    @property
    def path(self) -> str:
        return f"/rencontres/{self.meeting.record.code}"

    def ballot(self) -> Ballot:
        sounding = _open_sounding(self.meeting)
        with connection.cursor() as cursor:
            cursor.execute(_PEOPLE, [VOTERS])
            people = [person for (person,) in cursor.fetchall()]
        now = DATABASE_CLOCK.now()
        Attendance.objects.bulk_create(
            Attendance(id=uuid7(), meeting=self.meeting, person_id=person, seat=Seat.ROOM, joined_at=now)
            for person in people
        )
        return Ballot(self.pk, sounding.pk, f"{self.path}/votes/{sounding.record.code}", people)


def open_meeting() -> LiveMeeting:
    now = DATABASE_CLOCK.now()
    moment = Moment(now, now + timedelta(hours=2), "Salle des fêtes", seats=(Origin.ROOM, Origin.REMOTE))
    words = Words(title="Quel tracé pour la ligne N2 ?", text="")
    process = fill_ideas(10)
    return LiveMeeting(
        announce_meeting(process=process, words=words, moment=moment, author=None, clock=DATABASE_CLOCK)
    )


def _open_sounding(meeting: Meeting) -> Sounding:
    record = open_record(
        NewRecord(
            authority=meeting.record.authority,
            kind=Kind.SOUNDING,
            process=meeting.record.process,
            words=Words(title="Quel tracé ?", text=""),
            event=MEETING_ANNOUNCED,
            author=None,
            state="open",
            is_institutional=True,
        ),
        clock=DATABASE_CLOCK,
    )
    now = DATABASE_CLOCK.now()
    sounding = Sounding.objects.create(
        record=record, meeting=meeting, kind=SoundingKind.SINGLE, most=1, opened_at=now
    )
    for rank in range(1, OPTIONS + 1):
        SoundingOption.objects.create(sounding=sounding, rank=rank, label=f"Tracé {rank}")
    return sounding
