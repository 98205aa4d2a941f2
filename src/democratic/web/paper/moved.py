"""A page of the grid against what stands: lines filled in by a scan meanwhile are shown, beside what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from democratic.participation.paper.actions.merging import NOTHING, LinesMoved, Take, stamp_of
from democratic.participation.paper.cells import Cells
from democratic.web.paper.forms import GridForm


@dataclass(frozen=True, slots=True)
class Sides:
    """What stands on a line that was typed otherwise. ``stamp``: of what is shown here, which one chooses."""

    cells: Cells
    stamp: str


def seen_in(sent: Mapping[str, Any], numbers: Iterable[int]) -> dict[int, str]:
    """The stamp of each line as the page that was sent had shown it."""
    return {n: str(sent.get(f"seen_{n}") or NOTHING) for n in numbers}


def chosen_in(sent: Mapping[str, Any], numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By line, what to keep of it, and of which of its states."""
    said = {n: str(sent.get(f"take_{n}", "")).partition(":") for n in numbers}
    return {n: (take, stamp) for n, (take, _colon, stamp) in said.items() if take in set(Take)}


def freshen(form: GridForm, now: Mapping[int, Cells], *, is_kept: bool) -> dict[int, str]:
    """The stamps to send with the page. Lines that were not changed here, or are kept, are shown as they stand."""
    if not form.is_bound:
        return {n: stamp_of(now.get(n, Cells())) for n in form.numbers}
    seen, typed = seen_in(form.data, form.numbers), form.rows()
    for n in form.numbers:
        stands = now.get(n, Cells())
        if is_kept or (not form.is_wrong(n) and stamp_of(typed[n]) == seen[n]):
            form.show(n, stands)
            seen[n] = stamp_of(stands)
    return seen


def sides_of(refused: LinesMoved | None) -> dict[int, Sides]:
    saved = refused.saved if refused is not None else {}
    return {n: Sides(cells, stamp_of(cells)) for n, cells in saved.items()}
