"""How many hours of work the sentences that are expected mean, and whether their service has the weeks for it."""

from dataclasses import dataclass
from datetime import date

# Our measures, to be replaced by an authority's own: to read one sentence and put it with a subject, to examine
# a subject and write its answer, and how many sentences make a subject.
MINUTES_A_VOICE = 2
MINUTES_A_SUBJECT = 60
VOICES_A_SUBJECT = 20
MUCH = 14  # hours a week: two days of one person


def hours_for(voices: int, subjects: int) -> int:
    """Rounded up."""
    return -(-(voices * MINUTES_A_VOICE + subjects * MINUTES_A_SUBJECT) // 60)


@dataclass(frozen=True, slots=True)
class Work:
    """For one service. ``weeks``: from the first sentence to the day when the answer is due."""

    service: str
    voices: int
    weeks: float

    @property
    def subjects(self) -> int:
        return -(-self.voices // VOICES_A_SUBJECT)

    @property
    def hours(self) -> int:
        """Rounded up."""
        return hours_for(self.voices, self.subjects)

    @property
    def hours_a_week(self) -> int:
        """Rounded up; all of them when no week is left."""
        return -(-self.hours // max(1, int(self.weeks)))

    @property
    def is_much(self) -> bool:
        return self.hours_a_week > MUCH


def work_of(service: str, voices: int, first_day: date, due_on: date) -> Work:
    return Work(service, voices, max(0.0, (due_on - first_day).days / 7))
