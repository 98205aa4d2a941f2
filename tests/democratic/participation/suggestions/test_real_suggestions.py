"""Suggestions on real people's words, against the categories that they chose. Nothing of the data is kept here."""

import csv
import os
import sys
from collections import Counter
from math import log
from pathlib import Path

import pytest

from civics.grouping import suggest_groups
from democratic.thread.queries.clauses import rows_of

SHARED = Path(os.environ.get("DEMOCRATIC_SHARED", Path(__file__).parents[5] / "shared"))
PROPOSALS = SHARED / "data" / "decidim" / "propositions-libres.csv"
STEMS = "select tsvector_to_array(to_tsvector('fr', %s))"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not PROPOSALS.is_file(),
        reason=f"the real consultation is not here ({PROPOSALS}): set DEMOCRATIC_SHARED",
    ),
]


def entropy(counted):
    n = sum(counted.values())
    return -sum(k / n * log(k / n) for k in counted.values())


def shared_information(pairs):
    """Normalized mutual information: 0 when one says nothing of the other, 1 when it says all."""
    left, right = Counter(a for a, _b in pairs), Counter(b for _a, b in pairs)
    return 2 * (entropy(left) + entropy(right) - entropy(Counter(pairs))) / (entropy(left) + entropy(right))


def purity(pairs):
    """The share of contributions whose category is the commonest of their group."""
    groups = Counter(pairs)
    best = {group: max(n for (g, _c), n in groups.items() if g == group) for group, _c in pairs}
    return sum(best.values()) / len(pairs)


@pytest.fixture
def proposals():
    csv.field_size_limit(10**8)
    with PROPOSALS.open(encoding="utf-8-sig", newline="") as file:
        return [
            (f"{row['title']} {row['body']}", row["category/name/fr"])
            for row in csv.DictReader(file, delimiter=";")
        ]


def test_what_comes_together_is_of_one_category_far_more_often_than_by_chance(proposals):
    texts = [rows_of((STEMS, [text]))[0][0] for text, _category in proposals]
    found = suggest_groups(texts)
    pairs = [
        (rank, proposals[member][1])
        for rank, group in enumerate(found.groups)
        for member in group.members
        if proposals[member][1]
    ]
    chance = max(Counter(category for _rank, category in pairs).values()) / len(pairs)
    sys.stdout.write(
        f"\n{len(proposals)} proposals: {len(found.groups)} groups, coverage {found.coverage:.0%}, purity"
        f" {purity(pairs):.2f} (one group: {chance:.2f}), mutual information {shared_information(pairs):.2f}\n"
    )
    assert found.coverage > 0.4
    assert purity(pairs) > chance + 0.15
    assert shared_information(pairs) > 0.25
