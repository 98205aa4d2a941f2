"""A body's referral: sent on a day, answered point by point on another, or still owed."""

from democratic.participation.obligations.models import Owed
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Missing, Tells
from democratic.participation.reports.fil.tail.owing import day_of
from democratic.thread.models import Record


def referral_knots(facts: Facts, record: Record) -> list[Knot]:
    sent = Knot(Tells.OTHER, record, on=day_of(facts, record))
    due = facts.dues.get((record.pk, Owed.ANSWER))
    if due is None:
        return [sent]
    if due.met_on:
        told = Knot(
            Tells.REPLIED,
            record,
            on=due.met_on,
            promised_on=due.first_due_on,
            lost=due.days_late,
            reason=due.last_reason,
            who=due.service,
        )
        return [sent, told]
    waits = Knot(
        Tells.MISSING if due.is_late else Tells.AHEAD,
        on=due.first_due_on if due.is_late else due.due_on,
        promised_on=due.first_due_on,
        lost=due.days_late,
        reason=due.last_reason,
        due=due,
        missing=Missing.ANSWER,
        who=due.service,
    )
    return [sent, waits]
