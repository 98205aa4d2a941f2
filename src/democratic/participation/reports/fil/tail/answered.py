"""The answer, signed or awaited, and the decision that it led to."""

from democratic.kernel.clock import local_day
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.commitments.queries import withdrawal_of
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Missing, Tells
from democratic.participation.reports.fil.tail.kept import commitments_and_after
from democratic.participation.reports.fil.tail.owing import who_answers, who_follows
from democratic.thread.models import LinkKind, Record

GIVES_RISE = (Verdict.KEPT, Verdict.PART)


def answer_knot(facts: Facts, answer: Answer) -> Knot:
    on = local_day(answer.signed_at, facts.zone) if answer.signed_at else None
    due = facts.answer_due(answer.subject_id)
    promised = due.first_due_on if due else None
    lost = max(0, (on - promised).days) if on and promised else 0
    return Knot(
        Tells.ANSWER,
        answer.record,
        on=on,
        promised_on=promised,
        lost=lost,
        reason=due.last_reason if due and lost else "",
        due=due,
    )


def awaited_answer(facts: Facts, *subjects: Record) -> Knot:
    """The answer that is owed and not signed: still to come, or a hole once its day has gone by."""
    due = facts.answer_due(*(subject.pk for subject in subjects))
    if due is not None and not due.is_open:
        due = None  # the answers owed that day were given: this one was promised for no day
    if due is not None and not due.is_late:
        return Knot(Tells.AHEAD, on=due.due_on, due=due, missing=Missing.ANSWER, who=who_answers(facts))
    return Knot(
        Tells.MISSING,
        on=due.first_due_on if due else None,
        promised_on=due.first_due_on if due else None,
        lost=due.days_late if due else 0,
        reason=due.last_reason if due else "",
        due=due,
        missing=Missing.ANSWER,
        who=who_answers(facts),
    )


def after_answer(facts: Facts, answer: Answer) -> list[Knot]:
    """What an answer led to. One that keeps nothing, or hands it on, ends the fil with its reason."""
    decisions = facts.next(answer.pk, LinkKind.DECIDED_BY)
    if not decisions:
        if answer.verdict not in GIVES_RISE or withdrawal_of(answer.record):
            return []
        since = local_day(answer.signed_at, facts.zone) if answer.signed_at else None
        return [Knot(Tells.MISSING, on=since, missing=Missing.DECISION, who=who_answers(facts))]
    return [knot for decision in decisions for knot in decision_and_after(facts, decision)]


def decision_and_after(facts: Facts, decision: Record) -> list[Knot]:
    knot = Knot(Tells.DECISION, decision, on=decision.decision.decided_on)
    commitments = facts.next(decision.pk, LinkKind.KEPT_BY)
    if withdrawal_of(decision):
        return [knot]
    if not commitments:
        hole = Knot(
            Tells.MISSING, on=knot.on, missing=Missing.COMMITMENT, who=who_follows(facts), record=decision
        )
        return [knot, hole]
    return [knot, *commitments_and_after(facts, commitments)]
