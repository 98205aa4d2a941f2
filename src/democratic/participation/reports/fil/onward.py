"""Then…: from what was said to what was done, and what is still missing."""

from collections.abc import Callable

from democratic.participation.answers.models import Answer
from democratic.participation.reports.fil import tail
from democratic.participation.reports.fil.facts import Facts
from democratic.participation.reports.fil.knots import Knot, Missing, Tells
from democratic.thread.models import Kind, LinkKind, Record

INADMISSIBLE = "inadmissible"


def tell_onward(facts: Facts) -> list[Knot]:
    knots = _BEGINS[Kind(facts.start.kind)](facts)
    return [*knots, *tail.still_ahead(facts, knots)]


def _said(facts: Facts) -> list[Knot]:
    start = facts.start
    first = Knot(Tells.SAID, start, on=tail.day_of(facts, start))
    if into := next(iter(facts.next(start.pk, LinkKind.MERGED_INTO)), None):
        merged_on = facts.linked_on(start.pk, LinkKind.MERGED_INTO, into.pk)
        return [first, Knot(Tells.MERGED, into, on=merged_on), *_after_saying(facts, into, first)]
    if parts := facts.previous(start.pk, LinkKind.SPLIT_FROM):
        split_on = facts.linked_on(parts[0].pk, LinkKind.SPLIT_FROM, start.pk)
        answers = {answer.pk: answer for part in parts if (answer := _of_part(facts, part))}
        told = [tail.answer_knot(facts, answer) for answer in answers.values()]
        return [first, Knot(Tells.SPLIT, on=split_on, records=tuple(parts)), *told]
    return [first, *_read_in_the_street(facts, start), *_after_saying(facts, start, first)]


def _read_in_the_street(facts: Facts, start: Record) -> list[Knot]:
    """Where it went back to the street, to be read aloud."""
    read = [each for each in facts.next(start.pk, LinkKind.DISCUSSED_IN) if each.kind == Kind.STREET_SESSION]
    return [Knot(Tells.OTHER, each, on=tail.day_of(facts, each)) for each in read]


def _of_part(facts: Facts, part: Record) -> Answer | None:
    return _holding(facts, part, facts.records.get(part.theme_id) if part.theme_id else None)


def _after_saying(facts: Facts, start: Record, first: Knot) -> list[Knot]:
    if start.state == INADMISSIBLE:
        return []
    theme = facts.records.get(start.theme_id) if start.theme_id else None
    answer = _holding(facts, start, theme)
    if theme is None:
        if answer is None:
            hole = Knot(Tells.MISSING, on=first.on, missing=Missing.THEME, who=tail.who_follows(facts))
            return [hole, tail.awaited_answer(facts, start)]
        return _answered(facts, answer)
    grouped_on = facts.linked_on(start.pk, LinkKind.GROUPED_IN, theme.pk)
    group = Knot(Tells.THEME, theme, on=grouped_on, voices=facts.voices.get(theme.pk, {}))
    return [group, *_discussed_and_answered(facts, answer, start, theme)]


def _themed(facts: Facts) -> list[Knot]:
    start = facts.start
    group = Knot(Tells.THEME, start, on=tail.day_of(facts, start), voices=facts.voices.get(start.pk, {}))
    answer = _holding(facts, start)
    return [group, *_discussed_and_answered(facts, answer, start)]


def _about(facts: Facts) -> list[Knot]:
    """A comment's fil goes on with what it is about."""
    start = facts.start
    first = Knot(Tells.SAID, start, on=tail.day_of(facts, start))
    subject = facts.records.get(start.comment.subject_id)
    if subject is None:
        return [first]
    answer = _holding(facts, subject)
    about = Knot(Tells.OTHER, subject, on=tail.day_of(facts, subject))
    return [first, about, *(_answered(facts, answer) if answer else [])]


def _met(facts: Facts) -> list[Knot]:
    start = facts.start
    first = tail.meeting_knot(facts, start)
    themes = facts.previous(start.pk, LinkKind.DISCUSSED_IN)
    knots = [first]
    for theme in themes:
        answer = _holding(facts, theme)
        knots.append(
            Knot(Tells.THEME, theme, on=tail.day_of(facts, theme), voices=facts.voices.get(theme.pk, {}))
        )
        knots += _answer_or_hole(facts, answer, theme)
    return knots


def _answering(facts: Facts) -> list[Knot]:
    return _answered(facts, facts.start.answer)


def _deciding(facts: Facts) -> list[Knot]:
    return tail.decision_and_after(facts, facts.start)


def _promising(facts: Facts) -> list[Knot]:
    return tail.commitment_and_after(facts, facts.start)


def _doing(facts: Facts) -> list[Knot]:
    shown = facts.next(facts.start.pk, LinkKind.PROVED_BY)
    return [tail.action_knot(facts, facts.start), *tail.evidence_knots(facts, shown)]


def _showing(facts: Facts) -> list[Knot]:
    return tail.evidence_knots(facts, [facts.start])


def _opined(facts: Facts) -> list[Knot]:
    """What a body said, each time that it laid it before the authority, and what it was answered or still waits for."""
    start = facts.start
    first = Knot(Tells.OTHER, start, on=tail.day_of(facts, start))
    sent = sorted(facts.next(start.pk, LinkKind.REFERRED_TO), key=lambda record: record.happened_at)
    return [first, *(knot for record in sent for knot in tail.referral_knots(facts, record))]


def _referred(facts: Facts) -> list[Knot]:
    return tail.referral_knots(facts, facts.start)


def _other(facts: Facts) -> list[Knot]:
    return [Knot(Tells.OTHER, facts.start, on=tail.day_of(facts, facts.start))]


_BEGINS: dict[Kind, Callable[[Facts], list[Knot]]] = {
    Kind.IDEA: _said,
    Kind.COMMENT: _about,
    Kind.DEBATE: _other,
    Kind.MEETING: _met,
    Kind.THEME: _themed,
    Kind.ANSWER: _answering,
    Kind.DECISION: _deciding,
    Kind.COMMITMENT: _promising,
    Kind.ACTION: _doing,
    Kind.EVIDENCE: _showing,
    Kind.OPINION: _opined,
    Kind.REFERRAL: _referred,
}


def _holding(facts: Facts, *subjects: Record | None) -> Answer | None:
    """The answer that holds: the first subject's own, then the next one's."""
    for subject in subjects:
        if subject is None:
            continue
        for record in facts.next(subject.pk, LinkKind.ANSWERED_BY):
            if record.answer.is_current:
                return record.answer
    return None


def _answered(facts: Facts, answer: Answer) -> list[Knot]:
    return [tail.answer_knot(facts, answer), *tail.after_answer(facts, answer)]


def _answer_or_hole(facts: Facts, answer: Answer | None, *subjects: Record) -> list[Knot]:
    return _answered(facts, answer) if answer else [tail.awaited_answer(facts, *subjects)]


def _discussed_and_answered(facts: Facts, answer: Answer | None, *subjects: Record) -> list[Knot]:
    """Meetings before the answer, the answer, meetings after it, then what it led to."""
    met = {
        meeting.pk: meeting
        for subject in subjects
        for meeting in facts.next(subject.pk, LinkKind.DISCUSSED_IN)
        if meeting.kind == Kind.MEETING
    }
    knots = [tail.meeting_knot(facts, each) for each in sorted(met.values(), key=lambda one: one.happened_at)]
    answered = _answer_or_hole(facts, answer, *subjects)
    first = answered[0]
    before = [knot for knot in knots if not (first.on and knot.on and knot.on > first.on)]
    return [*before, first, *(knot for knot in knots if knot not in before), *answered[1:]]
