"""Pages of a decision, a commitment, an action and a piece of evidence: what was promised, and what shows it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from democratic.observatory.judgements import Judged
from democratic.observatory.queries import heard_about, holding_verdicts
from democratic.participation.answers.queries import answers_behind
from democratic.participation.commitments.models import Action, Commitment, Evidence
from democratic.participation.commitments.queries import (
    actions_of,
    commitments_from,
    evidence_of,
    get_action_for,
    get_commitment_for,
    get_decision_for,
    get_evidence_for,
    standing_of,
    withdrawal_of,
)
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.reports.fil.facts import Start
from democratic.participation.tracker.queries import heard_of
from democratic.thread.models import Kind, Record
from democratic.thread.queries.attachments import attachment_of
from democratic.thread.rules import Viewer
from democratic.web.files_shown import document_of, photo_of
from democratic.web.formats import day, euros
from democratic.web.pages import Main
from democratic.web.places import record_path
from democratic.web.suites.fil.phrases import text_of, title_of, votes_of
from democratic.web.suites.heard_line import heard_line
from democratic.web.suites.judged import hearing_row, judged_row
from democratic.web.suites.records.frame import frame_of, name_of_page
from democratic.web.suites.states import label_of, promised

Dues = dict[tuple[UUID, str], Due]


def build_decision(viewer: Viewer, start: Start, today: date) -> Main:
    decision = get_decision_for(viewer, start.code)
    record, process = decision.record, decision.process
    commitments = commitments_from(decision)
    dues = dues_of([each.pk for each in commitments], today)
    name = str(Kind.DECISION.label)
    facts = [
        (_("Décidé par"), decision.body, _("le %(day)s") % {"day": day(decision.decided_on)}),
        (_("Référence"), decision.reference, ""),
    ]
    if votes := votes_of(decision):
        facts.append((_("Votes"), votes, ""))
    context = frame_of(record, process_title=title_of(process.record), slug=process.slug, name=name) | {
        "facts": [fact for fact in facts if fact[1]],
        "act_url": decision.url,
        "answers": [
            {
                "title": title_of(answer.subject),
                "url": record_path(answer.record.kind, answer.record.code),
                "state": "withdrawn" if withdrawal_of(answer.record) else answer.verdict,
            }
            for answer in answers_behind(record)
        ],
        "commitments": [_promise_row(each, dues) for each in commitments],
    }
    return Main(
        "web/suites/decision.html", context, name_of_page(name, record), text_of(record)[:160], "follow"
    )


def _promise_row(commitment: Commitment, dues: Dues) -> dict[str, Any]:
    due = dues.get((commitment.pk, Owed.COMMITMENT))
    standing = standing_of(commitment.record, due)
    return {
        "origin": commitment.record.origin,
        "title": title_of(commitment.record),
        "url": record_path(commitment.record.kind, commitment.record.code),
        "meta": " · ".join(part for part in (commitment.service.name, promised(due)) if part),
        "n": None,
        "state": standing,
        "of": "commitment",
        "state_label": label_of(standing, due),
    }


def build_commitment(viewer: Viewer, start: Start, today: date) -> Main:
    commitment = get_commitment_for(viewer, start.code)
    record, process, decision = commitment.record, commitment.process, commitment.decision
    actions = actions_of([commitment.pk])
    dues = dues_of([commitment.pk, *(action.pk for action in actions)], today)
    due = dues.get((commitment.pk, Owed.COMMITMENT))
    shown = evidence_of([commitment.pk, *(action.pk for action in actions)], viewer, with_files=True)
    name = str(Kind.COMMITMENT.label)
    context = frame_of(record, process_title=title_of(process.record), slug=process.slug, name=name) | {
        **_standing(record, due, "commitment"),
        "heard": _heard(record, due, commitment.service_id),
        "decision": {
            "title": title_of(decision.record),
            "url": record_path(decision.record.kind, decision.record.code),
        },
        "facts": _facts(commitment.service.name, due, commitment.cost_cents),
        "actions": [_action_row(action, dues) for action in actions],
        "evidence": evidence_parts(shown),
        "judged": [
            judged_row(Judged(each, standing_of(record, due)))
            for each in holding_verdicts([commitment.pk]).get(commitment.pk, [])
        ],
        "hearings": [hearing_row(each) for each in heard_about(commitment.pk)],
        "missing": standing_of(record, due) in ("kept", "part") and not shown,
    }
    return Main(
        "web/suites/commitment.html", context, name_of_page(name, record), text_of(record)[:160], "follow"
    )


def _standing(record: Record, due: Due | None, of: str) -> dict[str, Any]:
    standing = standing_of(record, due)
    return {
        "standing": standing,
        "of": of,
        "standing_label": label_of(standing, due),
        "due": due,
        "promised": promised(due),
    }


def _heard(record: Record, due: Due | None, service: UUID) -> str:
    """As long as it is waited for; three queries."""
    if due is None or not due.is_open or withdrawal_of(record):
        return ""
    return heard_line(heard_of([(record, service)])[record.pk])


def _facts(service: str, due: Due | None, cost_cents: int | None) -> list[tuple[str, str, str]]:
    facts = [(_("Service"), service, "")]
    if due:
        facts.append((_("Première date promise"), day(due.first_due_on), ""))
        if due.due_on != due.first_due_on:
            facts.append((_("Nouvelle date"), day(due.due_on), ""))
        if due.met_on:
            facts.append((_("Fait le"), day(due.met_on), ""))
        if due.ended_on:
            facts.append((_("Abandonné le"), day(due.ended_on), ""))
    facts.append((_("Coût"), euros(cost_cents) or _("non publié"), ""))
    return facts


def _action_row(action: Action, dues: Dues) -> dict[str, Any]:
    due = dues.get((action.pk, Owed.ACTION))
    standing = standing_of(action.record, due)
    return {
        "title": title_of(action.record),
        "url": record_path(action.record.kind, action.record.code),
        "state": standing,
        "label": label_of(standing, due) if standing == "late" else "",
        "who": " · ".join(part for part in (action.service.name, promised(due)) if part),
    }


def build_action(viewer: Viewer, start: Start, today: date) -> Main:
    action = get_action_for(viewer, start.code)
    record, commitment = action.record, action.commitment
    due = dues_of([action.pk], today).get((action.pk, Owed.ACTION))
    name, process = str(Kind.ACTION.label), commitment.process
    context = frame_of(record, process_title=title_of(process.record), slug=process.slug, name=name) | {
        **_standing(record, due, "action"),
        "heard": _heard(record, due, action.service_id),
        "commitment": {
            "title": title_of(commitment.record),
            "url": record_path(commitment.record.kind, commitment.record.code),
        },
        "facts": _facts(action.service.name, due, action.cost_cents),
        "evidence": evidence_parts(evidence_of([action.pk], viewer, with_files=True)),
    }
    return Main(
        "web/suites/action.html", context, name_of_page(name, record), text_of(record)[:160], "follow"
    )


def build_evidence(viewer: Viewer, start: Start) -> Main:
    evidence = get_evidence_for(viewer, start.code)
    record, subject = evidence.record, evidence.subject
    process = record.process.as_process if record.process else None
    name = str(Kind.EVIDENCE.label)
    context = frame_of(
        record,
        process_title=title_of(record.process) if record.process else "",
        slug=process.slug if process else "",
        name=name,
    ) | {
        "evidence": evidence_parts([evidence])[0],
        "subject": {
            "title": title_of(subject),
            "url": record_path(subject.kind, subject.code),
            "kind": str(Kind(subject.kind).label),
        },
    }
    return Main(
        "web/suites/evidence.html", context, name_of_page(name, record), text_of(record)[:160], "follow"
    )


def evidence_parts(shown: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [_evidence(one) for one in shown]


def _evidence(one: Evidence) -> dict[str, Any]:
    record, is_gone = one.record, withdrawal_of(one.record) is not None
    attachment = None if is_gone else attachment_of(record)
    return {
        "title": title_of(record),
        "text": text_of(record),
        "url": record_path(record.kind, record.code),
        "when": _("Déposée le %(day)s") % {"day": day(record.happened_at)},
        "withdrawal": withdrawal_of(record),
        "source": "" if is_gone else one.url,
        "photo": photo_of(attachment),
        "document": document_of(attachment),
    }
