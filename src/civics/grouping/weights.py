"""How much each word says of a text: often there, seldom elsewhere (TF-IDF: Spärck Jones 1972, Salton 1988)."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

FEWEST_TEXTS = 3  # as the smallest group has: a word of fewer texts brings none together
MOST_SHARE = 0.25  # of the texts: a word that stands in more of them says nothing of any…
FEW_TEXTS = 10  # …unless these are so few that every word stands in many


def weigh(texts: Sequence[Sequence[str]]) -> tuple[csr_matrix, list[str]]:
    """One row a text, of length 1 (or 0 when none of its words counts), one column a word; and those words.

    Words are stems, without the commonest of the language. A word said again counts less each time.
    """
    seen = Counter(word for text in texts for word in set(text))
    most = max(FEW_TEXTS, len(texts) * MOST_SHARE)
    words = sorted(word for word, n in seen.items() if FEWEST_TEXTS <= n <= most)
    column = {word: n for n, word in enumerate(words)}
    rarity = np.log(len(texts) / np.array([seen[word] for word in words], dtype=float))
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for row, text in enumerate(texts):
        counted = Counter(word for word in text if word in column)
        found = {column[word]: (1 + np.log(n)) * rarity[column[word]] for word, n in sorted(counted.items())}
        length = float(np.sqrt(sum(weight**2 for weight in found.values())))
        if length:
            rows += [row] * len(found)
            columns += found.keys()
            weights += [weight / length for weight in found.values()]
    return csr_matrix((weights, (rows, columns)), shape=(len(texts), len(words))), words
