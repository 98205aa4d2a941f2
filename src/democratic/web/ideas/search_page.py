"""Searching everything public: what is named, counted, ranked and marked is said as it is."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from democratic.kernel.limits import spend
from democratic.thread.models import Authority, Kind, Origin
from democratic.thread.queries.search import (
    LAST_PAGE,
    MARK_START,
    MARK_STOP,
    MOST_COUNTED,
    PAGE,
    Found,
    Hit,
    Wanted,
    search_records,
)
from democratic.thread.queries.suggestions import suggest_words
from democratic.web import words
from democratic.web.formats import number
from democratic.web.guests import network_of
from democratic.web.ideas.boxes import Group, chips_of, facets_of
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import line, lines
from democratic.web.ideas.keeping import show_kept
from democratic.web.ideas.limits import SEARCHES
from democratic.web.ideas.phrases import day_of, sentence
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.sentences import together

KIND, ORIGIN, STATE, PROCESS = "genre", "origine", "etat", "concertation"

# One word for the same outcome of an idea, a theme, an answer, an engagement or an action.
STATES = {
    "received": gettext_lazy("Réponse attendue"),
    "kept": gettext_lazy("Retenu ou tenu"),
    "part": gettext_lazy("En partie"),
    "unkept": gettext_lazy("Non retenu ou non tenu"),
    "passed": gettext_lazy("Transmis"),
    "doing": gettext_lazy("En cours"),
    "due": gettext_lazy("À venir"),
    "inadmissible": gettext_lazy("Hors du champ"),
    "split": gettext_lazy("Scindée"),
    "rejoined": gettext_lazy("Réunie à l’originale"),
}


@require_safe
@shown_or_gone
def search(request: Request) -> HttpResponse:
    wanted = _wanted(request)
    authority: Authority = request.authority
    if not wanted.words:
        return show(request, _build(authority, wanted, timezone.localdate()))
    spend(SEARCHES, network_of(request))
    return show_kept(request, authority.pk, partial(_build, authority, wanted, timezone.localdate()))


def _wanted(request: Request) -> Wanted:
    typed = line(request.GET, "page")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 1  # noqa: PLR2004
    return Wanted(
        words=line(request.GET, "q"),
        kinds=tuple(kind for kind in lines(request.GET, KIND) if kind in Kind.values),
        origins=tuple(origin for origin in lines(request.GET, ORIGIN) if origin in Origin.values),
        states=tuple(state for state in lines(request.GET, STATE) if state in STATES),
        processes=lines(request.GET, PROCESS),
        page=min(max(1, page), LAST_PAGE),
    )


def _build(authority: Authority, wanted: Wanted, today: date) -> Main:
    found = search_records(authority, wanted) if wanted.words else Found()
    title = _("Rechercher")
    groups, ticked = _groups(found), _ticked(wanted)
    context = {
        "title": title,
        "words": wanted.words,
        "search": {
            "action": at("/recherche"),
            "label": _("Chercher dans tout ce qui est public"),
            "value": wanted.words,
            "placeholder": _("un mot, un lieu, « des mots exacts »"),
        },
        "keep": ticked,
        "total": total_line(found) if wanted.words else "",
        "ranking": ranking_line(found),
        "facets": facets_of(
            groups,
            ticked,
            action=at("/recherche"),
            label=_("Filtrer les résultats"),
            keep=[("q", wanted.words)],
        ),
        "chips": chips_of(
            groups, ticked, lambda off: _address(wanted, [pair for pair in ticked if pair != off])
        ),
        "clear_url": _address(wanted, []),
        "rows": [_row(hit, today) for hit in found.hits],
        "pager": _pager(wanted, found),
        "suggestion": "",
    }
    if wanted.words and not found.total and not ticked:
        context["suggestion"] = suggest_words(authority, wanted.words)
        context["suggestion_url"] = _address(Wanted(str(context["suggestion"])), [])
    shown = f"{wanted.words} · {title}" if wanted.words else title
    return Main("web/ideas/search.html", context, title=shown, section="")


def total_line(found: Found) -> str:
    if found.total > MOST_COUNTED:
        return _("Plus de %(n)s résultats") % {"n": number(MOST_COUNTED)}
    phrase = ngettext("%(n)s résultat", "%(n)s résultats", found.total)
    return phrase % {"n": number(found.total)} if found.total else _("Aucun résultat")


def ranking_line(found: Found) -> str:
    """The order is named, and so is what was not looked at."""
    if not found.total:
        return ""
    if found.total > MOST_COUNTED:
        ranked = _("Les plus proches parmi les %(n)s plus récents.") % {"n": number(MOST_COUNTED)}
    else:
        ranked = _("Les plus proches d’abord.")
    if not found.is_capped:
        return ranked
    counted = _("Les nombres des filtres portent sur les %(n)s résultats les plus récents.") % {
        "n": number(MOST_COUNTED)
    }
    return f"{ranked} {counted}"


def _ticked(wanted: Wanted) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, values in (
        (KIND, wanted.kinds),
        (PROCESS, wanted.processes),
        (STATE, wanted.states),
        (ORIGIN, wanted.origins),
    ):
        pairs += [(name, value) for value in values]
    return pairs


def _address(wanted: Wanted, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{at('/recherche')}?{urlencode([('q', wanted.words), *pairs])}"


def _groups(found: Found) -> list[Group]:
    states = [(box, str(STATES.get(box.value, ""))) for box in found.states]
    origins = [(box, sentence(str(words.ORIGINS[box.value]))) for box in found.origins]
    return [
        Group(_("Ce que c’est"), KIND, [(box, str(Kind(box.value).label)) for box in found.kinds]),
        Group(_("Concertation"), PROCESS, [(box, box.label) for box in found.processes]),
        Group(_("Ce que c’est devenu"), STATE, states),
        Group(_("Comment cela a été dit"), ORIGIN, origins),
    ]


def _row(hit: Hit, today: date) -> dict[str, Any]:
    told = [
        str(Kind(hit.kind).label),
        hit.process,
        hit.place,
        day_of(hit.happened_at, today),
        str(words.ORIGINS[hit.origin]) if hit.kind in (Kind.IDEA, Kind.COMMENT) else "",
    ]
    return {
        "origin": hit.origin,
        "title": hit.title or hit.code,
        "url": record_path(hit.kind, hit.code),
        "meta": together(" · ", *told),
        "excerpt": marked(hit.excerpt) if hit.excerpt != hit.title else "",
    }


def marked(excerpt: str) -> SafeString:
    """Escaped first, then marked: what people wrote can hold neither sign, so no tag of theirs survives."""
    safe = escape(excerpt).replace(MARK_START, "<mark>").replace(MARK_STOP, "</mark>")
    return mark_safe(safe)  # noqa: S308  escaped on the line above


def _pager(wanted: Wanted, found: Found) -> dict[str, Any] | None:
    if not found.hits:
        return None
    first = (wanted.page - 1) * PAGE + 1
    last = first + len(found.hits) - 1
    reachable = min(found.total, MOST_COUNTED, LAST_PAGE * PAGE)
    ticked = _ticked(wanted)
    total = number(found.total)
    if found.total > MOST_COUNTED:
        total = _("plus de %(n)s") % {"n": number(MOST_COUNTED)}
    return {
        "first": first,
        "last": last,
        "total": total,
        "previous_url": _address(wanted, [*ticked, ("page", str(wanted.page - 1))]) if first > 1 else "",
        "next_url": _address(wanted, [*ticked, ("page", str(wanted.page + 1))]) if last < reachable else "",
    }
