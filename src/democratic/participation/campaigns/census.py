"""The census of an authority's municipalities, as it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from democratic.participation.campaigns.models import CensusCount
from democratic.people.models import AgeBand
from democratic.thread.models import Authority

Cell = tuple[str, str]  # (age band, name of the municipality), as a conversation keeps them
BANDS = [band for band in AgeBand if band != AgeBand.UNSAID]


@dataclass(frozen=True, slots=True)
class Census:
    """What is kept: nothing in it when no census was given."""

    counts: Mapping[Cell, int] = field(default_factory=dict)
    source: str = ""
    year: int = 0

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    def by_band(self) -> dict[str, int]:
        """In the order of ages."""
        return {
            band.value: sum(n for (each, _place), n in self.counts.items() if each == band) for band in BANDS
        }

    @property
    def places(self) -> list[str]:
        return sorted({place for _band, place in self.counts})


def census_of(authority: Authority) -> Census:
    """In one query."""
    rows = list(
        CensusCount.objects.filter(authority=authority)
        .order_by("place__name", "age_band")
        .values_list("age_band", "place__name", "people", "source", "year")
    )
    if not rows:
        return Census()
    return Census({(band, place): n for band, place, n, _source, _year in rows}, rows[0][3], rows[0][4])
