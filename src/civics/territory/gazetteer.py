"""Which known place a text names: « À la gare de Vaubrun » is said of Vaubrun."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Without accents, capitals, hyphens nor apostrophes: nobody types them twice the same way."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(re.findall(r"\w+", bare))


@dataclass(slots=True)
class Gazetteer:
    """Names as they are known; ``find`` reads each text once, whatever their number."""

    _names: dict[Words, str] = field(default_factory=dict)
    _longest: int = 0

    @classmethod
    def of(cls, names: Iterable[str]) -> "Gazetteer":
        known = {words_of(name): name for name in names}
        known.pop((), None)
        return cls(known, max(map(len, known), default=0))

    def find(self, text: str) -> str | None:
        """The longest name that stands whole in the text; the first of them, when two are as long."""
        said = words_of(text)
        for length in range(min(self._longest, len(said)), 0, -1):
            for start in range(len(said) - length + 1):
                if name := self._names.get(said[start : start + length]):
                    return name
        return None
