"""Facets as parts/facets.html and parts/chips.html draw them: the same for the list and for the search."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from democratic.thread.queries.facets import Box
from democratic.web.formats import number

MOST_BOXES = 12

Pair = tuple[str, str]
"""A name in an address, and a value ticked."""


class Group(NamedTuple):
    """One facet: its legend, its name in addresses, and each box with its word (none: not shown)."""

    legend: str
    name: str
    boxes: Sequence[tuple[Box, str]]


def facets_of(
    groups: Sequence[Group], ticked: Sequence[Pair], *, action: str, label: str, keep: Sequence[Pair]
) -> dict[str, Any]:
    """A facet with one choice is no choice. What is ticked is always shown, however rare."""
    shown = []
    for group in groups:
        choices = [
            (box.value, word, number(box.n), (group.name, box.value) in ticked)
            for rank, (box, word) in enumerate(group.boxes)
            if word and (rank < MOST_BOXES or (group.name, box.value) in ticked)
        ]
        if len(choices) > 1 or any(is_ticked for *_, is_ticked in choices):
            shown.append({"legend": group.legend, "name": group.name, "choices": choices})
    return {"action": action, "label": label, "keep": keep, "groups": shown}


def chips_of(
    groups: Sequence[Group], ticked: Sequence[Pair], without: Callable[[Pair], str]
) -> list[tuple[str, str]]:
    """Each thing ticked, with the address that takes it off."""
    found = {(group.name, box.value): word for group in groups for box, word in group.boxes}
    return [(found.get(pair, pair[1]), without(pair)) for pair in ticked]
