"""« Qui manque ? » as it is said and drawn. Pure: it is given what was compared."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civics.reach.missing import Compared, Line, Verdict
from democratic.participation.campaigns.missing import Missing
from democratic.participation.street.planning import MISSING_LIMIT, PLACE_LIMIT
from democratic.web.campaigns.words import band_label
from democratic.web.formats import NBSP, number

MOST_FOUND, MOST_DRAWN = 6, 30


def percent(share: float) -> str:
    """« 12 % », « 0,4 % » below one; 12% in English."""
    said = f"{share:.0f}" if share >= 1 or not share else f"{share:.1f}"
    if (get_language() or "").startswith("fr"):
        return f"{said.replace('.', ',')}{NBSP}%"
    return f"{said}%"


def verdict_words(verdict: Verdict) -> str:
    return {
        Verdict.MISSING: _("manque"),
        Verdict.HEARD: _("entendu"),
        Verdict.TOO_FEW: _("trop peu pour le dire"),
    }[verdict]


def findings(missing: Missing, street: str) -> list[dict[str, str]]:
    """Those who are missing most, by age first, each with a street session to plan for them."""
    told = [_found(band_label(line.cell), line, street, "") for line in missing.by_band.missing]
    told += [_found(line.cell, line, street, line.cell) for line in missing.by_place.missing]
    return told[:MOST_FOUND]


def _found(who: str, line: Line[str], street: str, place: str) -> dict[str, str]:
    said = _(
        "%(met)s des personnes rencontrées, %(census)s de la population : il en manque %(n)s pour une part égale."
    )
    words = said % {
        "met": percent(line.met_share),
        "census": percent(line.census_share),
        "n": number(line.short),
    }
    asked = {"manque": who[:MISSING_LIMIT], "lieu": place[:PLACE_LIMIT]}
    return {
        "who": who,
        "words": words,
        "street": f"{street}?{urlencode({name: value for name, value in asked.items() if value})}",
    }


def drawn(missing: Missing, source: str) -> list[dict[str, Any]]:
    """For parts/shares.html: by age, by municipality."""
    by_band, by_place = missing.by_band, missing.by_place
    return [
        _drawn("age", _("par tranche d’âge"), by_band, band_label, source),
        _drawn("commune", _("par commune"), by_place, str, source),
    ]


def _drawn(
    key: str, how: str, found: Compared[str], name: Callable[[str], str], source: str
) -> dict[str, Any]:
    lines = found.lines
    if len(lines) > MOST_DRAWN:
        lines = tuple(sorted(lines, key=lambda line: -line.inhabitants)[:MOST_DRAWN])
    most = max([share for line in lines for share in (line.met_share, line.census_share)], default=0) or 1
    rows = [
        {
            "label": name(line.cell),
            "value": percent(line.met_share),
            "census": percent(line.census_share),
            "share": f"{100 * line.met_share / most:.1f}",
            "mark": f"{100 * line.census_share / most:.1f}",
            "is_missing": line.verdict == Verdict.MISSING,
            "is_few": line.verdict == Verdict.TOO_FEW,
            "cells": _cells(line),
        }
        for line in lines
    ]
    return {
        "id": f"manque-{key}",
        "title": _title(found, how, name),
        "n": _n(found, source),
        "rows": rows,
        "alt": _("Part des personnes rencontrées et part de la population, %(how)s : %(all)s") % {
            "how": how,
            "all": " ; ".join(f"{each['label']}, {each['value']} / {each['census']}" for each in rows),
        },
        "aside": _aside(found),
    }  # fmt: skip


def _title(found: Compared[str], how: str, name: Callable[[str], str]) -> str:
    if found.missing:
        who = ", ".join(name(line.cell) for line in found.missing[:3])
        return _("Qui manque, %(how)s : %(who)s") % {"how": how, "who": who}
    few = [line.verdict == Verdict.TOO_FEW for line in found.lines]
    if all(few):
        return _("Trop peu de réponses pour dire qui manque, %(how)s") % {"how": how}
    if any(few):
        return _("Personne ne manque nettement, %(how)s, là où les réponses suffisent") % {"how": how}
    return _("Personne ne manque nettement, %(how)s") % {"how": how}


def _n(found: Compared[str], source: str) -> str:
    met = found.lines[0].met_in_all if found.lines else 0
    told = _("%(n)s personnes rencontrées, volontaires ; population : %(source)s")
    return told % {"n": number(met), "source": source}


def _aside(found: Compared[str]) -> list[tuple[str, str]]:
    return [
        (term, number(n))
        for term, n in ((_("Non dit"), found.unsaid), (_("Hors des publics visés"), found.elsewhere))
        if n
    ]


def _cells(line: Line[str]) -> list[str]:
    return [
        number(line.inhabitants),
        percent(line.census_share),
        number(line.met),
        percent(line.met_share),
        f"{line.gap:+.0f}".replace("-", "−"),
        number(line.short),
        verdict_words(line.verdict),
    ]
