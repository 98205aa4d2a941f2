"""How long a text takes to read, for who reads all of it."""

from collections.abc import Iterable

from civics.legibility.plain import plainness

# Words a minute of adults reading French texts, mean of IReST (Trauzettel-Klosinski and Dietz, 2012).
WORDS_A_MINUTE = 195


def seconds_to_read(texts: Iterable[str]) -> int:
    words = sum(plainness(text).words for text in texts)
    return -(-words * 60 // WORDS_A_MINUTE)


def minutes_to_read(texts: Iterable[str]) -> int:
    """Rounded up: never less than what it takes; 1 for a few words."""
    return max(1, -(-seconds_to_read(texts) // 60))
