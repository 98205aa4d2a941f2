"""What an agent states to close a process, and what everyone reads of its archives."""

from collections.abc import Iterator
from typing import IO, Any

from django.core.files.storage import storages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from democratic.kernel.files.keeping import path_of
from democratic.participation.processes.queries import get_process_for, process_id_for
from democratic.stewardship.models import Package
from democratic.stewardship.packages.actions import Terms, close_process
from democratic.stewardship.packages.queries import Closed, closed, is_closed
from democratic.stewardship.packages.writing import PARTS
from democratic.thread.queries import RecordNotFound
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.pages import Asked, ask, process_crumbs
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, number
from democratic.web.packages.forms import ClosingForm
from democratic.web.pages import Main, show_stored
from democratic.web.places import process_path
from democratic.web.processes.days import anyone
from democratic.web.requests import Request
from democratic.web.suites.reading import by_slug
from democratic.web.suites.tabs import head_of

PIECE = 1 << 16


@require_http_methods(["GET", "POST"])
@for_agents
@recently_authenticated
def close(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    if is_closed(process):
        return redirect(process_path(slug, "archives"))

    def act(cleaned: dict[str, Any]) -> str:
        close_process(
            process=process, terms=Terms(**cleaned), function=function_of(request), clock=request.clock
        )
        return process_path(slug, "archives")

    asked = Asked(
        title=_("Clore et archiver"),
        lead=_(
            "Tout reste lisible, les retards compris, et ce qui est dû reste dû. Un dossier complet est fait"
            " et son empreinte publiée. Demandez d’abord l’avis de votre service d’archives."
        ),
        send=_("Clore, et publier le dossier"),
        done=_("La concertation est close. Son dossier d’archives se prépare."),
        place=Place.EVIDENCE,
        crumbs=process_crumbs(process),
    )
    return ask(request, ClosingForm(request.POST or None), act, asked)


@by_slug
def archives(request: Request, slug: str) -> HttpResponse:
    """RecordNotFound. A process that is not closed has no such page."""

    def build() -> Main:
        process = get_process_for(anyone(request), slug)
        found = closed(process)
        if found is None:
            raise Http404
        title, closure = _("Les archives"), found.closure
        context = head_of(process, "archives", title) | {
            "closed_on": day(closure.closed_on),
            "facts": [
                (_("Durée d’utilité administrative"), _years(closure.years), closure.why_years),
                (_("Puis"), closure.get_fate_display(), closure.why_fate),
            ],
            "versions": [_version(each, found, slug) for each in found.packages],
            "waits": _waits(found),
        }
        return Main("web/packages/archives.html", context, title, title, "follow")

    return show_stored(request, process_id_for(anyone(request), slug), build)


def _years(years: int) -> str:
    return ngettext("%(n)d an après la clôture", "%(n)d ans après la clôture", years) % {"n": years}


def _waits(found: Closed) -> str:
    """What of the version in the making is done; the page of a closed process without one says nothing."""
    making = found.in_the_making
    if making is None:
        return ""
    return _("Le dossier se prépare : %(done)d étapes sur %(all)d. Il paraîtra ici de lui-même.") % {
        "done": making.parts_done,
        "all": PARTS,
    }


def _version(package: Package, found: Closed, slug: str) -> dict[str, Any]:
    is_current = found.current == package
    return {
        "version": package.version,
        "made_on": day(package.made_at),
        "sha256": package.sha256,
        "size": _("%(n)s ko") % {"n": number(max(1, package.size // 1024))},
        "url": process_path(slug, f"archives/{package.version}.zip") if is_current else "",
        "is_gone": package.made_at is not None and not is_current,
    }


@require_safe
def take(request: Request, slug: str, version: int) -> HttpResponse | StreamingHttpResponse:
    """The current version alone: what holds erased words is not given, whatever the worker did since."""
    try:
        process = get_process_for(anyone(request), slug)
    except RecordNotFound as missing:
        raise Http404 from missing
    found = closed(process)
    package = next((each for each in found.packages if each.version == version), None) if found else None
    if found is None or package is None:
        raise Http404
    if package != found.current or package.file is None:
        text = _(
            "Cette version du dossier n’est plus donnée : des mots en ont été effacés, ou elle se prépare."
        )
        return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")
    try:
        held = storages["private"].open(path_of(package.sha256))
    except OSError:
        text = _("Le dossier ne peut pas être donné pour l’instant. Réessayez dans une minute.")
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response = StreamingHttpResponse(_pieces(held), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="archives-{slug}-{version}.zip"'
    response.headers["Content-Length"] = str(package.size)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _pieces(held: IO[bytes]) -> Iterator[bytes]:
    with held:
        while piece := held.read(PIECE):
            yield piece
