"""Answers given in time and late, of one process or of all those of an authority."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from democratic.kernel.clock import local_day
from democratic.participation.answers.models import Answer
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.reports.answering import Answering
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer, visible_records


@dataclass(frozen=True, slots=True)
class AnswersCounted:
    on_time: int = 0
    late: int = 0
    due: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.due + self.overdue

    @classmethod
    def of(cls, lines: Iterable[tuple[bool, int]]) -> "AnswersCounted":
        """``lines``: of each theme, whether its answer is given, and by how many days it is late."""
        told = list(lines)
        return cls(
            on_time=sum(given and not late for given, late in told),
            late=sum(given and late > 0 for given, late in told),
            due=sum(not given and not late for given, late in told),
            overdue=sum(not given and late > 0 for given, late in told),
        )


def answers_in(answering: Answering) -> AnswersCounted:
    return AnswersCounted.of((not line.is_owed, line.days_late) for line in answering.themes)


def answers_of_authority(viewer: Viewer, today: date) -> AnswersCounted:
    """By the rules of ``answering_of``, for all themes of public processes at once, in three queries."""
    shown = visible_records(viewer)
    processes = shown.filter(kind=Kind.PROCESS).values("pk")
    themes = dict(shown.filter(kind=Kind.THEME, process__in=processes).values_list("pk", "process_id"))
    signed: dict[UUID, date] = {
        subject: local_day(at, viewer.authority.time_zone)
        for subject, at in Answer.objects.filter(
            subject__in=themes, is_current=True, signed_at__isnull=False, record__withdrawal=None
        ).values_list("subject", "signed_at")
        if at is not None
    }
    owed = {*themes, *themes.values()}
    dues = {
        record: (first, met is None and ended is None)
        for record, first, met, ended in Obligation.objects.filter(
            owed=Owed.ANSWER, record__in=owed
        ).values_list("record", "first_due_on", "met_on", "ended_on")
    }
    return AnswersCounted.of(
        (theme in signed, _days_late(dues.get(theme) or dues.get(process), signed.get(theme), today))
        for theme, process in themes.items()
        if process is not None
    )


def _days_late(due: tuple[date, bool] | None, signed_on: date | None, today: date) -> int:
    if due is None or (signed_on is None and not due[1]):
        return 0
    return max(0, ((signed_on or today) - due[0]).days)
