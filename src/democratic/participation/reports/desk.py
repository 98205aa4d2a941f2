"""What the desk shows: what is owed, what waits for a signature, what has just been said."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q, Sum

from democratic.kernel.spoken import Spoken
from democratic.participation.answers.grouping import INADMISSIBLE, REJOINED, SPLIT
from democratic.participation.answers.lineage import running_merges
from democratic.participation.answers.models import Answer, Theme
from democratic.participation.commitments.models import Decision
from democratic.participation.meetings.models import Meeting
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority, Kind, Record, ShelfCount, Visibility
from democratic.thread.queries.clauses import rows_of
from democratic.thread.queries.records import Card, cards

PAGE = 30
# In the place of a theme's code: the contributions that were put out of the field.
OUTSIDE = "hors-champ"
# The same for those that were merged into another, and for those whose parts are answered in their place.
MERGED, SPLIT_UP = "fusionnees", "scindees"
FEW = 8


# What is in no theme is counted from the index ``record_to_group`` alone.
_FIGURES = """
select kind, facet, value, sum(n) from thread_shelfcount
where process_id = %s and facet in ('all', 'state') group by kind, facet, value
union all
select 'idea', 'alone', '', count(*) from thread_record
where process_id = %s and kind = 'idea' and visibility = 'public' and theme_id is null and state <> all(%s)
"""


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    ideas: int
    grouped: int
    unanswered: int
    themes: int
    commitments: int

    @property
    def coverage(self) -> int:
        """Share of the contributions that are in a theme, in whole percent, rounded down."""
        return self.grouped * 100 // self.ideas if self.ideas else 0


def process_figures(process: Process) -> ProcessFigures:
    """From the counts of shelves. A whole that was split, and a part that was joined back, are not owed an answer."""
    closed = [SPLIT, REJOINED]
    rows = rows_of((_FIGURES, [process.pk, process.pk, closed]))
    n: Counter[tuple[str, str, str]] = Counter(
        {(kind, facet, value): int(n) for kind, facet, value, n in rows}
    )
    ideas = n[Kind.IDEA, "all", ""] - sum(n[Kind.IDEA, "state", state] for state in closed)
    return ProcessFigures(
        ideas=ideas,
        grouped=ideas - n[Kind.IDEA, "alone", ""],
        unanswered=n[Kind.IDEA, "state", "received"],
        themes=n[Kind.THEME, "all", ""],
        commitments=n[Kind.COMMITMENT, "all", ""],
    )


def latest_words(authority: Authority) -> list[Card]:
    said = Record.objects.filter(authority=authority, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    return cards(said.order_by("-happened_at", "-id")[:FEW])


def grouped_in(process: Process) -> dict[str, int]:
    """How many public contributions each theme holds, by its id as text: from the counts of shelves."""
    shelf = ShelfCount.objects.filter(process_id=process.pk, kind=Kind.IDEA, facet="theme").exclude(value="")
    return dict(shelf.values_list("value").annotate(n=Sum("n")))


def themes_of(process: Process) -> list[tuple[str, str, int]]:
    """Code, name and number of contributions of each theme; two queries."""
    held = grouped_in(process)
    rows = (
        Theme.objects.filter(process=process)
        .order_by("rank")
        .values_list("pk", "record__code", "record__wording__title", "record__wording__language")
    )
    return [(code, Spoken(name, language), held.get(str(pk), 0)) for pk, code, name, language in rows]


def contributions_to_group(process: Process, *, theme: str, query: str, after: str) -> list[Card]:
    """One page and one more. ``theme``: a code, empty for none, OUTSIDE, MERGED or SPLIT_UP; ``after``: a code."""
    said = Record.objects.filter(process=process.record, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    merged = running_merges().values("source")
    if theme == MERGED:
        said = said.filter(pk__in=merged)
    elif theme == SPLIT_UP:
        said = said.filter(state=SPLIT)
    elif theme == OUTSIDE:
        said = said.filter(state="inadmissible").exclude(pk__in=merged)
    else:
        said = said.exclude(pk__in=merged)
        said = said.filter(theme__code=theme) if theme else said.filter(theme=None)
        said = said.exclude(state__in=(INADMISSIBLE, SPLIT, REJOINED))
    if query:
        words = SearchQuery(query, config="fr", search_type="websearch")
        said = said.filter(search__vector=words)
    start = said.filter(code=after).values_list("happened_at", "id").first() if after else None
    if start:
        said = said.filter(Q(happened_at__gt=start[0]) | Q(happened_at=start[0], id__gt=start[1]))
    return cards(said.order_by("happened_at", "id")[: PAGE + 1])


def decisions_of(process: Process) -> list[Decision]:
    """The latest first, each with its ``commitment_count``; withdrawn ones are over."""
    rows = Decision.objects.filter(process=process, record__withdrawal=None)
    return list(
        rows.select_related("record__wording")
        .annotate(commitment_count=Count("commitments"))
        .order_by("-decided_on", "-pk")[:FEW]
    )


def meetings_of(process: Process) -> list[Meeting]:
    """Drafts too: they are prepared at the desk."""
    shown = (Visibility.PUBLIC, Visibility.DRAFT)
    rows = Meeting.objects.filter(process=process, record__visibility__in=shown)
    return list(rows.select_related("record__wording").order_by("-starts_at", "-pk")[:FEW])


def answers_to_decide(process: Process) -> list[Record]:
    """The signed answers on which a decision can stand."""
    current = Answer.objects.filter(process=process, is_current=True, signed_at__isnull=False)
    return list(
        Record.objects.filter(pk__in=current.values("pk")).select_related("wording").order_by("happened_at")
    )
