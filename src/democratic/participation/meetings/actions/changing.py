"""What was announced changes in public, with its reason. Nobody deletes a meeting: it is put off, or called off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.meetings.actions.moments import Moment
from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.events import MEETING_CANCELLED, MEETING_CHANGED, MEETING_POSTPONED
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locking import (
    is_draft,
    lock_meeting,
    refuse_step,
    refuse_unless_ahead,
)
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall.actions import close_wall
from democratic.thread.actions import Words, append_entry, bump_pages_of, reword_record, set_state
from democratic.thread.models import Record


@dataclass(frozen=True, slots=True)
class Why:
    """Public: the reason, and under which function it is given."""

    reason: str
    function: str

    def words(self) -> dict[str, str]:
        reason = clean_text(self.reason)
        if not reason:
            raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
        return {"reason": reason, "function": clean_line(self.function)[:200]}


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, words: Words, moment: Moment, why: Why | None = None, clock: Clock
) -> Meeting:
    """A draft changes freely. Announced: its words by a new version, and its hour or its place with a reason."""
    locked, now = lock_meeting(meeting.pk), clock.now()
    refuse_unless_ahead(locked)
    columns = moment.columns()
    if not clean_line(words.title):
        raise Refusal(_("Donnez un nom à la rencontre."), field="title")
    was, is_shown = locked.starts_at, not is_draft(locked)
    said = (why or Why("", "")).words() if is_shown and _is_moved(locked, columns) else {}
    is_other = any(getattr(locked, name) != value for name, value in columns.items())
    _reword(locked.record, words, clock)
    _move(locked, columns)
    if is_shown and is_other:
        append_entry(
            MEETING_CHANGED,
            record=locked.record,
            now=now,
            data=_when(locked, was),
            words={"place": locked.place, **said},
            is_institutional=True,
        )
    if is_shown:
        _shown(locked)
    return locked


def _reword(record: Record, words: Words, clock: Clock) -> None:
    """Its words have versions and an Entry of their own; the same words again are none."""
    said = words.cleaned()
    if (said.title, said.text) != (record.title, record.text):
        reword_record(record=record, words=words, clock=clock, is_institutional=True)


@transaction.atomic
def postpone_meeting(*, meeting: Meeting, moment: Moment, why: Why, clock: Clock) -> Meeting:
    """Another day, in public. Who was registered stays so, is told, and is reminded again."""
    locked, now = lock_meeting(meeting.pk), clock.now()
    refuse_step(locked, MeetingState.CANCELLED)  # what may be called off may be put off
    said, columns, was = why.words(), moment.columns(), locked.starts_at
    if moment.starts_at <= now:
        raise Refusal(_("Choisissez un jour qui n’est pas passé."), field="day")
    if moment.starts_at == was:
        raise Conflict(_("C’est déjà l’heure annoncée."))
    _move(locked, columns)
    append_entry(
        MEETING_POSTPONED,
        record=locked.record,
        now=now,
        data=_when(locked, was),
        words={"title": locked.record.title, "place": locked.place, **said},
        is_institutional=True,
    )
    _shown(locked)
    return locked


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, why: Why, clock: Clock) -> Meeting:
    """Its page stays, with the reason; its code is given back."""
    locked, now = lock_meeting(meeting.pk), clock.now()
    refuse_step(locked, MeetingState.CANCELLED)
    said = why.words()
    set_state(locked.record, MeetingState.CANCELLED)
    Meeting.objects.filter(pk=locked.pk).update(join_code="")
    locked.join_code = ""
    append_entry(
        MEETING_CANCELLED,
        record=locked.record,
        now=now,
        words={"title": locked.record.title, **said},
        is_institutional=True,
    )
    close_wall(meeting=locked, clock=clock)  # what was asked in advance is owed in writing
    _shown(locked)
    return locked


def _is_moved(meeting: Meeting, columns: dict[str, Any]) -> bool:
    return any(getattr(meeting, name) != columns[name] for name in ("starts_at", "ends_at", "place"))


def _move(meeting: Meeting, columns: dict[str, Any]) -> None:
    if columns["starts_at"] != meeting.starts_at:
        Registration.objects.filter(meeting=meeting).update(reminded_at=None)
    Meeting.objects.filter(pk=meeting.pk).update(**columns)
    Record.objects.filter(pk=meeting.pk).update(place=columns["place"][:80], happened_at=columns["starts_at"])
    for name, value in columns.items():
        setattr(meeting, name, value)


def _when(meeting: Meeting, was: datetime) -> dict[str, str]:
    when = {"starts_at": meeting.starts_at.isoformat(), "ends_at": meeting.ends_at.isoformat()}
    return when if was == meeting.starts_at else when | {"was": was.isoformat()}


def _shown(meeting: Meeting) -> None:
    touch(meeting.pk, Topic.STATE)
    bump_pages_of(meeting.record)
