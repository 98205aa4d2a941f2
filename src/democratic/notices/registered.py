"""Who registered for a meeting is reminded the day before, and told of a place that is free: by her own channel."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from civics.reach.rendering import Say
from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.telling import Errand, tell_all
from democratic.notices.meetings import offer_text, reminder_text
from democratic.notices.recipients import confirmed_addresses, correspondents_told
from democratic.notices.texts import Text
from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.registrations import offered_places, to_remind
from democratic.participation.meetings.arrivals.reminding import QUIET, mark_reminded
from democratic.participation.meetings.models import Meeting

Write = Callable[[str], Text]


def remind_registered(now: datetime) -> int:
    """Those whose meeting is the next day. A worker that comes back at night waits for the morning."""
    due = [each for each in to_remind(now) if not QUIET.are_on(now.astimezone(_zone(each)))]
    return sum(_remind(meeting, now) for meeting in due)


def _zone(meeting: Meeting) -> ZoneInfo:
    return ZoneInfo(meeting.record.authority.time_zone)


@transaction.atomic
def _remind(meeting: Meeting, now: datetime) -> int:
    people = mark_reminded(meeting.pk, now)
    # One a meeting and hour: put off, it is another reminder.
    purpose = f"remind:{meeting.pk.hex[-20:]}:{int(meeting.starts_at.timestamp()):x}"
    _tell(meeting, people, purpose, lambda language: reminder_text(meeting, language), now)
    return len(people)


def tell_offers(now: datetime) -> int:
    """Each place that is offered, once: the purpose names the offer, so that telling again inserts nothing."""
    offered = offered_places()
    for row in offered:
        _offer(row, now)
    return len(offered)


@transaction.atomic
def _offer(row: Registration, now: datetime) -> None:
    offered_at = int(row.offered_at.timestamp()) if row.offered_at else 0
    purpose = f"place:{row.pk.hex[-20:]}:{offered_at:x}"
    _tell(row.meeting, {row.person_id}, purpose, lambda language: offer_text(row, row.meeting, language), now)


def _tell(meeting: Meeting, people: set[UUID], purpose: str, write: Write, now: datetime) -> None:
    authority = meeting.record.authority
    written: dict[str, Text] = {}
    notices = []
    for address in confirmed_addresses(people):
        text = written.setdefault(address.language, write(address.language))
        notices.append(Notice(authority, address, purpose, text.subject, text.body))
    queue_messages(notices)

    def said(language: str) -> list[Say]:
        text = write(language)
        return [Say(f"{text.subject}\n{text.link}".rstrip())]

    tell_all(correspondents_told(people, authority.pk), said, Errand(purpose, is_first=True), now=now)
