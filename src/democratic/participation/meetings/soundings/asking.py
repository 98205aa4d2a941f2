"""A vote is prepared, changed as long as nobody saw it, opened, and asked again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locks import hold as hold_meeting
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings import locks
from democratic.participation.meetings.soundings.events import SOUNDING_OPENED
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind, SoundingOption
from democratic.participation.meetings.soundings.questions import Question
from democratic.participation.meetings.soundings.states import SoundingState
from democratic.participation.meetings.states import MeetingState
from democratic.people.models import Person
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    bump_pages_of,
    open_record,
    refuse_if_withdrawn,
    reword_record,
    set_state,
)
from democratic.thread.models import Kind, Record, Visibility


@transaction.atomic
def draft_sounding(
    *,
    meeting: Meeting,
    question: Question,
    author: Person | None,
    clock: Clock,
    again_of: Sounding | None = None,
) -> Sounding:
    """Nobody sees it before it is opened. ``meeting`` with its record."""
    asked = question.checked(meeting)
    record = open_record(
        NewRecord(
            authority=meeting.record.authority,
            kind=Kind.SOUNDING,
            process=meeting.record.process,
            audience=meeting.record.audience,
            words=asked.words,
            event=SOUNDING_OPENED,
            author=author,
            state=SoundingState.DRAFT,
            visibility=Visibility.DRAFT,
            is_institutional=True,
        ),
        clock=clock,
    )
    sounding = Sounding.objects.create(record=record, meeting=meeting, again_of=again_of, **_settings(asked))
    _write_options(sounding, asked.options)
    touch(meeting.pk, Topic.TEAM)
    return sounding


def _settings(question: Question) -> dict[str, Any]:
    names = ("kind", "most", "lowest", "highest", "is_hidden", "is_binding", "item")
    return {name: getattr(question, name) for name in names}


def _write_options(sounding: Sounding, labels: Sequence[str]) -> None:
    SoundingOption.objects.bulk_create(
        SoundingOption(sounding=sounding, rank=rank, label=label) for rank, label in enumerate(labels, 1)
    )


def locked(sounding_id: UUID) -> Sounding:
    """Alone: neither a voice nor another act of who runs the meeting comes between."""
    locks.hold_alone(sounding_id)
    return Sounding.objects.select_related(
        "meeting__record__authority", "record__wording", "record__authority"
    ).get(pk=sounding_id)


def _refuse_unless_draft(sounding: Sounding) -> None:
    if sounding.opened_at is not None:
        raise Conflict(_("Ce vote est ouvert : la question et les réponses proposées ne changent plus."))


@transaction.atomic
def change_sounding(*, sounding: Sounding, question: Question, clock: Clock) -> Sounding:
    """Only a draft, which nobody saw."""
    found = locked(sounding.pk)
    _refuse_unless_draft(found)
    if found.again_of_id is not None:
        raise Conflict(
            _("C’est la même question, reposée : elle ne change pas. Pour en changer, posez-en une autre.")
        )
    asked = question.checked(found.meeting)
    reword_record(record=found.record, words=asked.words, clock=clock, is_institutional=True)
    Sounding.objects.filter(pk=found.pk).update(**_settings(asked))
    found.options.all().delete()
    _write_options(found, asked.options)
    touch(found.meeting_id, Topic.TEAM)
    return found


@transaction.atomic
def drop_sounding(*, sounding: Sounding) -> None:
    """A draft alone: the journal says nothing of it."""
    found = locked(sounding.pk)
    _refuse_unless_draft(found)
    SoundingOption.objects.filter(sounding=found).delete()
    Sounding.objects.filter(pk=found.pk).delete()
    Record.objects.filter(pk=found.record_id).update(wording=None)
    Record.objects.filter(pk=found.record_id).delete()
    touch(found.meeting_id, Topic.TEAM)


@transaction.atomic
def open_sounding(*, sounding: Sounding, clock: Clock) -> Sounding:
    """From now on who is here votes. Twice is once."""
    hold_meeting(sounding.meeting_id)  # before the vote's own lock, as who closes the meeting takes them
    found = locked(sounding.pk)
    now, record = clock.now(), found.record
    if found.opened_at is not None:
        return found
    refuse_if_withdrawn(found.meeting.record)
    if found.meeting.record.state != MeetingState.LIVE:
        raise Conflict(_("On vote pendant la rencontre : ouvrez-la d’abord."))
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC, happened_at=now)
    record.visibility = Visibility.PUBLIC
    set_state(record, SoundingState.OPEN)
    Sounding.objects.filter(pk=found.pk).update(opened_at=now)
    found.opened_at = now
    append_entry(
        SOUNDING_OPENED,
        record=record,
        now=now,
        data={"kind": record.kind, **_rules_of(found)},
        words={"title": record.title, "text": record.text, "options": _said(found), "ends": _ends(found)},
        is_institutional=True,
    )
    touch(found.meeting_id, Topic.SOUNDING, Topic.TEAM)
    bump_pages_of(record)
    return found


def _rules_of(sounding: Sounding) -> dict[str, Any]:
    """What is frozen with the question, so that anyone can check that it did not move."""
    again = sounding.again_of
    return {
        "meeting": sounding.meeting.record.code,
        "vote": sounding.kind,
        "most": sounding.most,
        "is_hidden": sounding.is_hidden,
        "is_binding": sounding.is_binding,
        "again_of": again.record.code if again else "",
    }


def _said(sounding: Sounding) -> list[dict[str, Any]]:
    return [{"rank": option.rank, "label": option.label} for option in sounding.options.all()]


def _ends(sounding: Sounding) -> list[str]:
    return [sounding.lowest, sounding.highest]


@transaction.atomic
def ask_again(
    *, sounding: Sounding, clock: Clock, author: Person | None, words: Words | None = None
) -> Sounding:
    """A draft of the same question. ``words``: of a round of consent alone, whose proposal was amended."""
    found = locked(sounding.pk)
    if found.closed_at is None:
        raise Conflict(_("Fermez d’abord ce vote : on repose une question à laquelle on a répondu."))
    if Sounding.objects.filter(again_of=found).exists():
        raise Conflict(_("Cette question est déjà reposée."))
    is_amended = words is not None and found.kind == SoundingKind.CONSENT
    wording = found.record.wording
    same = Words(found.record.title, found.record.text, wording.language if wording else "fr")
    question = Question(
        words=words if is_amended and words else same,
        kind=SoundingKind(found.kind),
        options=[option.label for option in found.options.all()],
        most=found.most,
        lowest=found.lowest,
        highest=found.highest,
        is_hidden=found.is_hidden,
        is_binding=found.is_binding,
        item=found.item,
    )
    return draft_sounding(
        meeting=found.meeting, question=question, author=author, clock=clock, again_of=found
    )
