"""Counts of marks added up again, from an entry's data alone.

{total, verified} of supports; of a question also {groups: [{sources, counts}], split: {side: counts}}, where counts
are by answer. An entry from before the verified were told apart has no ``verified``: it says nothing to add up.
"""

from collections.abc import Mapping
from typing import Any

from civics.disclosure.counts import from_least
from civics.ledger.scalars import is_count


def is_counted(data: Mapping[str, Any]) -> bool:
    return "total" in data and "verified" in data


def check_sums(data: Mapping[str, Any]) -> None:
    """ValueError says which of its numbers contradict one another."""
    total, verified = data["total"], data["verified"]
    if not is_count(total):
        raise ValueError("The total is not a whole number from 0.")
    if verified is not None and not (is_count(verified) and verified <= total):
        raise ValueError(f"{verified} verified people cannot be among {total}.")
    if verified is not None and verified != from_least(verified):
        raise ValueError("So few verified people are not to be told.")
    if (groups := data.get("groups")) and _sum_of(group["counts"] for group in groups) != total:
        raise ValueError(f"Its groups do not make its total of {total}.")
    if split := data.get("split"):
        if _sum_of(split.values()) != total:
            raise ValueError(f"Its two sides do not make its total of {total}.")
        if _sum_of([split["verified"]]) != verified:
            raise ValueError(f"What the verified answered does not make {verified}.")


def _sum_of(counts: Any) -> int:
    return sum(sum(each.values()) for each in counts)
