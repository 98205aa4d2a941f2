"""What was answered in a process, theme by theme, and what is still owed, with its lateness."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from democratic.kernel.clock import local_day
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.queries import withdrawal_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.processes.models import Process
from democratic.participation.reports.chain import Chain, chain_of
from democratic.participation.reports.heard import Voices, cells_of, voices_in
from democratic.thread.models import Kind, Record
from democratic.thread.rules import Viewer

MOST_SINGLE = 15


@dataclass(frozen=True, slots=True)
class ThemeAnswered:
    """A theme, its voices, and its answer when there is one. ``days_late`` counts from the first promise.

    ``answered_on`` is None again once the answer was withdrawn.

    ``due`` is the theme's own date, or the process's, which holds for all themes.
    """

    theme: Record
    voices: int
    answer: Answer | None
    answered_on: date | None
    due: Due | None
    days_late: int

    @property
    def is_owed(self) -> bool:
        return self.answered_on is None


@dataclass(frozen=True, slots=True)
class Answering:
    process: Process
    chain: Chain
    voices: Voices
    dues: Mapping[tuple[UUID, str], Due]
    themes: tuple[ThemeAnswered, ...]
    today: date

    @property
    def due(self) -> Due | None:
        return self.dues.get((self.process.pk, Owed.ANSWER))

    @property
    def given(self) -> tuple[ThemeAnswered, ...]:
        return tuple(line for line in self.themes if not line.is_owed)

    @property
    def owed(self) -> tuple[ThemeAnswered, ...]:
        return tuple(line for line in self.themes if line.is_owed)

    @property
    def on_time(self) -> int:
        return sum(line.days_late == 0 for line in self.given)

    @property
    def given_late(self) -> int:
        return len(self.given) - self.on_time

    @property
    def voices_late(self) -> int:
        """Voices that wait for an answer past the day promised."""
        return self.voices.owed if self.due and self.due.is_late else 0


def answering_of(process: Process, viewer: Viewer, today: date) -> Answering:
    """Four queries. ``process`` comes with its record and its mandate."""
    chain = chain_of(process, viewer)
    voices = voices_in(cells_of(process))
    dues = dues_of([process.pk, *chain.owing_ids], today)
    whole = dues.get((process.pk, Owed.ANSWER))
    lines = []
    for theme in chain.themes:
        answer, due = chain.answers.get(theme.pk), dues.get((theme.pk, Owed.ANSWER)) or whole
        on = _answered_on(answer, viewer)
        lines.append(
            ThemeAnswered(
                theme, voices.by_theme.get(theme.pk, 0), answer, on, due, _days_late(due, on, today)
            )
        )
    lines.sort(key=lambda line: -line.voices)
    return Answering(process, chain, voices, dues, tuple(lines), today)


def _answered_on(answer: Answer | None, viewer: Viewer) -> date | None:
    if answer is None or answer.signed_at is None or withdrawal_of(answer.record):
        return None
    return local_day(answer.signed_at, viewer.authority.time_zone)


def _days_late(due: Due | None, answered_on: date | None, today: date) -> int:
    if due is None:
        return 0
    if answered_on is None and not due.is_open:
        return 0  # promised for no day: what was promised that day was given
    return max(0, ((answered_on or today) - due.first_due_on).days)


def single_answers(process: Process) -> list[Answer]:
    """The last contributions that were given an answer of their own, which overrides their theme's."""
    rows = Answer.objects.filter(
        process=process, is_current=True, signed_at__isnull=False, subject__kind=Kind.IDEA
    )
    related = ("record__wording", "record__withdrawal", "subject__wording")
    return list(rows.select_related(*related).order_by("-signed_at")[:MOST_SINGLE])
