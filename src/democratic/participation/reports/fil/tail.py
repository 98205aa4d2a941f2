"""From an answer to its evidence: the part of every fil that the authority owes, holes included."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from democratic.kernel.clock import local_day
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.commitments.queries import LATE, WITHDRAWN, standing_of, withdrawal_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Missing, Tells
from democratic.thread.models import Kind, LinkKind, Record

MOST_COMMITMENTS = 4
MOST_EVIDENCE = 3

GIVES_RISE = (Verdict.KEPT, Verdict.PART)
DONE = (CommitmentState.KEPT, CommitmentState.PART)
WAITING = (CommitmentState.DUE, CommitmentState.DOING)
MOST_AHEAD = 6


def day_of(facts: Facts, record: Record) -> date:
    return local_day(record.happened_at, facts.zone)


def who_answers(facts: Facts) -> str:
    if facts.process is None:
        return ""
    answerer = facts.process.mandate.answerer
    return f"{answerer.name}, {answerer.function}"


def who_follows(facts: Facts) -> str:
    """The service that carries the process: what is missing before an answer is its to do."""
    return facts.process.mandate.service.name if facts.process else ""


def _service(due: Due | None) -> str:
    """A commitment and an action are owed by the service that owes their date."""
    return due.service if due else ""


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
        knots.append(_actions_knot(facts, actions))
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
        who=_service(due),
    )


def _actions_knot(facts: Facts, actions: list[Record]) -> Knot:
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
        who=_service(due),
    )


def evidence_knots(facts: Facts, shown: Iterable[Record]) -> list[Knot]:
    inorder = sorted({record.pk: record for record in shown}.values(), key=lambda record: record.happened_at)
    return [Knot(Tells.EVIDENCE, record, on=day_of(facts, record)) for record in inorder[-MOST_EVIDENCE:]]


def _no_evidence(facts: Facts, record: Record, due: Due | None) -> Knot:
    since = due.met_on if due and due.met_on else day_of(facts, record)
    return Knot(Tells.MISSING, record, on=since, missing=Missing.EVIDENCE, who=_service(due), due=due)


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
