"""Figures: the authority's page of them, one alone, one for another site, and their files."""

import json
from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.kernel.limits import Limit, spend
from democratic.kernel.outages import Unavailable
from democratic.kernel.pages import stamp_of
from democratic.kernel.refusals import Refusal
from democratic.thread.queries import RecordNotFound
from democratic.web.acts import respond_to_refusal
from democratic.web.charts.chart import Chart, Own
from democratic.web.charts.drawing import PICTURE, CannotDraw, is_kept, png_of, svg_of
from democratic.web.charts.forms import FORMS
from democratic.web.charts.frame import framed
from democratic.web.charts.specs import spec_of
from democratic.web.figures.sources import Source, of_authority, of_process
from democratic.web.guests import network_of
from democratic.web.headers import FramableResponse
from democratic.web.pages import SCOPE_HEADER, Main, show_stored
from democratic.web.places import at, elsewhere
from democratic.web.requests import Request
from democratic.web.suites.csv_files import csv_response

PICTURES = Limit("pictures-of-network", 60, 600)
TABLE, SPEC = "donnees.csv", "figure.json"
FOR_EVER = "public, max-age=31536000, immutable"
# A drawing may carry its own font, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"


def _source(request: Request, slug: str) -> Source:
    try:
        return of_process(request, slug) if slug else of_authority(request)
    except RecordNotFound as missing:
        raise Http404 from missing


@require_safe
def figures(request: Request) -> HttpResponse:
    source = _source(request, "")

    def build() -> Main:
        charts = source.charts()
        context = {
            "trail": [source.trail[0], (_("Les chiffres"), "")],
            "charts": [framed(chart) for chart in charts],
            "empty": None if charts else _empty(),
        }
        description = _("Ce qui a été dit, répondu et promis sur ce territoire, compté chaque jour.")
        return Main("web/figures/all.html", context, _("Les chiffres"), description, "follow")

    return show_stored(request, source.scope, build)


@require_safe
def figure(request: Request, key: str, slug: str = "") -> HttpResponse:
    source = _source(request, slug)

    def build() -> Main:
        chart = source.chart(key)
        address = elsewhere(request.authority, f"{chart.base}/integrer")
        code = f'<iframe src="{address}" title="{chart.caption}" width="100%" height="520" loading="lazy"></iframe>'
        context = {"trail": [*source.trail, (chart.caption, "")], "chart": framed(chart), "code": code}
        return Main("web/figures/one.html", context, chart.finding, chart.n, "follow")

    return show_stored(request, source.scope, build)


@require_safe
def embed(request: Request, key: str, slug: str = "") -> HttpResponse:
    """Alone, for the page of another site: no script, no cookie, and the one page that may be framed."""
    chart = _source(request, slug).chart(key)
    context = {
        "chart": framed(chart),
        "finding": chart.finding,
        "language": get_language(),
        "authority": request.authority,
        "whole_url": elsewhere(request.authority, chart.base),
    }
    return FramableResponse(render_to_string("web/figures/embed.html", context))


@require_safe
def figure_file(request: Request, key: str, digest: str, form: str, slug: str = "") -> HttpResponse:
    source = _source(request, slug)
    stamp = stamp_of(source.scope)  # before the counts: what moves meanwhile makes it stale, never wrong
    chart = source.chart(key)
    answer = _answer_of(chart, form)
    if answer is None:
        raise Http404
    if digest != chart.digest:
        moved = HttpResponseRedirect(chart.file(form))
        moved.headers["Cache-Control"] = "no-cache"
        return moved
    response = answer(request, source)
    if response.status_code == 200:  # noqa: PLR2004
        response.headers["Cache-Control"] = FOR_EVER
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Allow-Origin"] = "*"
        if form in FORMS and request.person is None and not request.COOKIES:
            response.headers[SCOPE_HEADER] = f"{source.scope}:{stamp.version}:{stamp.quarter}"
    return response


def _answer_of(chart: Chart, form: str) -> Callable[[Request, Source], HttpResponse] | None:
    if form in FORMS:
        return lambda _request, source: _drawing(chart, form, source)
    if form == PICTURE:
        return lambda request, source: _picture(request, chart, source)
    if form == TABLE:
        return lambda _request, _source: csv_response(chart.key, chart.head, chart.rows)
    if form == SPEC and not isinstance(chart.drawing, Own):
        return lambda _request, _source: _spec(chart)
    return None


def _drawing(chart: Chart, form: str, source: Source) -> HttpResponse:
    """When it can't be drawn, a picture says so: the table beside it says the rest."""
    status = 200
    try:
        svg = svg_of(chart, form, get_language() or "", str(source.scope))
    except (CannotDraw, Unavailable):
        said = _("La figure ne peut pas être dessinée pour l’instant.")
        svg = render_to_string(
            "web/figures/cannot.svg", {"said": said, "then": _("Ses nombres sont dans le tableau.")}
        )
        status = 503
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8", status=status)
    response.headers["Content-Security-Policy"] = _POLICY
    if status != 200:  # noqa: PLR2004
        response.headers["Cache-Control"] = "no-store"
    if form == "figure.svg":
        response.headers["Content-Disposition"] = f'inline; filename="{chart.key}.svg"'
    return response


def _picture(request: Request, chart: Chart, source: Source) -> HttpResponse:
    language, scope = get_language() or "", str(source.scope)
    try:
        if not is_kept(chart, language, scope):
            spend(PICTURES, network_of(request))
        content = png_of(chart, language, scope)
    except Refusal as refusal:
        return respond_to_refusal(refusal)
    except (CannotDraw, Unavailable):
        text = _("La figure ne peut pas être dessinée pour l’instant. Ses nombres sont dans le tableau.")
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="{chart.key}.png"'
    return response


def _spec(chart: Chart) -> HttpResponse:
    spec = spec_of(chart, FORMS["figure.svg"])
    response = HttpResponse(json.dumps(spec, ensure_ascii=False), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{chart.key}.json"'
    return response


def _empty() -> dict[str, object]:
    return {
        "what": _("Ce qui a été dit, répondu et promis, compté chaque jour"),
        "why": _(
            "Il y a encore trop peu de voix pour qu’un nombre dise quelque chose sans désigner quelqu’un."
        ),
        "who": _("Les figures paraîtront d’elles-mêmes dès la première consultation suivie."),
        "action": (_("Voir les concertations"), at("/participer")),
    }
