"""A census read from a file, then kept whole in place of the former; or refused, line by line."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civics.reach.census_file import BadLine, CensusLine, Fault, NotACensus, read_census
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.campaigns.census import BANDS
from democratic.participation.campaigns.models import WHAT_LIMIT, CensusCount
from democratic.people.models import AgeBand
from democratic.thread.models import Authority, Place

FIRST_YEAR = 1990
# What is typed beside a band's own name, in whatever language the desk is read.
_ALIASES = {
    "0-14": AgeBand.UNDER_15,
    "moins de 15": AgeBand.UNDER_15,
    "under 15": AgeBand.UNDER_15,
    "65 et plus": AgeBand.SENIOR,
    "65 and over": AgeBand.SENIOR,
}


def municipalities_of(authority: Authority) -> list[Place]:
    """Those that are proposed, by name."""
    known = Place.objects.filter(authority=authority, kind=Place.Kind.MUNICIPALITY, is_official=True)
    return list(known.order_by("name"))


def read_counts(authority: Authority, text: str) -> list[CensusLine]:
    """Refusal: the lines at fault, each with its number and what to do. ``place`` is then the key of a Place."""
    known = municipalities_of(authority)
    if not known:
        raise Refusal(_("Donnez d’abord la liste de vos communes, dans « Le territoire »."), field="counts")
    places = {typed: str(each.pk) for each in known for typed in (each.name, each.insee_code) if typed}
    bands = {str(typed): band.value for band in BANDS for typed in (band.value, band.label)}
    try:
        return read_census(text, places, bands | {typed: band.value for typed, band in _ALIASES.items()})
    except NotACensus as refusal:
        raise Refusal(_told(refusal), field="counts") from refusal


@transaction.atomic
def keep_census(*, authority: Authority, text: str, source: str, year: int, clock: Clock) -> int:
    """In place of what was kept. How many counts."""
    named = clean_line(source)[:WHAT_LIMIT]
    if not named:
        raise Refusal(_("Dites d’où viennent ces nombres : « Insee, RP 2022 »."), field="source")
    if not FIRST_YEAR <= year <= local_day(clock.now(), authority.time_zone).year:
        raise Refusal(_("Donnez l’année de ce recensement : 2022, par exemple."), field="year")
    lines = read_counts(authority, text)
    Authority.objects.select_for_update().get(pk=authority.pk)
    CensusCount.objects.filter(authority=authority).delete()
    CensusCount.objects.bulk_create(_rows(authority, lines, named, year), batch_size=1_000)
    return len(lines)


def _rows(authority: Authority, lines: Sequence[CensusLine], source: str, year: int) -> list[CensusCount]:
    return [
        CensusCount(
            authority=authority,
            place_id=line.place,
            age_band=line.band,
            people=line.people,
            source=source,
            year=year,
        )
        for line in lines
    ]


def _told(refusal: NotACensus) -> str:
    if refusal.is_too_long:
        return _("Ce fichier dépasse 12 000 lignes : vérifiez que c’est bien celui de vos communes.")
    if not refusal.lines:
        return _("Donnez une ligne par commune et par tranche d’âge : commune, tranche, habitants.")
    return " ".join(_line(each) for each in refusal.lines)


def _line(bad: BadLine) -> str:
    return _("Ligne %(n)d, « %(said)s » : %(why)s") % {
        "n": bad.line,
        "said": bad.said[:80],
        "why": _WHY[bad.fault],
    }


_WHY: dict[Fault, Promise] = {
    Fault.NOT_THREE: gettext_lazy("il faut trois colonnes : commune, tranche, habitants."),
    Fault.NO_SUCH_PLACE: gettext_lazy(
        "cette commune n’est pas dans « Le territoire » : corrigez son nom, ou ajoutez-la là-bas."
    ),
    Fault.NO_SUCH_BAND: gettext_lazy(
        "les tranches sont : moins de 15 ans, 15-17 ans, 18-25 ans, 26-64 ans, 65 ans et plus."
    ),
    Fault.NOT_A_NUMBER: gettext_lazy("écrivez un nombre entier d’habitants, sans virgule."),
    Fault.TOO_MANY: gettext_lazy("ce nombre est trop grand pour une commune."),
    Fault.TWICE: gettext_lazy("cette commune et cette tranche sont déjà plus haut : gardez une seule ligne."),
}
