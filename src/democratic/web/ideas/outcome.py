"""What became of an idea: its answer, its theme's, or the date by which one is owed."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.answers.models import Answer
from democratic.participation.answers.queries import answer_that_holds
from democratic.participation.ideas.models import IdeaState
from democratic.participation.ideas.queries import why_inadmissible
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.processes.models import Process
from democratic.thread.models import Kind, Record
from democratic.web import words
from democratic.web.formats import day
from democratic.web.places import official_path, record_path
from democratic.web.sentences import tell


def outcome_of(record: Record, process: Process, today: date, into: Record | None = None) -> dict[str, Any]:
    """The context of outcome.html: one of ``answer``, ``outside``, ``elsewhere``, ``due``, or nothing.

    ``into``: the one into which it was merged, whose answer is its own.
    """
    record = into or record
    answer = answer_that_holds(record)
    if answer is not None:
        return {"answer": answer_context(answer, record), "withdrawal": _withdrawal(answer)}
    if record.state == IdeaState.INADMISSIBLE:
        why = why_inadmissible(record)
        return {"outside": why | {"reason": record.spoken(why.get("reason", ""))}}
    if record.state in (IdeaState.SPLIT, IdeaState.REJOINED):
        return {"elsewhere": record.state}
    subjects = [record.pk, *([record.theme_id] if record.theme_id else []), process.pk]
    dues = dues_of(subjects, today)
    due = next((dues[each, Owed.ANSWER] for each in subjects if (each, Owed.ANSWER) in dues), None)
    return {"due": due_context(due, process) if due and due.is_open else None}


def answer_context(answer: Answer, record: Record) -> dict[str, Any]:
    """For parts/answer.html. An inherited one names the theme to which it was given."""
    is_inherited = answer.subject_id != record.pk
    theme = record.theme.wording.title if is_inherited and record.theme and record.theme.wording else ""
    line = _("%(function)s, le %(day)s") % {
        "function": answer.signed_function,
        "day": day(timezone.localtime(answer.signed_at).date() if answer.signed_at else None),
    }
    if answer.is_by_delegation:
        line = _("%(line)s, par délégation") % {"line": line}
    return {
        "verdict": answer.verdict,
        "passed_to": answer.passed_to,
        "reason": answer.record.wording.text if answer.record.wording else "",
        "signed": {
            "name": answer.signed_name,
            "line": line,
            "url": record_path(Kind.ANSWER, answer.record.code),
            "page": official_path(answer.signer_id),
        },
        "inherited": theme,
    }


def _withdrawal(answer: Answer) -> dict[str, str] | None:
    withdrawn = getattr(answer.record, "withdrawal", None)
    if withdrawn is None:
        return None
    said = tell(
        _("Réponse retirée le %(day)s par %(function)s. Raison : %(reason)s"),
        day=day(timezone.localtime(withdrawn.withdrawn_at).date()),
        function=withdrawn.function,
        reason=answer.record.spoken(withdrawn.reason),
    )
    return {"text": said}


def due_context(due: Due, process: Process) -> dict[str, Any]:
    """By whom, for when; late, the first promise stays, with every reason since."""
    answerer = process.mandate.answerer
    put_off = len(due.postponements)
    times = ngettext("Reportée %(n)s fois.", "Reportée %(n)s fois.", put_off) % {"n": put_off}
    return {
        "day": day(due.due_on),
        "first_day": day(due.first_due_on),
        "late": words.days_late(due.days_late) if due.is_late else "",
        "who": answerer.name,
        "function": answerer.function,
        "service": due.service,
        "times": times if put_off else "",
        "reason": due.last_reason,
    }
