"""Words and sentences of a text, and its mean sentence: what a plain text is held to.

The bounds come from the European guidelines for easy-to-read information (Inclusion Europe) as French town halls
apply them: short sentences, one idea each. A text is only called « FALC » when people concerned have read it.
"""

import re
from dataclasses import dataclass

MOST_WORDS = 120
LONGEST_MEAN = 13  # words a sentence

# A point inside a number or an abbreviation of one letter ends no sentence; neither does « art. 6 ».
_END = re.compile(r"(?<!\b[A-Za-z])[.!?…]+(?=\s|$|»)|\n+")
_WORD = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ]+(?:[-][0-9A-Za-zÀ-ÖØ-öø-ÿŒœ]+)*")


@dataclass(frozen=True, slots=True)
class Plainness:
    words: int
    sentences: int

    @property
    def mean(self) -> float:
        """Words a sentence; 0 for an empty text."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def is_short(self) -> bool:
        return self.words <= MOST_WORDS

    @property
    def is_plain(self) -> bool:
        return self.mean <= LONGEST_MEAN


def plainness(text: str) -> Plainness:
    """« l’arrêt » counts two words, « peut-être » one; what has no word is no sentence."""
    parts = [part for part in _END.split(text) if _WORD.search(part)]
    return Plainness(sum(len(_WORD.findall(part)) for part in parts), len(parts))
