"""Pages of a theme and of an answer: what people said together, and what they were answered."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.clock import local_day
from democratic.kernel.spoken import alike
from democratic.participation.answers.models import Answer
from democratic.participation.answers.queries import (
    Page,
    answers_to,
    contributions_of,
    current_answers_of,
    get_answer_for,
    get_theme_for,
    voices_of,
)
from democratic.participation.commitments.queries import WITHDRAWN, withdrawal_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.reports.fil.facts import Start
from democratic.thread.models import Kind, LinkKind, Record
from democratic.thread.queries import Card, RecordNotFound
from democratic.thread.rules import Viewer, visible_records
from democratic.web import words
from democratic.web.formats import day, number
from democratic.web.pages import Main
from democratic.web.places import at, record_path
from democratic.web.suites.fil.deeds import answer_part
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.records.frame import frame_of, name_of_page
from democratic.web.suites.states import promised


def build_theme(viewer: Viewer, start: Start, today: date, page: int) -> Main:
    theme = get_theme_for(viewer, start.code)
    record, process = theme.record, theme.process
    voices = voices_of([record.pk])[record.pk]
    answer = current_answers_of([record.pk]).get(record.pk)
    dues = dues_of([record.pk, process.pk], today)
    due = dues.get((record.pk, Owed.ANSWER)) or dues.get((process.pk, Owed.ANSWER))
    said, n = contributions_of(viewer, record, number=page), sum(voices.values())
    if page > 1 and not said.cards:
        raise RecordNotFound(start.code)
    name = str(Kind.THEME.label)
    context = frame_of(record, process_title=title_of(process.record), slug=process.slug, name=name) | {
        "n": n,
        "origins": list(voices.items()),
        "groups": tuple(voices.values()) if n > 1 else (),
        "rows": [_row(card) for card in said.cards],
        "pager": _pager(said, n, record_path(record.kind, record.code)),
        **_answer_block(answer, due, f"{process.mandate.answerer.name}, {process.mandate.answerer.function}"),
    }
    return Main("web/suites/theme.html", context, name_of_page(name, record), text_of(record)[:160], "follow")


def _answer_block(answer: Answer | None, due: Due | None, who: str) -> dict[str, Any]:
    if answer is not None:
        return {
            "answer": answer_part(answer),
            "answer_url": record_path(answer.record.kind, answer.record.code),
            "answer_withdrawal": withdrawal_of(answer.record),
            "answer_when": _when(answer, due),
        }
    waiting = due if due and due.is_open else None
    return {
        "answer": None,
        "owed_state": "late" if waiting and waiting.is_late else "due",
        "owed_label": words.days_late(waiting.days_late) if waiting and waiting.is_late else "",
        "owed_line": promised(waiting) or _("Aucun jour n’a été promis"),
        "owed_who": _("%(who)s doit répondre, avec la raison.") % {"who": who},
        "due": waiting,
    }


def _when(answer: Answer, due: Due | None) -> str:
    on = day(answer.signed_at)
    if due is None or answer.signed_at is None:
        return _("Signée le %(day)s") % {"day": on}
    return _("Signée le %(day)s, promise pour le %(promised)s") % {
        "day": on,
        "promised": day(due.first_due_on),
    }


def _row(card: Card) -> dict[str, Any]:
    how = str(words.ORIGINS[card.origin])
    is_answered = card.state in ("kept", "part", "unkept", "passed")
    return {
        "origin": card.origin,
        "title": card.title or alike(card.text[:120], card.text),
        "url": record_path(card.kind, card.code),
        "meta": " · ".join(part for part in (card.byline, card.place, how, day(card.happened_at)) if part),
        "n": None,
        "state": card.state if is_answered else "",
        "state_label": "",
    }


def _pager(page: Page, total: int, path: str) -> dict[str, Any] | None:
    if page.number == 1 and not page.has_next:
        return None
    return {
        "first": page.first,
        "last": page.last,
        "total": number(total),
        "previous_url": f"{path}?page={page.number - 1}" if page.number > 1 else "",
        "next_url": f"{path}?page={page.number + 1}" if page.has_next else "",
    }


def build_answer(viewer: Viewer, start: Start, today: date) -> Main:
    answer = get_answer_for(viewer, start.code)
    record, subject, process = answer.record, answer.subject, answer.process
    dues = dues_of([subject.pk, process.pk], today)
    due = dues.get((subject.pk, Owed.ANSWER)) or dues.get((process.pk, Owed.ANSWER))
    others = [each for each in answers_to(subject) if each.pk != answer.pk]
    decided = record.links_out.filter(kind=LinkKind.DECIDED_BY, ended_by=None).values("target")
    decisions = visible_records(viewer).filter(pk__in=decided).select_related("wording").order_by("pk")
    name = str(Kind.ANSWER.label)
    context = frame_of(record, process_title=title_of(process.record), slug=process.slug, name=name) | {
        "answer": answer_part(answer),
        "when": _when(answer, due),
        "late": _days_late(answer, due, viewer.authority.time_zone),
        "reason": due.last_reason if due else "",
        "is_replaced": not answer.is_current,
        "subject": _subject(subject),
        "others": [_other(each) for each in others],
        "decisions": [_link(decision) for decision in decisions],
    }
    title = _("Réponse : %(subject)s") % {"subject": title_of(subject)}
    return Main("web/suites/answer.html", context, title, text_of(record)[:160], "follow")


def _days_late(answer: Answer, due: Due | None, time_zone: str) -> str:
    if due is None or answer.signed_at is None:
        return ""
    days = (local_day(answer.signed_at, time_zone) - due.first_due_on).days
    return words.days_late(days) if days > 0 else ""


def _subject(subject: Record) -> dict[str, Any]:
    figures = getattr(subject, "figures", None)
    grouped = figures.grouped if figures and subject.kind == Kind.THEME else 0
    return _link(subject) | {
        "is_theme": subject.kind == Kind.THEME,
        "voices": ngettext("%(n)s voix", "%(n)s voix", grouped) % {"n": number(grouped)} if grouped else "",
        "text": text_of(subject) if subject.kind != Kind.THEME else "",
    }


def _link(record: Record) -> dict[str, Any]:
    return {"title": title_of(record), "url": record_path(record.kind, record.code)}


def _other(answer: Answer) -> dict[str, Any]:
    record = answer.record
    return {
        "url": at(f"/reponses/{record.code}"),
        "line": _("Réponse du %(day)s, %(who)s")
        % {"day": day(answer.signed_at), "who": f"{answer.signed_name}, {answer.signed_function}"},
        "state": WITHDRAWN if withdrawal_of(record) else answer.verdict,
        "is_current": answer.is_current,
    }
