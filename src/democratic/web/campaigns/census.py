"""« Le recensement »: what is kept, and a file that is shown before it is put in its place."""

from importlib.resources import files
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from civics.reach.census_file import CensusLine
from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.census import BANDS, Census, census_of
from democratic.participation.campaigns.counting import keep_census, municipalities_of, read_counts
from democratic.web.acts import attempt, refused, refused_by, spend_a_write
from democratic.web.campaigns.forms import CensusForm
from democratic.web.desk.access import for_administrators
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.desk.views.authority import TITLE, authority_path
from democratic.web.formats import number
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.suites.csv_files import csv_response

KEEP = "keep"
NAMED = 12
# The municipalities of the demonstration: what a file looks like.
SAMPLE = files("democratic.participation.campaigns") / "census_sample.csv"


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def census(request: Request) -> HttpResponse:
    """Sent once, a file is looked at; sent again from that page, it is kept."""
    kept = census_of(request.authority)
    sent = request.POST if request.method == "POST" else None
    form = CensusForm(sent, request.FILES if sent is not None else None, initial=_initial(kept))
    looked: dict[str, Any] | None = None
    if sent is not None and sent.get("part") == KEEP:
        location = attempt(request, form, lambda _person, cleaned: _keep(request, cleaned))
        if location is not None:
            acknowledge(request, _("Le recensement est gardé : les campagnes s’y comparent dès maintenant."))
            return location
    elif sent is not None:
        looked = _look(request, form)
    shown = CensusForm(initial=form.cleaned_data) if looked else form
    context = {
        "form": shown,
        "looked": looked,
        "kept": _told(kept),
        "key": uuid7().hex,
        "sample": at("/bureau/recensement/exemple.csv"),
    }
    return desk_page(
        request,
        "census.html",
        context,
        title=_("Le recensement"),
        crumbs=((TITLE, authority_path()),),
        status=200 if looked else refused(form),
    )


@require_safe
@for_administrators
def sample(request: Request) -> HttpResponse:
    """``?vide``: this authority's own municipalities, with nothing counted yet; else the sample that ships."""
    name, head = "recensement", ("commune", "tranche", "habitants")
    if "vide" in request.GET:
        communes = municipalities_of(request.authority)
        return csv_response(
            name, head, [(each.name, str(band.label), "") for each in communes for band in BANDS], ";"
        )
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()[1:]
    return csv_response(name, head, [line.split(";") for line in lines], ";")


def _initial(kept: Census) -> dict[str, Any]:
    return {"source": kept.source, "year": kept.year or None}


def _look(request: Request, form: CensusForm) -> dict[str, Any] | None:
    """What would be kept; None when it may not be, and the form says why."""
    if not form.is_valid():
        return None
    try:
        spend_a_write(request)
        lines = read_counts(request.authority, form.cleaned_data["counts"])
    except Refusal as refusal:
        refused_by(form, refusal)
        return None
    return _preview(request, lines)


def _preview(request: Request, lines: list[CensusLine]) -> dict[str, Any]:
    known = municipalities_of(request.authority)
    told = {line.place for line in lines}
    left = [each.name for each in known if str(each.pk) not in told]
    counted = Census({(line.band, line.place): line.people for line in lines})
    return _told(counted) | {"left": left[:NAMED], "left_more": max(0, len(left) - NAMED)}


def _told(found: Census) -> dict[str, Any]:
    n = len(found.places)
    return {
        "people": number(found.people),
        "communes": ngettext("%(n)s commune", "%(n)s communes", n) % {"n": number(n)},
        "bands": [(str(band.label), number(found.by_band()[band])) for band in BANDS],
        "source": found.source,
        "year": found.year,
        "is_empty": not found.counts,
    }


def _keep(request: Request, cleaned: dict[str, Any]) -> str:
    keep_census(
        authority=request.authority,
        text=cleaned["counts"],
        source=cleaned["source"],
        year=cleaned["year"],
        clock=request.clock,
    )
    return at("/bureau/recensement")
