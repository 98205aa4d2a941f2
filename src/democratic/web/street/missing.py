"""« Qui manque ? » of one session, as its two pages say it."""

from typing import Any

from django.utils.translation import gettext as _

from civics.reach.missing import Verdict
from democratic.participation.campaigns.census import census_of
from democratic.participation.campaigns.in_the_street import MetThere, missing_there
from democratic.participation.street.models import StreetSession
from democratic.web.campaigns.comparing import percent, verdict_words
from democratic.web.campaigns.words import band_label
from democratic.web.formats import number


def missing_of(session: StreetSession) -> dict[str, Any] | None:
    """Once it is told, and not before; one query. None: nothing of it may be said, or no census was given."""
    census = census_of(session.record.authority)
    found = missing_there(census, session.counted)
    if found is None:
        return None
    return {
        "finding": _finding(found),
        "rows": [
            {
                "age": band_label(line.cell),
                "n": number(line.met),
                "here": percent(line.met_share),
                "census": percent(line.census_share),
                "verdict": verdict_words(line.verdict),
                "is_missing": line.verdict == Verdict.MISSING,
            }
            for line in found.compared.lines
        ],
        "apart": ", ".join(band_label(band) for band in found.apart),
        "unsaid": "" if found.unsaid == 0 else _n(found.unsaid),
        "not_answered": number(found.not_answered) if found.not_answered else "",
        "source": f"{census.source}, {census.year}",
    }


def _n(n: int | None) -> str:
    return _("non publié") if n is None else number(n)


def _finding(found: MetThere) -> str:
    missing = [band_label(line.cell) for line in found.compared.missing]
    if missing:
        return _("Moins de la moitié de leur part : %(who)s.") % {"who": ", ".join(missing)}
    if all(line.verdict == Verdict.TOO_FEW for line in found.compared.lines):
        return _("Trop peu de personnes rencontrées pour dire qui manque.")
    return _("Aucun âge ne manque nettement, là où les personnes rencontrées suffisent à le dire.")
