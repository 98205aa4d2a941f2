"""Reads of themes and answers: who said what together, and what was answered, by whom, when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F

from democratic.participation.answers.models import Answer, AnswerHand, Theme
from democratic.participation.commitments.queries import only
from democratic.people.models import Person
from democratic.thread.models import Kind, LinkKind, Record, Visibility
from democratic.thread.queries import Card, cards
from democratic.thread.rules import Viewer, visible_records

PAGE = 15
LAST_PAGE = 1000  # an offset is read row by row: nobody is let far into one

_ANSWER = ("record__wording", "record__withdrawal", "record__authority")
_SUBJECT = ("subject__wording", "subject__figures", "process__record__wording")


def get_answer_for(viewer: Viewer, code: str) -> Answer:
    """A signed answer with its words, subject and process in one query. Raises RecordNotFound."""
    signed = Answer.objects.filter(signed_at__isnull=False).select_related(*_ANSWER, *_SUBJECT)
    return only(signed, viewer, code)


def get_theme_for(viewer: Viewer, code: str) -> Theme:
    """A theme with its words, its process and who answers in it, in one query. Raises RecordNotFound."""
    related = (
        *_ANSWER,
        "process__record__wording",
        "process__mandate__answerer",
        "process__mandate__service",
    )
    return only(Theme.objects.select_related(*related), viewer, code)


def current_answers_of(subjects: Collection[UUID]) -> dict[UUID, Answer]:
    """The signed answer that holds today for each of these themes or contributions, by subject."""
    rows = Answer.objects.filter(subject__in=subjects, is_current=True, signed_at__isnull=False)
    return {row.subject_id: row for row in rows.select_related(*_ANSWER)}


def answer_that_holds(record: Record) -> Answer | None:
    """A contribution's own answer overrides its theme's; None as long as neither is signed."""
    subjects = [record.pk, *([record.theme_id] if record.theme_id else [])]
    held = current_answers_of(subjects)
    return next((held[subject] for subject in subjects if subject in held), None)


def answers_to(subject: Record) -> list[Answer]:
    """Every answer ever signed on this subject, the newest first: a replaced one stays readable."""
    rows = Answer.objects.filter(subject=subject, signed_at__isnull=False).select_related(*_ANSWER)
    return list(rows.order_by("-signed_at"))


def answers_behind(decision: Record) -> list[Answer]:
    """The answers from which a decision follows, with their subjects; at most a hundred."""
    linked = decision.links_in.filter(kind=LinkKind.DECIDED_BY, ended_by=None).values("source")
    rows = Answer.objects.filter(record__in=linked, record__visibility=Visibility.PUBLIC)
    return list(rows.select_related(*_ANSWER, *_SUBJECT).order_by("signed_at")[:100])


def answered_apart(theme: Record) -> list[UUID]:
    """The contributions of a theme whose own signed answer overrides its."""
    own = Answer.objects.filter(is_current=True, signed_at__isnull=False, record__withdrawal=None)
    return list(own.filter(subject__theme=theme).values_list("subject", flat=True))


def may_approve(answer: Answer, person: Person) -> bool:
    """Whether she wrote none of it; which role she needs is said elsewhere."""
    return not AnswerHand.objects.filter(answer=answer, person=person).exists()


Voices = Mapping[str, int]
"""How many voices by origin, the most first."""


def voices_of(themes: Collection[UUID]) -> dict[UUID, Voices]:
    """The public voices grouped in each theme, by origin."""
    rows = (
        Record.objects.filter(theme__in=themes, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
        .exclude(state="inadmissible")
        .values_list("theme_id", "origin")
        .annotate(n=Count("pk"))
        .order_by("-n", "origin")
    )
    voices: dict[UUID, dict[str, int]] = defaultdict(dict)
    for theme, origin, n in rows:
        voices[theme][origin] = n
    return {theme: voices.get(theme, {}) for theme in themes}


def total(voices: Iterable[Voices]) -> dict[str, int]:
    """Several themes' voices together, by origin, the most first."""
    summed: dict[str, int] = defaultdict(int)
    for each in voices:
        for origin, n in each.items():
            summed[origin] += n
    return dict(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cards. ``total`` is given by who counts; ``number`` starts at 1."""

    cards: tuple[Card, ...]
    number: int
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.cards) - 1


def contributions_of(viewer: Viewer, theme: Record, *, number: int = 1) -> Page:
    """What was said in a theme, the most supported first, fifteen at a time."""
    number = min(max(1, number), LAST_PAGE)
    start = (number - 1) * PAGE
    said = visible_records(viewer).filter(theme=theme, kind=Kind.IDEA).exclude(state="inadmissible")
    rows = cards(
        said.order_by(F("figures__supports").desc(nulls_last=True), "happened_at", "pk")[
            start : start + PAGE + 1
        ]
    )
    return Page(tuple(rows[:PAGE]), number, len(rows) > PAGE)
