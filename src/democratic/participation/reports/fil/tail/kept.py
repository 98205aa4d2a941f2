"""What was promised, how it stands, and what shows it."""

from collections import Counter
from datetime import date

from democratic.kernel.clock import local_day
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.commitments.queries import LATE, WITHDRAWN, standing_of, withdrawal_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Missing, Tells
from democratic.participation.reports.fil.tail.owing import day_of, service_of
from democratic.participation.reports.fil.tail.shown import actions_knot, evidence_knots
from democratic.thread.models import LinkKind, Record

MOST_COMMITMENTS = 4


DONE = (CommitmentState.KEPT, CommitmentState.PART)


WAITING = (CommitmentState.DUE, CommitmentState.DOING)


def commitments_and_after(facts: Facts, commitments: list[Record]) -> list[Knot]:
    """Those of which there is something to tell: the first few whole, the others counted.

    One that nobody has begun and that is not late is not told here: it is still ahead.
    """
    begun = [record for record in commitments if not _is_all_ahead(facts, record)]
    told = sorted(begun, key=lambda record: (_day_it_moved(facts, record), record.pk))
    knots = [knot for record in told[:MOST_COMMITMENTS] for knot in commitment_and_after(facts, record)]
    rest = told[MOST_COMMITMENTS:]
    if rest:
        counts = Counter(_standing(facts, record) for record in rest)
        knots.append(
            Knot(Tells.COMMITMENTS, on=day_of(facts, rest[0]), records=tuple(rest), counts=dict(counts))
        )
    return knots


def _standing(facts: Facts, record: Record) -> str:
    return standing_of(record, facts.dues.get((record.pk, Owed.COMMITMENT)))


def _is_all_ahead(facts: Facts, record: Record) -> bool:
    if _standing(facts, record) not in WAITING:
        return False
    actions = facts.next(record.pk, LinkKind.DONE_BY)
    is_begun = any(action.state != ActionState.PLANNED for action in actions)
    return not is_begun and not _shown(facts, record, actions)


def _shown(facts: Facts, record: Record, actions: list[Record]) -> list[Record]:
    subjects = (record, *actions)
    return [each for subject in subjects for each in facts.next(subject.pk, LinkKind.PROVED_BY)]


def _day_it_moved(facts: Facts, record: Record) -> date:
    due = facts.dues.get((record.pk, Owed.COMMITMENT))
    return (due.met_on or due.ended_on or due.first_due_on) if due else day_of(facts, record)


def commitment_and_after(facts: Facts, record: Record) -> list[Knot]:
    due = facts.dues.get((record.pk, Owed.COMMITMENT))
    standing = standing_of(record, due)
    knots = [commitment_knot(facts, record, due, standing)]
    actions = facts.next(record.pk, LinkKind.DONE_BY)
    if actions:
        knots.append(actions_knot(facts, actions))
    shown = _shown(facts, record, actions)
    knots += evidence_knots(facts, shown)
    if not shown and standing in DONE:
        knots.append(_no_evidence(facts, record, due))
    return [*knots, *verdict_knots(facts, facts.next(record.pk, LinkKind.JUDGED_BY), standing)]


def verdict_knots(facts: Facts, verdicts: list[Record], said: str) -> list[Knot]:
    """What those who judge it found, each version in its place: ``standing`` is the authority's word beside theirs."""
    told = sorted(verdicts, key=lambda record: record.pk)
    return [Knot(Tells.VERDICT, record, on=day_of(facts, record), standing=said) for record in told]


def commitment_knot(facts: Facts, record: Record, due: Due | None, standing: str) -> Knot:
    """Dated when it was kept or given up, when it was promised for if it is late, else when it was made."""
    made = day_of(facts, record)
    withdrawal = withdrawal_of(record)
    on = made
    if withdrawal:
        on = local_day(withdrawal.withdrawn_at, facts.zone)
    elif due and (closed := due.met_on or due.ended_on):
        on = closed
    elif due and standing == LATE:
        on = due.first_due_on
    lost = due.days_late if due and standing != WITHDRAWN else 0
    return Knot(
        Tells.COMMITMENT,
        record,
        on=on,
        promised_on=due.first_due_on if due else None,
        lost=lost,
        reason=due.last_reason if due else "",
        standing=standing,
        note=facts.notes.get(record.pk, ""),
        due=due,
        who=service_of(due),
    )


def _no_evidence(facts: Facts, record: Record, due: Due | None) -> Knot:
    since = due.met_on if due and due.met_on else day_of(facts, record)
    return Knot(Tells.MISSING, record, on=since, missing=Missing.EVIDENCE, who=service_of(due), due=due)
