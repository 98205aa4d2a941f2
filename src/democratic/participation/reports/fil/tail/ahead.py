"""What is still to come."""

from collections.abc import Iterable

from democratic.participation.commitments.queries import WITHDRAWN, standing_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Tells
from democratic.participation.reports.fil.tail.owing import day_of, who_answers
from democratic.thread.models import Kind, LinkKind, Record

MOST_AHEAD = 6


def meeting_knot(facts: Facts, meeting: Record) -> Knot:
    on = day_of(facts, meeting)
    tells = Tells.AHEAD if on > facts.today else Tells.MEETING
    return Knot(tells, meeting, on=on, counts=meeting.meeting.present)


def still_ahead(facts: Facts, told: Iterable[Knot]) -> list[Knot]:
    """Open dates that this fil leads to, and the process's report: dashed, the soonest first."""
    known = {record.pk for knot in told for record in (knot.record, *knot.records) if record}
    decided = [pk for pk in known if facts.records.get(pk) and facts.records[pk].kind == Kind.DECISION]
    promised = {record.pk for pk in decided for record in facts.next(pk, LinkKind.KEPT_BY)}
    worked = {record.pk for pk in promised | known for record in facts.next(pk, LinkKind.DONE_BY)}
    ahead = [
        Knot(
            Tells.AHEAD,
            facts.records[pk],
            on=due.due_on,
            due=due,
            who=due.service,
            standing=facts.records[pk].state,
        )
        for pk in known | promised | worked
        for owed in (Owed.COMMITMENT, Owed.ACTION)
        if (due := facts.dues.get((pk, owed))) and _is_awaited(facts.records[pk], due)
    ]
    ahead.sort(key=lambda knot: (knot.on or facts.today, knot.record.pk if knot.record else facts.start.pk))
    report = facts.dues.get((facts.process.pk, Owed.REPORT)) if facts.process else None
    last = (
        [Knot(Tells.AHEAD, facts.process.record, on=report.due_on, due=report, who=who_answers(facts))]
        if report and report.is_open and facts.process
        else []
    )
    return [*ahead[:MOST_AHEAD], *last]


def _is_awaited(record: Record, due: Due) -> bool:
    return due.is_open and not due.is_late and standing_of(record, due) != WITHDRAWN
