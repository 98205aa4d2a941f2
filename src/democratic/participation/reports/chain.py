"""All that the authority did in a process, in one query: themes, answers, decisions, what was promised."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from democratic.participation.answers.models import Answer
from democratic.participation.processes.models import Process
from democratic.thread.models import Kind, Link, LinkKind, Record
from democratic.thread.rules import Viewer, visible_records

# One-to-one rows that a page may need of a Record, whatever its kind: one query for a mixed list.
FACTS = (
    *("wording", "withdrawal", "as_theme", "answer", "decision", "meeting"),
    *("commitment", "action", "evidence"),
)
_KINDS = (
    *(Kind.THEME, Kind.ANSWER, Kind.MEETING, Kind.DECISION),
    *(Kind.COMMITMENT, Kind.ACTION, Kind.EVIDENCE),
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Records with their own models loaded. Answers are those that hold today, by theme."""

    themes: tuple[Record, ...]
    answers: Mapping[UUID, Answer]
    meetings: tuple[Record, ...]
    decisions: tuple[Record, ...]
    commitments: tuple[Record, ...]
    actions: Mapping[UUID, tuple[Record, ...]]
    evidence: Mapping[UUID, tuple[Record, ...]]
    answers_of_decision: Mapping[UUID, tuple[UUID, ...]]

    @property
    def owing_ids(self) -> list[UUID]:
        """The Records that may owe a date."""
        actions = [action for each in self.actions.values() for action in each]
        return [record.pk for record in (*self.themes, *self.commitments, *actions)]

    def evidence_for(self, commitment: Record) -> tuple[Record, ...]:
        """What shows that a commitment is kept: its own evidence, then its actions'."""
        subjects = (commitment, *self.actions.get(commitment.pk, ()))
        return tuple(shown for each in subjects for shown in self.evidence.get(each.pk, ()))


def chain_of(process: Process, viewer: Viewer) -> Chain:
    """As many rows as the authority wrote, a few hundred in a long process.

    Put in order here: ordering so many joins in SQL makes the database plan for ten times longer than it reads.
    """
    decided = Link.objects.filter(target=OuterRef("pk"), kind=LinkKind.DECIDED_BY, ended_by=None)
    rows = (
        visible_records(viewer)
        .filter(process=process.pk, kind__in=_KINDS)
        .filter(Q(answer=None) | Q(answer__is_current=True, answer__subject__kind=Kind.THEME))
        .annotate(answer_ids=ArraySubquery(decided.values("source")))
        .select_related(*FACTS)
    )
    return gather(sorted(rows, key=lambda record: (record.happened_at, record.pk)))


def gather(records: list[Record]) -> Chain:
    kinds: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        kinds[record.kind].append(record)
    actions: dict[UUID, list[Record]] = defaultdict(list)
    for record in kinds[Kind.ACTION]:
        actions[record.action.commitment_id].append(record)
    evidence: dict[UUID, list[Record]] = defaultdict(list)
    for record in kinds[Kind.EVIDENCE]:
        evidence[record.evidence.subject_id].append(record)
    return Chain(
        themes=tuple(sorted(kinds[Kind.THEME], key=lambda record: record.as_theme.rank)),
        answers={record.answer.subject_id: record.answer for record in kinds[Kind.ANSWER]},
        meetings=tuple(kinds[Kind.MEETING]),
        decisions=tuple(kinds[Kind.DECISION]),
        commitments=tuple(kinds[Kind.COMMITMENT]),
        actions={key: tuple(rows) for key, rows in actions.items()},
        evidence={key: tuple(rows) for key, rows in evidence.items()},
        answers_of_decision={
            record.pk: tuple(getattr(record, "answer_ids", ())) for record in kinds[Kind.DECISION]
        },
    )
