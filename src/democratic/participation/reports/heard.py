"""« Ce qu’on a entendu »: what was said in a process, counted once, with what is left out named beside it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Min, Window
from django.db.models.functions import RowNumber

from democratic.kernel.clock import local_day
from democratic.kernel.spoken import Spoken
from democratic.participation.answers.models import Verdict
from democratic.participation.processes.models import Process
from democratic.participation.reports.cells import LEAST
from democratic.thread.models import Kind, Record, Visibility
from democratic.thread.queries import Card, cards
from democratic.thread.queries.wholes import its_cut
from democratic.thread.rules import Viewer, visible_records

QUOTES = 3
RECEIVED, INADMISSIBLE = "received", "inadmissible"
SPLIT, REJOINED = "split", "rejoined"


@dataclass(frozen=True, slots=True)
class Cell:
    """So many contributions that are alike in everything that is counted. ``whole``: what they were cut from."""

    visibility: str
    state: str
    theme_id: UUID | None
    origin: str
    place: str
    whole: UUID | None
    n: int


@dataclass(frozen=True, slots=True)
class Voices:
    """The sums of a process's cells. What is not counted as heard stands in its own line.

    What was split is one voice, of one origin; its parts are what is grouped in themes and owed an answer.
    """

    said: int
    unattached_by_origin: Mapping[str, int]
    by_theme: Mapping[UUID, int]
    by_origin: Mapping[str, int]
    by_place: Mapping[str, int]
    by_theme_and_origin: Mapping[UUID, Mapping[str, int]]
    by_state: Mapping[str, int]
    by_theme_and_state: Mapping[UUID, Mapping[str, int]]
    withdrawn: int
    moderated: int
    inadmissible: int

    @property
    def unattached(self) -> int:
        return sum(self.unattached_by_origin.values())

    @property
    def attached(self) -> int:
        return self.said - self.unattached

    @property
    def answered(self) -> int:
        return sum(self.by_state.get(verdict, 0) for verdict in Verdict.values)

    @property
    def owed(self) -> int:
        return self.by_state.get(RECEIVED, 0)

    @property
    def share_attached(self) -> int:
        """Per cent, rounded down: a hundred is said only when nothing is left."""
        return 100 * self.attached // self.said if self.said else 0


def cells_of(process: Process) -> list[Cell]:
    """Every contribution of a process in one query, read from the index of facets alone."""
    rows = (
        Record.objects.filter(process=process.pk, kind=Kind.IDEA, audience__is_public=True)
        .annotate(cut=its_cut())
        .exclude(visibility=Visibility.DRAFT)
        .values_list("visibility", "state", "theme_id", "origin", "place", "cut__target_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [Cell(*row) for row in rows]


def voices_in(cells: Collection[Cell]) -> Voices:
    gone, state, theme, origin, place = (
        Counter[str](),
        Counter[str](),
        Counter[UUID](),
        Counter[str](),
        Counter[str](),
    )
    theme_origin: dict[UUID, Counter[str]] = defaultdict(Counter)
    theme_state: dict[UUID, Counter[str]] = defaultdict(Counter)
    inadmissible = 0
    for cell in cells:
        is_voice = cell.whole is None
        if cell.visibility != Visibility.PUBLIC:
            gone[cell.visibility] += cell.n * is_voice
        elif cell.state == REJOINED:
            continue
        elif cell.state == INADMISSIBLE:
            inadmissible += cell.n
        else:
            state[cell.state] += cell.n * (cell.state != SPLIT)
            origin[cell.origin] += cell.n * is_voice
            place[cell.place] += cell.n * is_voice
            if cell.theme_id:
                theme[cell.theme_id] += cell.n
                theme_origin[cell.theme_id][cell.origin] += cell.n
                theme_state[cell.theme_id][cell.state] += cell.n
    return Voices(
        said=sum(origin.values()),
        unattached_by_origin=_unattached(cells),
        by_theme=theme,
        by_origin=_most_first(origin),
        by_place=_most_first(place),
        by_theme_and_origin={each: _most_first(counts) for each, counts in theme_origin.items()},
        by_state=state,
        by_theme_and_state=theme_state,
        withdrawn=gone[Visibility.WITHDRAWN],
        moderated=gone[Visibility.HIDDEN],
        inadmissible=inadmissible,
    )


def _unattached(cells: Iterable[Cell]) -> dict[str, int]:
    """Voices of which nothing is in a theme, by origin: what was split is in one as soon as one of its parts is."""
    loose, heard = Counter[str](), dict[UUID, str]()
    for cell in cells:
        if cell.visibility != Visibility.PUBLIC or cell.state in (INADMISSIBLE, REJOINED):
            continue
        if cell.whole is None:
            loose[cell.origin] += cell.n * (cell.theme_id is None)
        elif cell.theme_id:
            heard[cell.whole] = cell.origin
    loose.subtract(heard.values())
    return {origin: n for origin, n in loose.items() if n}


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def hardly_heard(counts: Mapping[str, int], *, most: int = 6) -> list[tuple[str, int | None]]:
    """The origins or places that hold less than half of an equal share; None: fewer than five voices.

    A place that nobody named is no place, and is left out.
    """
    named = {name: n for name, n in counts.items() if name}
    if not named:
        return []
    half_share = sum(named.values()) / len(named) / 2
    few = sorted((n, name) for name, n in named.items() if n < half_share or n < LEAST)
    return [(name, None if n < LEAST else n) for n, name in few[:most]]


@dataclass(frozen=True, slots=True)
class ThemeHeard:
    """A theme with its voices, its share of those attached (per cent), and its quotes."""

    id: UUID
    code: str
    title: str
    voices: int
    share: float
    quotes: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    voices: Voices
    themes: tuple[ThemeHeard, ...]
    since: date | None
    until: date | None

    @property
    def leading(self) -> tuple[ThemeHeard, ...]:
        """The theme with the most voices; several on a tie; none when nothing is attached."""
        most = max((theme.voices for theme in self.themes), default=0)
        return tuple(theme for theme in self.themes if theme.voices == most > 0)


def heard_in(process: Process, viewer: Viewer, *, with_quotes: bool = True) -> Heard:
    """What was heard, in four queries (three without quotes)."""
    voices = voices_in(cells_of(process))
    quotes = quotes_by_theme(process, viewer) if with_quotes else {}
    themes = visible_records(viewer).filter(process=process.pk, kind=Kind.THEME)
    rows = themes.order_by("as_theme__rank", "pk").values_list(
        "pk", "code", "wording__title", "wording__language"
    )
    lines = [
        ThemeHeard(
            pk,
            code,
            Spoken(title, language),
            voices.by_theme.get(pk, 0),
            100 * voices.by_theme.get(pk, 0) / voices.attached if voices.attached else 0.0,
            tuple(quotes.get(pk, ())),
        )
        for pk, code, title, language in rows
    ]
    since, until = period_of(process, viewer)
    return Heard(voices, tuple(sorted(lines, key=lambda line: -line.voices)), since, until)


def period_of(process: Process, viewer: Viewer) -> tuple[date | None, date | None]:
    """The days on which the first and the last contribution were said."""
    said = Record.objects.filter(process=process.pk, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    ends = said.aggregate(since=Min("happened_at"), until=Max("happened_at"))
    since, until = (
        local_day(moment, viewer.authority.time_zone) if moment else None
        for moment in (ends["since"], ends["until"])
    )
    return since, until


def quotes_by_theme(process: Process, viewer: Viewer) -> dict[UUID, list[Card]]:
    """Each theme's three most supported contributions; at equal support, the first that was said."""
    said = visible_records(viewer).filter(process=process.pk, kind=Kind.IDEA, theme__isnull=False)
    nth = Window(
        RowNumber(),
        partition_by="theme_id",
        order_by=[F("figures__supports").desc(nulls_last=True), F("happened_at").asc(), F("pk").asc()],
    )
    best = said.exclude(state=INADMISSIBLE).annotate(nth=nth).filter(nth__lte=QUOTES)
    quotes: dict[UUID, list[Card]] = defaultdict(list)
    for card in cards(best.order_by("theme_id", "nth")):
        if card.theme_id:
            quotes[card.theme_id].append(card)
    return quotes
