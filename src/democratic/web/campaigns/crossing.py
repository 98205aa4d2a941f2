"""« Qui manque ? » by age and municipality at once, and as a file: nothing in it counts fewer than five people of both."""

from typing import Any

from django.utils.translation import gettext as _

from civics.reach.missing import Line, Verdict
from democratic.participation.campaigns.census import Cell
from democratic.participation.campaigns.missing import Missing
from democratic.web.campaigns.comparing import verdict_words
from democratic.web.campaigns.words import band_label
from democratic.web.formats import number

MOST_CROSSED = 200


def both_rows(missing: Missing) -> list[dict[str, Any]]:
    """Age and municipality at once, the most missing first: nothing that would count fewer than five people."""
    order = {Verdict.MISSING: 0, Verdict.HEARD: 1, Verdict.TOO_FEW: 2}
    lines = sorted(missing.by_both.lines, key=lambda line: (order[line.verdict], -line.expected, line.cell))
    told = [line for line in lines if line.is_telling][:MOST_CROSSED]
    return [
        {
            "who": f"{band_label(line.cell[0])}, {line.cell[1]}",
            "met": _shown(missing, line),
            "expected": number(round(line.expected)),
            "verdict": verdict_words(line.verdict),
            "is_missing": line.verdict == Verdict.MISSING,
        }
        for line in told
    ]


def _shown(missing: Missing, line: Line[Cell]) -> str:
    """« moins de 5 »; « non détaillé » for what would give a smaller one away."""
    n = missing.shown.get(line.cell)
    if n is not None:
        return number(n)
    return _("moins de 5") if line.met < 5 else _("non détaillé")  # noqa: PLR2004  as said


def file_rows(missing: Missing) -> tuple[tuple[str, ...], list[tuple[str | int | float, ...]]]:
    head = (
        _("tranche"), _("commune"), _("habitants"), _("part de la population"), _("personnes rencontrées"),
        _("part des personnes rencontrées"), _("écart en points"), _("il en manque"), _("verdict"),
    )  # fmt: skip
    rows: list[tuple[str | int | float, ...]] = [
        *((band_label(line.cell), "", *_file_cells(line)) for line in missing.by_band.lines),
        *(("", line.cell, *_file_cells(line)) for line in missing.by_place.lines),
        *(_both_cells(missing, line) for line in missing.by_both.lines),
    ]
    for name, found in ((_("par tranche d’âge"), missing.by_band), (_("par commune"), missing.by_place)):
        rows.append((_("Non dit"), name, "", "", found.unsaid, "", "", "", ""))
        rows.append((_("Hors des publics visés"), name, "", "", found.elsewhere, "", "", "", ""))
    return head, rows


def _file_cells(line: Line[str]) -> tuple[str | int | float, ...]:
    return (
        line.inhabitants, round(line.census_share, 1), line.met, round(line.met_share, 1), round(line.gap, 1),
        line.short, verdict_words(line.verdict),
    )  # fmt: skip


def _both_cells(missing: Missing, line: Line[Cell]) -> tuple[str | int | float, ...]:
    """Of a small crossing, no share nor gap either: they would say its number.

    Nor whether it was heard when few are expected: « moins de 5, entendu » of eight expected would be four.
    """
    band, place = line.cell
    return (
        band_label(band), place, line.inhabitants, round(line.census_share, 1), _shown(missing, line),
        "", "", "", verdict_words(line.verdict if line.is_telling else Verdict.TOO_FEW),
    )  # fmt: skip
