"""The answers of a process, theme by theme: given, owed, late, and what is answered apart."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.spoken import shorten
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.queries import WITHDRAWN, withdrawal_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for
from democratic.participation.reports.answering import (
    Answering,
    ThemeAnswered,
    answering_of,
    single_answers,
)
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.formats import day, number
from democratic.web.pages import Main
from democratic.web.places import fil_path, process_path, record_path
from democratic.web.suites.fil.phrases import signature_of, text_of, title_of
from democratic.web.suites.tabs import head_of

EXCERPT = 420


def build_answers(viewer: Viewer, slug: str, today: date) -> Main:
    process = get_process_for(viewer, slug)
    answering = answering_of(process, viewer, today)
    name = _("Les réponses")
    context: dict[str, Any] = head_of(process, "reponses", name) | {
        "summary": summary_of(answering),
        "numbers": numbers_of(answering),
        "themes": [_theme(line, process) for line in answering.themes],
        "single": [_single(answer) for answer in single_answers(process)],
        "apart": _apart(answering),
        "empty": _empty(answering, slug) if not answering.themes else None,
    }
    return Main("web/suites/answers.html", context, name, summary_of(answering)[:160], "follow")


def summary_of(answering: Answering) -> str:
    given, all_ = len(answering.given), len(answering.themes)
    if not all_:
        return _("Aucun sujet n’est encore ouvert.")
    return ngettext(
        "%(given)s sujet sur %(all)s a sa réponse.", "%(given)s sujets sur %(all)s ont leur réponse.", given
    ) % {"given": number(given), "all": number(all_)}


def numbers_of(answering: Answering) -> list[tuple[str, str]]:
    """(term, number): every count has its own line, nought included."""
    return [
        (_("voix ont leur réponse"), number(answering.voices.answered)),
        (_("voix l’attendent"), number(answering.voices.owed)),
        (_("l’attendent au-delà du jour promis"), number(answering.voices_late)),
        (_("réponses signées à temps"), number(answering.on_time)),
        (_("réponses signées en retard"), number(answering.given_late)),
    ]


def _theme(line: ThemeAnswered, process: Process) -> dict[str, Any]:
    theme, answer = line.theme, line.answer
    shown: dict[str, Any] = {
        "title": title_of(theme),
        "url": record_path(theme.kind, theme.code),
        "fil_url": fil_path(theme.code),
        "voices": line.voices,
    }
    if answer is None:
        return shown | {"owed": _owed(line, process)}
    is_withdrawn = withdrawal_of(answer.record) is not None
    label = _("Transmis : %(to)s") % {"to": answer.passed_to} if answer.passed_to else ""
    return shown | {
        "verdict": WITHDRAWN if is_withdrawn else answer.verdict,
        "label": "" if is_withdrawn else label,
        "excerpt": shorten(text_of(answer.record), EXCERPT),
        "signed": signature_of(answer),
        "when": _when(line, answer),
        "late": words.days_late(line.days_late) if line.days_late else "",
        "answer_url": record_path(answer.record.kind, answer.record.code),
    }


def _when(line: ThemeAnswered, answer: Answer) -> str:
    if line.due and line.answered_on == line.due.first_due_on:
        return _("Signée le %(day)s, le jour promis") % {"day": day(line.answered_on)}
    return _("Signée le %(day)s") % {"day": day(answer.signed_at)}


def _owed(line: ThemeAnswered, process: Process) -> dict[str, Any]:
    answerer = process.mandate.answerer
    who = f"{answerer.name}, {answerer.function}"
    due = line.due if line.due and line.due.is_open else None
    if due is None:
        return {
            "state": "due",
            "label": "",
            "text": _("Aucun jour n’a été promis. %(who)s doit répondre.") % {"who": who},
        }
    if line.days_late:
        text = _("Promise pour le %(day)s. %(who)s doit répondre.")
    else:
        text = _("Promise pour le %(day)s, par %(who)s.")
    return {
        "state": "late" if line.days_late else "due",
        "label": words.days_late(line.days_late) if line.days_late else "",
        "text": text % {"day": day(due.first_due_on), "who": who},
        "reason": due.last_reason,
        "due": due,
    }


def _single(answer: Answer) -> dict[str, Any]:
    subject = answer.subject
    return {
        "origin": subject.origin,
        "title": title_of(subject),
        "url": record_path(answer.record.kind, answer.record.code),
        "meta": _("Réponse signée le %(day)s par %(who)s")
        % {"day": day(answer.signed_at), "who": f"{answer.signed_name}, {answer.signed_function}"},
        "n": None,
        "state": WITHDRAWN if withdrawal_of(answer.record) else answer.verdict,
        "state_label": "",
    }


def _apart(answering: Answering) -> list[tuple[str, str, str]]:
    voices = answering.voices
    return [
        (_("Sans sujet"), number(voices.unattached), _("leur réponse est due, avec ou sans sujet")),
        (_("Hors du champ"), number(voices.inadmissible), _("publiées avec leur motif")),
        (_("Retirées par leur auteur"), number(voices.withdrawn), _("aucune réponse n’est plus due")),
        (_("Masquées par la modération"), number(voices.moderated), _("hors de tous les totaux")),
    ]


def _empty(answering: Answering, slug: str) -> dict[str, Any]:
    service, due = answering.process.mandate.service.name, answering.due
    when = _("La réponse est promise pour le %(day)s.") % {"day": day(due.first_due_on)} if due else ""
    return {
        "what": _("Une réponse par sujet, signée, avec sa raison"),
        "why": _("Les paroles ne sont pas encore rapprochées par sujet. %(service)s doit le faire.")
        % {"service": service},
        "who": when,
        "action": (_("Lire ce qui a été dit"), process_path(slug, "idees")),
    }
