"""Because…: from what was done to the decision, the answer, the voices, and the order that began it all."""

from collections.abc import Callable
from dataclasses import replace

from democratic.participation.answers.queries import total
from democratic.participation.commitments.queries import standing_of
from democratic.participation.obligations.models import Owed
from democratic.participation.reports.fil import tail
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Tells
from democratic.thread.models import Kind, Record

MOST_ANSWERS = 3
MOST_SAID = 3

# The order in which a story is read back, whatever the Record it starts from.
_ORDER = (
    Kind.EVIDENCE,
    Kind.ACTION,
    Kind.COMMITMENT,
    Kind.DECISION,
    Kind.ANSWER,
    Kind.MEETING,
    Kind.THEME,
    Kind.IDEA,
    Kind.REFERRAL,
    Kind.OPINION,
)


def tell_back(facts: Facts) -> list[Knot]:
    """The walk went against the Links: all that it reached is a cause of the start."""
    start = facts.start
    knots = [_first(facts, start)]
    for kind in _ORDER:
        causes = [
            record for record in facts.records.values() if record.kind == kind and record.pk != start.pk
        ]
        knots += _causes(facts, kind, sorted(causes, key=lambda record: record.happened_at))
    return [*knots, *_origin(facts)]


def _first(facts: Facts, start: Record) -> Knot:
    return _causes(facts, Kind(start.kind), [start])[0]


def _causes(facts: Facts, kind: Kind, records: list[Record]) -> list[Knot]:
    return _TOLD.get(kind, _others)(facts, records) if records else []


def _actions(facts: Facts, records: list[Record]) -> list[Knot]:
    return [tail.action_knot(facts, record) for record in records]


def _decisions(_facts: Facts, records: list[Record]) -> list[Knot]:
    return [Knot(Tells.DECISION, record, on=record.decision.decided_on) for record in records]


def _meetings(facts: Facts, records: list[Record]) -> list[Knot]:
    return [tail.meeting_knot(facts, record) for record in records]


def _said(facts: Facts, records: list[Record]) -> list[Knot]:
    """The first voice of the themes, which is told with its theme, and contributions answered by themselves."""
    return [
        Knot(Tells.SAID, record, on=tail.day_of(facts, record), records=_theme_of(facts, record))
        for record in records[:MOST_SAID]
    ]


def _theme_of(facts: Facts, record: Record) -> tuple[Record, ...]:
    theme = facts.records.get(record.theme_id) if record.theme_id else None
    return (theme,) if theme else ()


def _others(facts: Facts, records: list[Record]) -> list[Knot]:
    return [Knot(Tells.OTHER, record, on=tail.day_of(facts, record)) for record in records]


def _promises(facts: Facts, records: list[Record]) -> list[Knot]:
    return [_promised(facts, record) for record in records]


def _promised(facts: Facts, record: Record) -> Knot:
    due = facts.dues.get((record.pk, Owed.COMMITMENT))
    return tail.commitment_knot(facts, record, due, standing_of(record, due))


def _answers(facts: Facts, records: list[Record]) -> list[Knot]:
    """The first answers whole, the others listed: a road map answers eight themes at once."""
    knots = [
        replace(tail.answer_knot(facts, record.answer), records=_subject_of(facts, record))
        for record in records[:MOST_ANSWERS]
    ]
    rest = tuple(records[MOST_ANSWERS:])
    if rest:
        knots.append(Knot(Tells.ANSWERS, on=tail.day_of(facts, rest[0]), records=rest))
    return knots


def _subject_of(facts: Facts, record: Record) -> tuple[Record, ...]:
    subject = facts.records.get(record.answer.subject_id)
    return (subject,) if subject else ()


def _voices(facts: Facts, themes: list[Record]) -> list[Knot]:
    voices = total(facts.voices.get(theme.pk, {}) for theme in themes)
    on = tail.day_of(facts, themes[0])
    return [Knot(Tells.THEME, themes[0], on=on, voices=voices, records=tuple(themes))]


def _origin(facts: Facts) -> list[Knot]:
    """The process in which it was said, and the order from which the process follows."""
    if facts.process is None:
        return []
    process, mandate = facts.process.record, facts.process.mandate
    knots = [Knot(Tells.PROCESS, process, on=tail.day_of(facts, process))]
    knots.append(Knot(Tells.ORDER, mandate.record, on=mandate.ordered_on, who=mandate.ordered_by))
    return knots


_TOLD: dict[Kind, Callable[[Facts, list[Record]], list[Knot]]] = {
    Kind.EVIDENCE: tail.evidence_knots,
    Kind.ACTION: _actions,
    Kind.COMMITMENT: _promises,
    Kind.DECISION: _decisions,
    Kind.ANSWER: _answers,
    Kind.MEETING: _meetings,
    Kind.THEME: _voices,
    Kind.IDEA: _said,
    Kind.COMMENT: _said,
}
