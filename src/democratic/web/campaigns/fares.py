"""« Les chiffres de la campagne »: how far people went, from which code, and who is missing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.campaigns.census import BANDS, census_of
from democratic.participation.campaigns.figures import CampaignFigures, Funnel, Question, figures_of
from democratic.participation.campaigns.missing import Missing, met_in_the_street, met_on_paper, missing_of
from democratic.participation.campaigns.models import Campaign
from democratic.people.models import AgeBand
from democratic.thread.rules import is_administrator
from democratic.web.campaigns.comparing import drawn, findings, percent
from democratic.web.campaigns.crossing import both_rows, file_rows
from democratic.web.campaigns.plans import code_row
from democratic.web.campaigns.reading import campaign_crumbs, campaign_path, desk_campaign
from democratic.web.campaigns.words import band_label, of_goal
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page, process_desk_path
from democratic.web.formats import euros, number
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.suites.csv_files import csv_response

MOST_PLACES = 30


@require_safe
@for_agents
def figures(request: Request, slug: str, campaign: UUID) -> HttpResponse:
    found = desk_campaign(request, slug, campaign)
    census = census_of(request.authority)
    counted, missing = _counted(found)
    source = _("%(source)s, %(year)s") % {"source": census.source, "year": census.year}
    context = {
        "headline": _headline(counted),
        "how_far": of_goal(counted.all.done, found.goal),
        "funnel": _funnel(counted),
        "costs": _costs(counted),
        "has_census": bool(census.counts),
        "no_census": _no_census(request),
        "findings": findings(missing, process_desk_path(found.process, "rue/nouveau")),
        "charts": drawn(missing, source),
        "both": both_rows(missing),
        "source": source,
        "street": _street(missing),
        "paper": _paper(missing),
        "file": campaign_path(found, "qui-manque.csv"),
        "bands": [band_label(band) for band in _bands(counted)],
        "questions": [_question(each, _bands(counted)) for each in counted.questions],
        "tables": [(name, rows) for name, rows in _tables(counted) if rows],
        "codes": [code_row(each) for each in counted.codes],
    }
    title = _("Les chiffres de la campagne")
    return desk_page(request, "campaign_figures.html", context, title=title, crumbs=campaign_crumbs(found))


@require_safe
@for_agents
def missing_file(request: Request, slug: str, campaign: UUID) -> HttpResponse:
    """As the page shows it: small crossings say so here too."""
    found = desk_campaign(request, slug, campaign)
    _figures, missing = _counted(found)
    head, rows = file_rows(missing)
    return csv_response(f"qui-manque-{found.process.slug}", head, rows, ";")


def _counted(campaign: Campaign) -> tuple[CampaignFigures, Missing]:
    counted = figures_of(campaign, get_language() or "fr")
    publics = [each.public for each in counted.publics]
    street = met_in_the_street(campaign, publics)
    paper = met_on_paper(campaign, publics)
    return counted, missing_of(census_of(campaign.process.authority), publics, counted.people, street, paper)


def _headline(counted: CampaignFigures) -> str:
    """Of who answered the optional question; who would not, and who did not, are told as such: nothing is inferred."""
    told = counted.bodies.get("yes", 0) + counted.bodies.get("no", 0)
    if counted.new_share is None:
        return ""
    said = _(
        "Dans aucune instance auparavant : %(share)s des %(told)s personnes qui l’ont dit ; "
        "%(unsaid)s préfèrent ne pas le dire ; %(unanswered)s n’ont pas répondu à cette question."
    )
    return said % {
        "share": percent(counted.new_share),
        "told": number(told),
        "unsaid": number(counted.unsaid),
        "unanswered": number(counted.unanswered),
    }


def _funnel(counted: CampaignFigures) -> list[tuple[str, str]]:
    people = counted.all
    return [
        (_("ouvertures de la page d’un code"), number(counted.opened)),
        (_("messages partis, écrits par nous"), number(counted.told + counted.written_to.sent)),
        (_("conversations commencées"), number(people.begun)),
        (_("ont répondu à une question au moins"), number(people.answered)),
        (_("sont allés au bout"), number(people.done)),
    ]


def _costs(counted: CampaignFigures) -> list[tuple[str, str]]:
    costs = [
        (_("Coût des codes et des messages"), counted.cost),
        (_("Par personne allée au bout"), counted.each_costs),
        (_("Par personne qui dit n’être dans aucune instance"), counted.each_new_costs),
    ]
    return [(term, euros(cents)) for term, cents in costs if cents]


def _bands(counted: CampaignFigures) -> list[str]:
    """Those that someone said, in the order of ages, and silence last."""
    said = {band for question in counted.questions for band in question.by_band}
    return [band.value for band in (*BANDS, AgeBand.UNSAID) if band in said]


def _question(question: Question, bands: Sequence[str]) -> dict[str, Any]:
    share = percent(round(100 * question.answered / question.begun)) if question.begun else "–"
    by_band = [number(question.by_band.get(band, 0)) for band in bands]
    return {"text": question.text, "n": number(question.answered), "share": share, "by_band": by_band}


def _tables(counted: CampaignFigures) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    by_band: dict[str, Funnel] = {}
    by_place: dict[str, Funnel] = {}
    for (band, place), funnel in counted.people.items():
        by_band[band] = by_band.get(band, Funnel()) + funnel
        by_place[place] = by_place.get(place, Funnel()) + funnel
    order = [band.value for band in BANDS]
    bands = sorted(by_band, key=lambda band: order.index(band) if band in order else len(order))
    places = sorted(by_place, key=lambda place: (not place, -by_place[place].begun, place))[:MOST_PLACES]
    return [
        (_("Par tranche d’âge"), [_funnel_row(band_label(each), by_band[each]) for each in bands]),
        (_("Par commune"), [_funnel_row(each or _("Non dit"), by_place[each]) for each in places]),
    ]


def _funnel_row(name: str, funnel: Funnel) -> tuple[str, str, str, str]:
    return name, number(funnel.begun), number(funnel.answered), number(funnel.done)


def _paper(missing: Missing) -> str:
    n = missing.on_paper
    told = ngettext(
        "Dont %(n)s feuille de papier, comptée par l’âge coché seul : un formulaire ne demande pas la commune.",
        "Dont %(n)s feuilles de papier, comptées par l’âge coché seul : un formulaire ne demande pas la commune.",
        n,
    )
    return told % {"n": number(n)} if n else ""


def _street(missing: Missing) -> str:
    n = missing.in_the_street
    told = ngettext(
        "Dont %(n)s personne rencontrée dans la rue, comptée par son âge seul.",
        "Dont %(n)s personnes rencontrées dans la rue, comptées par leur âge seul.",
        n,
    )
    return told % {"n": number(n)} if n else ""


def _no_census(request: Request) -> dict[str, Any]:
    may = bool(is_administrator(request.viewer))
    return {
        "what": _("Pas encore de recensement"),
        "why": _("Sans savoir qui vit ici, rien ne dit qui manque."),
        "who": _("Un fichier de l’Insee suffit : commune, tranche d’âge, habitants.")
        if may
        else _("Demandez à une personne qui administre le site d’en donner un."),
        "action": (_("Donner un recensement"), at("/bureau/recensement")) if may else None,
    }
