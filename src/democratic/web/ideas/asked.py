"""What an address of the list asks for, and the addresses that ask a little more or less."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from democratic.thread.queries.facets import Chosen
from democratic.thread.queries.ranking import Cursor, Ranking, read_cursor
from democratic.web.ideas.intake import line, lines

# The facets' names in addresses, in the order in which pages show them.
STATE, ORIGIN, THEME, PLACE = "etat", "origine", "sujet", "lieu"
WORDS, RANKING, AFTER, BEFORE = "q", "tri", "apres", "avant"


@dataclass(frozen=True, slots=True)
class Asked:
    """``base`` is the list's bare address."""

    base: str
    chosen: Chosen = field(default_factory=Chosen)
    ranking: Ranking = Ranking.VOICES
    cursor: Cursor | None = None

    def ticked(self) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        for name, values in (
            (STATE, self.chosen.states),
            (ORIGIN, self.chosen.origins),
            (THEME, self.chosen.themes),
            (PLACE, self.chosen.places),
        ):
            pairs += [(name, value) for value in values]
        return pairs

    def kept(self) -> list[tuple[str, str]]:
        """What a new set of ticks keeps: the words searched and the order."""
        ranking = [(RANKING, self.ranking.value)] if self.ranking != Ranking.VOICES else []
        return [*([(WORDS, self.chosen.words)] if self.chosen.words else []), *ranking]

    def without(self, name: str, value: str) -> str:
        return self.address(pair for pair in [*self.kept(), *self.ticked()] if pair != (name, value))

    def ranked(self, ranking: Ranking) -> str:
        words = [pair for pair in self.kept() if pair[0] != RANKING]
        order = [(RANKING, ranking.value)] if ranking != Ranking.VOICES else []
        return self.address([*words, *order, *self.ticked()])

    def paged(self, name: str, cursor: str) -> str:
        return self.address([*self.kept(), *self.ticked(), (name, cursor)]) if cursor else ""

    def address(self, pairs: Iterable[tuple[str, str]]) -> str:
        query = urlencode(list(pairs))
        return f"{self.base}?{query}" if query else self.base


def read_asked(base: str, query: QueryDict) -> Asked:
    """Whatever is not understood is left out, so that an old or broken address still opens the list."""
    try:
        ranking = Ranking(line(query, RANKING) or Ranking.VOICES)
    except ValueError:
        ranking = Ranking.VOICES
    after, before = line(query, AFTER), line(query, BEFORE)
    cursor = read_cursor(ranking, after or before, is_back=not after)
    chosen = Chosen(
        states=lines(query, STATE),
        origins=lines(query, ORIGIN),
        places=lines(query, PLACE),
        themes=lines(query, THEME),
        words=line(query, WORDS),
    )
    return Asked(base, chosen, ranking, cursor)
