"""What moved in a process these thirty days, as rows: each an act of the authority, on its Record."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from democratic.kernel.spoken import shorten
from democratic.participation.answers.events import ANSWER_SIGNED
from democratic.participation.commitments.events import (
    ACTION_MOVED,
    COMMITMENT_MADE,
    COMMITMENT_MOVED,
    DECISION_PUBLISHED,
    EVIDENCE_GIVEN,
    PROGRESS_TOLD,
)
from democratic.participation.meetings.events import (
    MEETING_ANNOUNCED,
    MEETING_CANCELLED,
    MEETING_HELD,
    MEETING_POSTPONED,
)
from democratic.participation.obligations.events import OBLIGATION_POSTPONED
from democratic.participation.processes.events import PROCESS_OPENED, STAGE_DONE, STAGE_MOVED
from democratic.participation.processes.models import Step
from democratic.participation.reports.commitment_lines import CommitmentLine
from democratic.participation.reports.process_page import Move
from democratic.thread.events import AUTHORITY_WITHDREW
from democratic.thread.models import Kind
from democratic.web.formats import typo
from democratic.web.places import fil_path
from democratic.web.processes.phrases import late_days, near
from democratic.web.sentences import together

DAYS = 30


def recent_rows(
    moves: Sequence[Move], commitments: Sequence[CommitmentLine], today: date
) -> list[dict[str, object]]:
    since = today - timedelta(days=DAYS)
    by_code = {line.code: line for line in commitments}
    return [_row(move, by_code, today) for move in moves if move.day >= since]


def told_by(move: Move, today: date) -> tuple[str, ...]:
    """One act in words, without the commitments around it: its title, then what it was and why."""
    return _words(move, {}, today)


def _row(move: Move, commitments: Mapping[str, CommitmentLine], today: date) -> dict[str, object]:
    state, of, label = _state(move, commitments)
    title, *meta = _words(move, commitments, today)
    return {
        "origin": move.origin,
        "title": typo(title),
        "url": fil_path(move.code),
        "meta": typo(together(" · ", *meta)),
        "state": state,
        "of": of,
        "state_label": label,
    }


def _commitment(move: Move, commitments: Mapping[str, CommitmentLine]) -> CommitmentLine | None:
    """The commitment that moved, or that a piece of evidence is about."""
    return commitments.get(move.code) or commitments.get(str(move.data.get("subject", "")))


def _words(move: Move, commitments: Mapping[str, CommitmentLine], today: date) -> tuple[str, ...]:
    """The title, then what stands under it: the act, the evidence's own title, the reason given."""
    what, why = _what(move, today), shorten(move.why, 160)
    if move.record_kind == Kind.PROCESS:
        return what, why
    title, line = move.title or shorten(move.text, 90), _commitment(move, commitments)
    if line and line.code != move.code:
        return line.title, what, title, why
    return title, what, why


def _what(move: Move, today: date) -> str:
    when = {"day": near(move.day, today), "who": move.function}
    said = {
        PROCESS_OPENED.kind: _("Concertation ouverte le %(day)s"),
        STAGE_MOVED.kind: _("%(step)s : dates changées le %(day)s"),
        STAGE_DONE.kind: _("%(step)s : étape faite le %(day)s"),
        OBLIGATION_POSTPONED.kind: _("Date repoussée le %(day)s"),
        ANSWER_SIGNED.kind: _("Réponse signée le %(day)s"),
        DECISION_PUBLISHED.kind: _("Décision publiée le %(day)s"),
        COMMITMENT_MADE.kind: _("Engagement pris le %(day)s"),
        COMMITMENT_MOVED.kind: _("Mise à jour du %(day)s"),
        ACTION_MOVED.kind: _("Action mise à jour le %(day)s"),
        PROGRESS_TOLD.kind: _("Point d’étape du %(day)s"),
        EVIDENCE_GIVEN.kind: _("Preuve ajoutée le %(day)s"),
        MEETING_ANNOUNCED.kind: _("Rencontre annoncée le %(day)s"),
        MEETING_POSTPONED.kind: _("Rencontre reportée le %(day)s"),
        MEETING_CANCELLED.kind: _("Rencontre annulée le %(day)s"),
        MEETING_HELD.kind: _("Compte rendu publié le %(day)s"),
        AUTHORITY_WITHDREW.kind: _("Retrait publié le %(day)s"),
    }[move.entry_kind]
    step = move.data.get("step")
    sentence = said % {**when, "step": Step(step).label if step else ""}
    return f"{sentence}, {move.function}" if move.function else sentence


def _state(move: Move, commitments: Mapping[str, CommitmentLine]) -> tuple[str, str, str]:
    if move.entry_kind == AUTHORITY_WITHDREW.kind:
        return "withdrawn", "answer", ""
    if line := _commitment(move, commitments):
        late = late_days(line.due.days_late) if line.shown == "late" else ""
        return line.shown, "commitment", late
    if move.entry_kind == ANSWER_SIGNED.kind:
        return str(move.data.get("verdict", "")), "answer", ""
    if move.record_kind == Kind.ACTION and "to" in move.data:
        return str(move.data["to"]), "action", ""
    return "", "", ""
