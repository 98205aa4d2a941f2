"""« Qui manque ? » of a campaign: whom it met beside the census of those whom it wants to hear."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from civics.disclosure.crossed import crossed
from civics.reach.missing import Compared, compare
from democratic.participation.campaigns.census import BANDS, Cell, Census
from democratic.participation.campaigns.figures import Funnel
from democratic.participation.campaigns.models import Campaign, CampaignPublic, Means
from democratic.participation.paper.models import PaperBatch
from democratic.participation.street.models import StreetCapture
from democratic.people.models import AgeBand

# Where the census does not tell of anyone: no name of a band nor of a place.
OUTSIDE = "?"


@dataclass(frozen=True, slots=True)
class Missing:
    """By age, by municipality, and both at once; ``shown``: of both, how many were met, None for fewer than five."""

    by_band: Compared[str]
    by_place: Compared[str]
    by_both: Compared[Cell]
    shown: Mapping[Cell, int | None]
    in_the_street: int
    on_paper: int = 0


def missing_of(
    census: Census,
    publics: Sequence[CampaignPublic],
    people: Mapping[Cell, Funnel],
    street: Mapping[str, int] | None = None,
    paper: Mapping[Cell, int] | None = None,
) -> Missing:
    """Among the publics of the campaign, or everyone when it names none. Met: who answered one question at least.

    ``street``: people met at street sessions, by band: nobody asks them where they live, so they count by age alone.
    ``paper``: sheets that were counted, by band, and by the municipality of a class where its sheets said it.
    """
    aimed = _aimed(census, publics)
    bands, places = {band for band, _place in aimed}, {place for _band, place in aimed}
    met: Counter[Cell] = Counter()
    for cell, funnel in people.items():
        met[cell] += funnel.answered
    for (band, place), n in (
        *(((band, ""), n) for band, n in (street or {}).items()),
        *(paper or {}).items(),
    ):
        met["" if band == AgeBand.UNSAID else band, place] += n
    both = compare(aimed, _both(met), unsaid=sum(n for cell, n in met.items() if not all(cell)))
    return Missing(
        by_band=_along(aimed, met, 0, places),
        by_place=_along(aimed, met, 1, bands),
        by_both=both,
        shown=crossed({line.cell: line.met for line in both.lines}),
        in_the_street=sum((street or {}).values()),
        on_paper=sum((paper or {}).values()),
    )


def _aimed(census: Census, publics: Sequence[CampaignPublic]) -> dict[Cell, int]:
    """The cells of bands and places that some public names; one that names none names all."""
    bands = {band for public in publics for band in (public.bands or BANDS)} if publics else set(BANDS)
    every_place = not publics or any(public.place is None for public in publics)
    places = {public.place.name for public in publics if public.place}
    return {
        (band, place): n
        for (band, place), n in census.counts.items()
        if band in bands and (every_place or place in places)
    }


def _along(
    aimed: Mapping[Cell, int], met: Mapping[Cell, int], axis: int, others: Collection[str]
) -> Compared[str]:
    """One of the two alone. Who said to be elsewhere by the other is elsewhere; who did not say it is counted."""
    census: Counter[str] = Counter()
    order = [band.value for band in BANDS]
    for cell in sorted(aimed, key=lambda cell: order.index(cell[0])) if axis == 0 else sorted(aimed):
        census[cell[axis]] += aimed[cell]
    if axis == 1:
        census = Counter(dict(sorted(census.items())))
    counted: Counter[str] = Counter()
    unsaid = 0
    for cell, n in met.items():
        said, other = cell[axis], cell[1 - axis]
        if not said:
            unsaid += n
        else:
            counted[said if not other or other in others else OUTSIDE] += n
    return compare(census, counted, unsaid=unsaid)


def _both(met: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: n for cell, n in met.items() if all(cell)}


def met_in_the_street(campaign: Campaign, publics: Sequence[CampaignPublic]) -> dict[str, int]:
    """By band, during the campaign, when its plan goes to the street: empty else, in one query or none."""
    if not any(Means.STREET in public.means for public in publics):
        return {}
    rows = StreetCapture.objects.filter(
        session__process=campaign.process_id,
        state=StreetCapture.State.VALIDATED,
        payload__has_key="age_band",
        session__starts_at__date__range=(campaign.starts_on, campaign.ends_on),
    )
    met = Counter(campaign.before.get("street", {}))
    met.update(dict(rows.values_list("payload__age_band").annotate(n=Count("pk")).order_by()))
    return dict(met)


def met_on_paper(campaign: Campaign, publics: Sequence[CampaignPublic]) -> dict[Cell, int]:
    """Of piles gathered during the campaign and counted, when its plan goes by paper; in one query or none.

    By band and municipality: the second is empty but for classes of which it was said.
    """
    if not any(Means.PAPER in public.means for public in publics):
        return {}
    piles = PaperBatch.objects.filter(
        process=campaign.process_id,
        counted_at__isnull=False,
        gathered_on__range=(campaign.starts_on, campaign.ends_on),
    )
    met: Counter[Cell] = Counter({(band, place): n for band, place, n in campaign.before.get("paper", ())})
    for told in piles.values_list("told", flat=True):
        # A pile that was counted by an earlier release tells of ages alone.
        lines = told.get("met") or [[band, "", n] for band, n in told.get("ages", {}).items()]
        for band, place, n in lines:
            met[band or AgeBand.UNSAID.value, place] += n
    return dict(met)
