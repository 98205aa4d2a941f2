"""How long each group spoke: never how long one person did."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from civics.disclosure.counts import LEAST


@dataclass(frozen=True, slots=True)
class Speech:
    """``speaker`` tells people apart, and is told to nobody."""

    group: str
    speaker: str
    seconds: float


def time_by_group(speeches: Iterable[Speech]) -> dict[str, int]:
    """Whole seconds of each group: for what everyone sees of who speaks, as the seat."""
    totals: dict[str, float] = defaultdict(float)
    for speech in speeches:
        totals[speech.group] += speech.seconds
    return {group: round(seconds) for group, seconds in totals.items()}


def time_by_private_group(speeches: Iterable[Speech], least: int = LEAST) -> dict[str, int]:
    """The same of what people said of themselves for the meeting alone, as a gender.

    The time of fewer than ``least`` speakers would say what each of them declared. The total is known to all, so that
    one hidden group would be found by subtracting: nothing is told unless every group that spoke has ``least`` speakers.
    """
    kept = list(speeches)
    speakers: dict[str, set[str]] = defaultdict(set)
    for speech in kept:
        speakers[speech.group].add(speech.speaker)
    return time_by_group(kept) if len(speakers) > 1 and _are_many(speakers, least) else {}


def _are_many(speakers: Mapping[str, set[str]], least: int) -> bool:
    return all(len(group) >= least for group in speakers.values())
