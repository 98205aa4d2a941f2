"""« Qui manque ? » of one street session, from what it published of those whom it met, and nothing finer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from civics.reach.missing import Compared, compare
from democratic.participation.campaigns.census import Census
from democratic.people.models import AgeBand


@dataclass(frozen=True, slots=True)
class MetThere:
    """By age, who was met beside who lives there.

    ``apart``: the bands of which the number may not be told: of neither side of the comparison, so that both shares
    are of the same bands. ``unsaid``: who did not say her age, None when that may not be told. ``not_answered``: who
    was spoken to and would not answer; nothing is known of them.
    """

    compared: Compared[str]
    apart: tuple[str, ...]
    unsaid: int | None
    not_answered: int


def missing_there(census: Census, counted: Mapping[str, Any]) -> MetThere | None:
    """``counted``: as ``street.telling.counts_of`` made it. None: there is no census, or nothing may be told."""
    bands: Mapping[str, int | None] = counted.get("bands", {})
    lived_in = census.by_band()
    apart = tuple(band for band in lived_in if bands.get(band, 0) is None)
    met = {band: n for band, n in bands.items() if n and band != AgeBand.UNSAID}
    compared = compare({band: n for band, n in lived_in.items() if band not in apart}, met)
    if not met or not compared.lines:
        return None
    return MetThere(compared, apart, bands.get(AgeBand.UNSAID, 0), counted.get("refused", 0))
