"""A question is drafted, opened, changed as long as nobody answered, and ended before its day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.polls import locks
from democratic.participation.polls.events import POLL_CHANGED, POLL_ENDED, POLL_OPENED
from democratic.participation.polls.models import Poll, PollOption, Shows
from democratic.participation.polls.rules import refuse_if_answered
from democratic.participation.polls.states import PollState, state_of
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.tool import Act
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

FEWEST, MOST = 2, 8
LABEL_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Question:
    """All that may be asked. ``options``: 2 to 8, « Sans avis » not among them; ``closes_at``: before the stage does."""

    words: Words
    options: Sequence[str]
    stage: Stage
    takes_no_opinion: bool = False
    shows: Shows = Shows.ANSWERED
    is_shuffled: bool = False
    closes_at: datetime | None = None


@transaction.atomic
def draft_poll(*, process: Process, question: Question, author: Person | None, clock: Clock) -> Poll:
    """Nobody sees it before it is opened."""
    labels = _checked(question, process, clock.now())
    return write_draft(
        process=process, question=replace(question, options=labels), author=author, clock=clock
    )


def write_draft(*, process: Process, question: Question, author: Person | None, clock: Clock) -> Poll:
    """Of what was checked before, whatever the day."""
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.POLL,
            process=process.record,
            audience=process.record.audience,
            words=question.words,
            event=POLL_OPENED,
            author=author,
            state=PollState.DRAFT,
            visibility=Visibility.DRAFT,
            is_institutional=True,
        ),
        clock=clock,
    )
    poll = Poll.objects.create(record=record, process=process, **_settings(question))
    _write_options(poll, question.options, question)
    return poll


def _settings(question: Question) -> dict[str, Any]:
    return {
        "stage": question.stage,
        "shows": question.shows,
        "is_shuffled": question.is_shuffled,
        "closes_at": question.closes_at,
    }


def _checked(question: Question, process: Process, now: datetime) -> list[str]:
    """The options as they will be read."""
    if not clean_line(question.words.title):
        raise Refusal(_("Écrivez la question."), field="title")
    labels = [label for option in question.options if (label := clean_line(option))]
    if not FEWEST <= len(labels) <= MOST:
        raise Refusal(_("Proposez de deux à huit réponses, une par ligne."), field="options")
    if any(len(label) > LABEL_LIMIT for label in labels):
        raise Refusal(_("Une réponse tient en 120 signes : on la lit d’un coup d’œil."), field="options")
    if len({label.casefold() for label in labels}) < len(labels):
        raise Refusal(
            _("Deux réponses sont les mêmes : on ne saurait pas laquelle choisir."), field="options"
        )
    stage = question.stage
    if stage.process_id != process.pk or Act.ANSWER_POLL not in stage.allows:
        raise Refusal(_("Choisissez une étape qui permet de poser une question."), field="stage")
    if stage.closes_at <= now:
        raise Refusal(_("Cette étape est terminée : choisissez-en une autre."), field="stage")
    if (
        question.closes_at is not None
        and not max(now, stage.opens_at) < question.closes_at <= stage.closes_at
    ):
        raise Refusal(_("La question se ferme dans son étape, et après aujourd’hui."), field="closes_on")
    return labels


def _write_options(poll: Poll, labels: Sequence[str], question: Question) -> None:
    options = [PollOption(poll=poll, rank=rank, label=label) for rank, label in enumerate(labels, 1)]
    if question.takes_no_opinion:
        options.append(PollOption(poll=poll, rank=len(labels) + 1, is_no_opinion=True))
    PollOption.objects.bulk_create(options)


def _locked(poll: Poll) -> Poll:
    locks.hold_alone(poll.pk)
    found = Poll.objects.select_related("stage", "record__wording", "record__authority", "process")
    return found.get(pk=poll.pk)


@transaction.atomic
def open_poll(*, poll: Poll, clock: Clock) -> Poll:
    """Publish it: one answers from now, or from the first moment of its stage. Twice is once."""
    locked, now = _locked(poll), clock.now()
    record = locked.record
    if record.visibility != Visibility.DRAFT:
        return locked
    if locked.ends_at <= now:
        raise Conflict(_("Le jour de clôture est passé : changez-le avant d’ouvrir la question."))
    refuse_if_withdrawn(locked.process.record)
    if locked.process.record.visibility == Visibility.DRAFT:
        raise Conflict(_("Elle s’ouvrira avec sa concertation, qui n’est pas encore publiée."))
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC, happened_at=now)
    record.visibility = Visibility.PUBLIC
    set_state(record, PollState.OPEN)
    locked.opened_at = now
    locked.save(update_fields=["opened_at"])
    append_entry(
        POLL_OPENED,
        record=record,
        now=now,
        data={"kind": record.kind, **_rules_of(locked)},
        words={"title": record.title, "text": record.text, "options": _said(locked)},
        is_institutional=True,
    )
    bump_pages_of(record)
    return locked


def _rules_of(poll: Poll) -> dict[str, Any]:
    """What is frozen with the question, so that anyone can check that it did not move."""
    opens_at = poll.opens_at
    return {
        "opens_at": opens_at.isoformat() if opens_at else None,
        "closes_at": poll.ends_at.isoformat(),
        "shows": poll.shows,
        "is_shuffled": poll.is_shuffled,
    }


def _said(poll: Poll) -> list[dict[str, Any]]:
    return [
        {"rank": option.rank, "label": option.label, "is_no_opinion": option.is_no_opinion}
        for option in poll.options.all()
    ]


@transaction.atomic
def change_poll(*, poll: Poll, question: Question, clock: Clock) -> Poll:
    """A draft changes freely; an open question in public, by a new version, and only until the first answer."""
    locked, now = _locked(poll), clock.now()
    record = locked.record
    refuse_if_answered(locked)
    if record.visibility == Visibility.PUBLIC and state_of(locked, now) == PollState.CLOSED:
        raise Conflict(_("Cette question est close : elle ne change plus."))
    labels = _checked(question, locked.process, now)
    wording = reword_record(record=record, words=question.words, clock=clock, is_institutional=True)
    locked.options.all().delete()
    for name, value in _settings(question).items():
        setattr(locked, name, value)
    locked.save(update_fields=list(_settings(question)))
    _write_options(locked, labels, question)
    if record.visibility == Visibility.PUBLIC:
        append_entry(
            POLL_CHANGED,
            record=record,
            now=now,
            data={"version": wording.version, **_rules_of(locked)},
            words={"title": wording.title, "text": wording.text, "options": _said(locked)},
            is_institutional=True,
        )
        bump_pages_of(record)
    return locked


@transaction.atomic
def end_poll(*, poll: Poll, reason: str, function: str, clock: Clock) -> None:
    """Close it now, in public, with a reason. Its count follows within seconds, as at any closing."""
    locked, now = _locked(poll), clock.now()
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    if state_of(locked, now) not in (PollState.OPEN, PollState.AHEAD):
        raise Conflict(_("Cette question n’est pas ouverte."))
    Poll.objects.filter(pk=locked.pk).update(closes_at=now)
    append_entry(
        POLL_ENDED,
        record=locked.record,
        now=now,
        words={"reason": why, "function": clean_line(function)[:200]},
        is_institutional=True,
    )
    bump_pages_of(locked.record)
