"""The actions of a promise, and the evidence of it."""

from collections.abc import Iterable

from democratic.participation.commitments.queries import WITHDRAWN, standing_of
from democratic.participation.obligations.models import Owed
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Tells
from democratic.participation.reports.fil.tail.owing import day_of, service_of
from democratic.thread.models import Record

MOST_EVIDENCE = 3


def actions_knot(facts: Facts, actions: list[Record]) -> Knot:
    dues = {one.pk: due for one in actions if (due := facts.dues.get((one.pk, Owed.ACTION)))}
    done = [due.met_on for due in dues.values() if due.met_on]
    return Knot(Tells.ACTIONS, on=max(done) if done else None, records=tuple(actions), dues=dues)


def action_knot(facts: Facts, record: Record) -> Knot:
    due = facts.dues.get((record.pk, Owed.ACTION))
    standing = standing_of(record, due)
    on = due.met_on if due and due.met_on else day_of(facts, record)
    return Knot(
        Tells.ACTIONS,
        record,
        on=on,
        promised_on=due.first_due_on if due else None,
        lost=due.days_late if due and standing != WITHDRAWN else 0,
        reason=due.last_reason if due else "",
        standing=standing,
        due=due,
        records=(record,),
        dues={record.pk: due} if due else {},
        who=service_of(due),
    )


def evidence_knots(facts: Facts, shown: Iterable[Record]) -> list[Knot]:
    inorder = sorted({record.pk: record for record in shown}.values(), key=lambda record: record.happened_at)
    return [Knot(Tells.EVIDENCE, record, on=day_of(facts, record)) for record in inorder[-MOST_EVIDENCE:]]
