"""What a map counts: ideas by place of the gazetteer, then those whose words name a place that is not in it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from civics.territory.gazetteer import Gazetteer
from civics.territory.geometry import Point
from democratic.thread.queries.places import Known, SaidIn

ListOf = Callable[[str, Sequence[str]], str]
"""The address of what was said in a process (its slug), in these words for its place."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a place has in one process."""

    title: str
    n: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """``at`` is None for what is not on the map; ``slug`` is empty for what is not in the gazetteer."""

    name: str
    slug: str
    at: Point | None
    parts: tuple[Part, ...] = ()

    @property
    def n(self) -> int:
        return sum(part.n for part in self.parts)

    @property
    def url(self) -> str:
        """The list of its ideas, or its own line, which leads to the several lists that hold them."""
        if not self.parts:
            return ""
        return self.parts[0].url if len(self.parts) == 1 else f"#lieu-{self.slug}"


@dataclass(frozen=True, slots=True)
class Lines:
    """``known``: every place that is proposed or was named; the most numerous first, those without ideas last."""

    known: list[Line]
    other: list[Line]
    nowhere: int

    @property
    def located(self) -> list[Line]:
        return [line for line in self.known if line.at]

    @property
    def total(self) -> int:
        return sum(line.n for line in (*self.known, *self.other)) + self.nowhere


def slugs_of(texts: Iterable[str], places: Sequence[Known] | Sequence[Line]) -> dict[str, str]:
    """The place that each of these texts names, for those that name one."""
    slugs = {place.name: place.slug for place in places}
    gazetteer = Gazetteer.of(slugs)
    found = {text: gazetteer.find(text) for text in texts}
    return {text: slugs[name] for text, name in found.items() if name}


def lines_of(places: Sequence[Known], said: Sequence[SaidIn], list_of: ListOf) -> Lines:
    slugs = slugs_of({each.place for each in said if each.place}, places)
    there, elsewhere = defaultdict(list), defaultdict(list)
    for each in said:
        if each.place in slugs:
            there[slugs[each.place]].append(each)
        elif each.place:
            elsewhere[each.place].append(each)
    known = [
        Line(place.name, place.slug, place.at, _parts(there[place.slug], list_of))
        for place in places
        if there[place.slug] or (place.is_official and place.at)
    ]
    other = [Line(text, "", None, _parts(held, list_of)) for text, held in elsewhere.items()]
    nowhere = sum(each.n for each in said if not each.place)
    return Lines(_most_first(known), _most_first(line for line in other if line.n), nowhere)


def _parts(said: Sequence[SaidIn], list_of: ListOf) -> tuple[Part, ...]:
    by_process: dict[str, list[SaidIn]] = defaultdict(list)
    for each in said:
        if each.n:
            by_process[each.slug].append(each)
    parts = [
        Part(held[0].title, sum(each.n for each in held), list_of(slug, [each.place for each in held]))
        for slug, held in by_process.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-part.n, part.title)))


def _most_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.n, line.name))
