"""From what people type to what the index of words understands."""

import re

from democratic.thread.queries.clauses import Clause

# French stemming leaves the plural on words in -a, -i, -o, -u: « vélo » would not find « vélos ».
_UNSTEMMED = re.compile(r"\b(\w{3,}[aiou])(s?)\b", re.IGNORECASE)
_OPERATORS = re.compile(r"[\"-]|\bor\b", re.IGNORECASE)


def query_of(words: str) -> Clause:
    """A tsquery: words all wanted, « quoted » in a row, joined by « or », or excluded by a dash. Never an error."""
    other = _UNSTEMMED.sub(lambda word: word[1] if word[2] else f"{word[1]}s", words)
    if other == words or _OPERATORS.search(words):
        return "websearch_to_tsquery('fr', %s)", [words]
    return "(websearch_to_tsquery('fr', %s) || websearch_to_tsquery('fr', %s))", [words, other]
