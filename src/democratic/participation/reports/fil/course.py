"""The whole course of a process, in summary: its order, themes as strands, answers, and what was promised."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects

from democratic.kernel.clock import local_day
from democratic.participation.commitments.queries import STANDINGS, standing_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.processes.models import Process
from democratic.participation.reports.chain import Chain, chain_of
from democratic.participation.reports.fil.facts import Start
from democratic.participation.reports.fil.knots import Fil, Knot, Missing, Tells
from democratic.participation.reports.heard import Voices, cells_of, period_of, voices_in
from democratic.participation.reports.history import history_of
from democratic.thread.models import Kind, Record
from democratic.thread.queries import RecordNotFound
from democratic.thread.queries.attachments import with_attachments
from democratic.thread.rules import Viewer, visible_records

MOST_MEETINGS = 6
MOST_DECISIONS = 4
MOST_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class _Course:
    process: Process
    chain: Chain
    voices: Voices
    since: date | None
    until: date | None
    dues: Mapping[tuple[UUID, str], Due]
    today: date
    zone: str

    def day(self, record: Record) -> date:
        return local_day(record.happened_at, self.zone)


def course_of(viewer: Viewer, start: Start, today: date, *, is_back: bool) -> Fil:
    process = _process_of(start)
    if process is None:
        return _order_alone(viewer, start, today)
    chain = chain_of(process, viewer)
    since, until = period_of(process, viewer)
    course = _Course(
        process,
        chain,
        voices_in(cells_of(process)),
        since,
        until,
        dues_of([process.pk, *chain.owing_ids], today),
        today,
        viewer.authority.time_zone,
    )
    knots = _knots(course)
    if is_back:
        knots = [knot for knot in reversed(knots) if knot.is_done]
    record = process.record if start.kind == Kind.PROCESS else process.mandate.record
    return Fil(record, process, tuple(knots), (), tuple(history_of(start.id)), today)


def _process_of(start: Start) -> Process | None:
    """The process itself, or the first that an order led to."""
    found = Process.objects.select_related(
        "record__wording",
        "record__withdrawal",
        "record__authority",
        "mandate__record__wording",
        "mandate__record__withdrawal",
        "mandate__answerer",
        "mandate__service",
    )
    which = {"pk": start.id} if start.kind == Kind.PROCESS else {"mandate": start.id}
    return min(found.filter(**which), key=lambda process: process.pk, default=None)


def _order_alone(viewer: Viewer, start: Start, today: date) -> Fil:
    related = ("wording", "withdrawal", "mandate__answerer", "mandate__service")
    record = visible_records(viewer).filter(pk=start.id).select_related(*related).first()
    if record is None:
        raise RecordNotFound(start.code)
    knot = Knot(Tells.ORDER, record, on=record.mandate.ordered_on, who=record.mandate.ordered_by)
    return Fil(record, None, (knot,), (), tuple(history_of(start.id)), today)


def _knots(course: _Course) -> list[Knot]:
    """What is done by date, then what is missing, then what is to come."""
    process, mandate = course.process, course.process.mandate
    begun = [
        Knot(Tells.ORDER, mandate.record, on=mandate.ordered_on, who=mandate.ordered_by),
        Knot(Tells.PROCESS, process.record, on=course.day(process.record)),
        *_voices(course),
    ]
    rest = [*_meetings(course), *_answers(course), *_decisions(course), *_commitments(course)]
    done = sorted((knot for knot in rest if knot.is_done), key=lambda knot: knot.on or course.today)
    missing = [knot for knot in rest if knot.tells == Tells.MISSING]
    ahead = [knot for knot in rest if knot.tells == Tells.AHEAD]
    report = course.dues.get((process.pk, Owed.REPORT))
    if report and report.is_open:
        ahead.append(Knot(Tells.AHEAD, process.record, on=report.due_on, due=report, who=_answerer(course)))
    ahead.sort(key=lambda knot: knot.on or course.today)
    return [*begun, *done, *missing, *ahead]


def _voices(course: _Course) -> list[Knot]:
    """All the voices, strand by strand: those of each theme together, then those of none."""
    voices = course.voices
    if not voices.said:
        return []
    by_theme = sorted(voices.by_theme.values(), reverse=True)
    groups = tuple(n for n in (*by_theme, voices.unattached) if n)
    return [Knot(Tells.HEARD, on=course.since, voices=voices.by_origin, groups=groups), _themes(course)]


def _meetings(course: _Course) -> list[Knot]:
    return [
        Knot(
            Tells.AHEAD if course.day(meeting) > course.today else Tells.MEETING,
            meeting,
            on=course.day(meeting),
            counts=meeting.meeting.present,
        )
        for meeting in course.chain.meetings[:MOST_MEETINGS]
    ]


def _decisions(course: _Course) -> list[Knot]:
    chain = course.chain
    knots = [
        Knot(Tells.DECISION, decision, on=decision.decision.decided_on)
        for decision in chain.decisions[:MOST_DECISIONS]
    ]
    if chain.decisions and not chain.commitments:
        last = chain.decisions[-1]
        on, who = last.decision.decided_on, course.process.mandate.service.name
        knots.append(Knot(Tells.MISSING, last, on=on, missing=Missing.COMMITMENT, who=who))
    return knots


def _answerer(course: _Course) -> str:
    answerer = course.process.mandate.answerer
    return f"{answerer.name}, {answerer.function}"


def _themes(course: _Course) -> Knot:
    themes = course.chain.themes
    if not themes:
        return Knot(
            Tells.MISSING, on=course.until, missing=Missing.THEME, who=course.process.mandate.service.name
        )
    by_size = sorted(themes, key=lambda theme: -course.voices.by_theme.get(theme.pk, 0))
    groups = tuple(course.voices.by_theme.get(theme.pk, 0) for theme in by_size)
    return Knot(
        Tells.THEME,
        on=course.day(themes[0]),
        groups=groups,
        records=tuple(by_size),
        counts={"attached": course.voices.attached, "said": course.voices.said},
    )


def _answers(course: _Course) -> list[Knot]:
    knots = [_signed(course)] if course.chain.answers else []
    if course.voices.owed:
        knots.append(_owed(course))
    return knots


def _signed(course: _Course) -> Knot:
    """All the answers to themes as one knot, dated by the last."""
    answers = list(course.chain.answers.values())
    due = course.dues.get((course.process.pk, Owed.ANSWER))
    on = max(local_day(answer.signed_at, course.zone) for answer in answers if answer.signed_at)
    lost = max(0, (on - due.first_due_on).days) if due else 0
    return Knot(
        Tells.ANSWERS,
        on=on,
        promised_on=due.first_due_on if due else None,
        lost=lost,
        reason=due.last_reason if due and lost else "",
        records=tuple(answer.record for answer in answers),
        counts=dict(Counter(answer.verdict for answer in answers)),
    )


def _owed(course: _Course) -> Knot:
    owed, who = {"owed": course.voices.owed}, _answerer(course)
    due = course.dues.get((course.process.pk, Owed.ANSWER))
    if due is None or not due.is_open:
        return Knot(Tells.MISSING, missing=Missing.ANSWER, who=who, counts=owed)
    return Knot(
        Tells.MISSING if due.is_late else Tells.AHEAD,
        on=due.first_due_on if due.is_late else due.due_on,
        promised_on=due.first_due_on,
        lost=due.days_late,
        reason=due.last_reason,
        due=due,
        missing=Missing.ANSWER,
        who=who,
        counts=owed,
    )


def _commitments(course: _Course) -> list[Knot]:
    chain = course.chain
    if not chain.commitments:
        return []
    standings = Counter(
        standing_of(record, course.dues.get((record.pk, Owed.COMMITMENT))) for record in chain.commitments
    )
    counts = {standing: standings[standing] for standing in STANDINGS if standings[standing]}
    on = course.day(chain.commitments[0])
    knots = [Knot(Tells.COMMITMENTS, on=on, records=chain.commitments, counts=counts)]
    shown = [each for record in chain.commitments for each in chain.evidence_for(record)]
    latest = sorted(shown, key=lambda record: record.happened_at)[-MOST_EVIDENCE:]
    prefetch_related_objects(latest, with_attachments())
    knots += [Knot(Tells.EVIDENCE, record, on=course.day(record)) for record in latest]
    if not shown:
        who = course.process.mandate.service.name
        knots.append(Knot(Tells.MISSING, on=on, missing=Missing.EVIDENCE, who=who))
    return knots
