"""What the home page counts and tells: voices, subjects, and what was answered to whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from democratic.kernel.spoken import alike
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.ideas.models import IdeaState
from democratic.thread.models import Kind, Record
from democratic.thread.queries import Card, cards
from democratic.thread.queries.shelves import count_shelves, counted_by
from democratic.thread.rules import Viewer, visible_records


@dataclass(frozen=True, slots=True)
class VoiceCounts:
    """How many public ideas, by process, by theme and by place, as the lists of ideas count them."""

    by_process: Counter[UUID]
    by_theme: Counter[UUID]
    by_place: Counter[str]

    @property
    def total(self) -> int:
        return self.by_process.total()


def count_voices(viewer: Viewer) -> VoiceCounts:
    shelves = count_shelves(viewer.authority)
    by_process = {process: n for (process, kind, facet, _), n in shelves.items() if (kind, facet) == _ALL}
    by_theme = counted_by(shelves, Kind.IDEA, "theme")
    return VoiceCounts(
        Counter(by_process),
        Counter({UUID(theme): n for theme, n in by_theme.items()}),
        counted_by(shelves, Kind.IDEA, "place"),
    )


_ALL = (Kind.IDEA, "all")


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme with the number of voices grouped in it."""

    code: str
    title: str
    voices: int


def loudest_subjects(viewer: Viewer, counts: VoiceCounts, limit: int = 8) -> list[Subject]:
    """The themes with the most voices, said to be ranked so where they are shown."""
    ids = [theme_id for theme_id, _n in counts.by_theme.most_common(limit)]
    themes = visible_records(viewer).filter(pk__in=ids).select_related("wording").order_by()
    subjects = [Subject(theme.code, title_of(theme), counts.by_theme[theme.pk]) for theme in themes]
    return sorted(subjects, key=lambda subject: (-subject.voices, subject.title))


@dataclass(frozen=True, slots=True)
class Told:
    """« Vous avez dit, nous avons fait »: one person's words, and the signed answer that they got."""

    said: Card
    answer: Answer
    others: int


def latest_told(viewer: Viewer, counts: VoiceCounts) -> list[Told]:
    """The latest signed answer of each verdict, « non » included, with the words it answers.

    For a theme, its most supported idea speaks; ``others`` are the voices grouped with it. Two queries.
    """
    answers = list(
        Answer.objects.filter(
            record__in=visible_records(viewer),
            subject__in=visible_records(viewer),
            is_current=True,
            signed_at__isnull=False,
            record__withdrawal=None,
        )
        .order_by("verdict", "-signed_at")
        .distinct("verdict")
        .select_related("record__wording", "subject__wording")
    )
    spoken = _words_that_speak(viewer, [answer.subject for answer in answers])
    told = [
        Told(spoken[answer.subject_id], answer, max(0, counts.by_theme[answer.subject_id] - 1))
        for answer in answers
        if answer.subject_id in spoken
    ]
    order = [verdict.value for verdict in Verdict]
    return sorted(told, key=lambda each: order.index(each.answer.verdict))


def _words_that_speak(viewer: Viewer, subjects: Iterable[Record]) -> dict[UUID, Card]:
    """An idea for each subject: itself, or the most supported of the theme's."""
    ids = {subject.pk for subject in subjects}
    ideas = visible_records(viewer).filter(kind=Kind.IDEA).exclude(state=IdeaState.INADMISSIBLE)
    loudest = F("figures__supports").desc(nulls_last=True)
    of_themes = ideas.filter(theme__in=ids).order_by("theme", loudest, "happened_at").distinct("theme")
    found = cards(ideas.filter(Q(pk__in=of_themes.values("pk")) | Q(pk__in=ids)))
    spoken = {card.theme_id: card for card in found if card.theme_id in ids and card.id not in ids}
    return {**{id_: card for id_, card in spoken.items() if id_}, **{c.id: c for c in found if c.id in ids}}


def question_of(record: Record) -> tuple[str, str]:
    """A process's question, the first lines of its text, and the details that follow it."""
    text = record.wording.text if record.wording else ""
    question, _gap, details = text.partition("\n")
    return alike(question, text), alike(details.strip(), text)


def title_of(record: Record) -> str:
    return record.wording.title if record.wording else ""
