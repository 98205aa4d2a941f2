"""The list of a process's ideas: what was said, by whom it was heard, what became of it."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from democratic.kernel.limits import spend
from democratic.participation.ideas.queries import IdeasHead, get_ideas_head_for
from democratic.thread.models import Kind
from democratic.thread.queries.facets import NO_THEME, Facets, count_facets
from democratic.thread.queries.ranked import PAGE, RankedPage, Row, page_of
from democratic.thread.queries.ranking import Ranking
from democratic.web import words
from democratic.web.feed_links import feeds_of
from democratic.web.formats import number
from democratic.web.guests import network_of
from democratic.web.ideas.asked import AFTER, BEFORE, ORIGIN, PLACE, STATE, THEME, WORDS, Asked, read_asked
from democratic.web.ideas.boxes import Group, chips_of, facets_of
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import moment_of
from democratic.web.ideas.keeping import show_kept
from democratic.web.ideas.limits import SEARCHES
from democratic.web.ideas.list_words import heading, lead, ranking_line
from democratic.web.ideas.phrases import imported_votes, said, sentence, what_became
from democratic.web.pages import Main, show
from democratic.web.places import process_path, record_path
from democratic.web.requests import Request
from democratic.web.verified import alone

RANKINGS = {
    Ranking.VOICES: gettext_lazy("nombre de voix"),
    Ranking.NEWEST: gettext_lazy("date"),
    Ranking.RANDOM: gettext_lazy("hasard du jour"),
}


@require_safe
@shown_or_gone
def ideas(request: Request, slug: str) -> HttpResponse:
    head = get_ideas_head_for(request.viewer, slug)
    head = replace(head, now=moment_of(request, head.now))
    asked = read_asked(process_path(slug, "idees"), request.GET)
    build = partial(_build, head, asked)
    if asked.chosen.words:
        # Anyone may search anything: such pages would push out those that many read.
        spend(SEARCHES, network_of(request))
        return show(request, build())
    return show_kept(request, head.id, build)


def _build(head: IdeasHead, asked: Asked) -> Main:
    today = timezone.localtime(head.now).date()
    facets = count_facets(head.shelf, asked.chosen)
    page = page_of(head.shelf, asked.ranking, asked.chosen, today=today, cursor=asked.cursor)
    title, groups, ticked = heading(facets), _groups(facets), asked.ticked()
    context = {
        "title": title,
        "lead": lead(head, facets, today),
        "trail": [(head.title, process_path(head.slug)), (_("Idées"), "")],
        "say": process_path(head.slug, "dire") if head.is_open else "",
        "search": {
            "action": asked.base,
            "label": _("Chercher dans les idées"),
            "value": asked.chosen.words,
            "placeholder": _("un mot, un lieu, un sujet"),
        },
        "keep": [*(pair for pair in asked.kept() if pair[0] != WORDS), *ticked],
        "facets": facets_of(
            groups, ticked, action=asked.base, label=_("Filtrer les idées"), keep=asked.kept()
        ),
        "sorts": [(label, asked.ranked(each), each == asked.ranking) for each, label in RANKINGS.items()],
        "ranking": ranking_line(asked.ranking, (asked.cursor and asked.cursor.day) or today),
        "chips": _chips(asked, groups),
        "clear_url": asked.base,
        "rows": [_row(row, head, today) for row in page.rows],
        "is_split": any(alone(row.supports, row.verified) for row in page.rows),
        "pager": _pager(asked, page, facets.matching),
        "empty": _empty(head, asked, facets) if not page.rows else None,
    }
    return Main(
        "web/ideas/list.html",
        context,
        title=_("%(title)s · %(process)s") % {"title": title, "process": head.title},
        description=_(
            "Les idées de la concertation « %(title)s », leur origine et ce qu’elles sont devenues."
        )
        % {"title": head.title},
        section="participate",
        feeds=feeds_of(f"/concertations/{head.slug}/idees"),
    )


def _groups(facets: Facets) -> list[Group]:
    states = [(box, what_became(box.value)[1]) for box in facets.states]
    origins = [(box, sentence(str(words.ORIGINS.get(box.value, box.value)))) for box in facets.origins]
    themes = [
        (box, _("Pas encore rapprochée") if box.value == NO_THEME else box.label) for box in facets.themes
    ]
    places = [(box, box.value) for box in facets.places]
    return [
        Group(_("Ce qu’elle est devenue"), STATE, states),
        Group(_("Comment elle a été dite"), ORIGIN, origins),
        Group(_("Sujet"), THEME, themes),
        Group(_("Lieu"), PLACE, places),
    ]


def _chips(asked: Asked, groups: list[Group]) -> list[tuple[str, str]]:
    found = chips_of(groups, asked.ticked(), lambda pair: asked.without(*pair))
    said = asked.chosen.words
    return [*([(f"« {said} »", asked.without(WORDS, said))] if said else []), *found]


def _row(row: Row, head: IdeasHead, today: date) -> dict[str, Any]:
    late = 0
    if head.answer_first_due_on and not head.answer_met_on:
        late = (today - head.answer_first_due_on).days
    state, label = what_became(row.state, late)
    told = [
        row.place,
        said(row.origin, row.happened_at, today),
        alone(row.supports, row.verified),
        imported_votes(row.imported),
    ]
    return {
        "origin": row.origin,
        "title": row.title,
        "url": record_path(Kind.IDEA, row.code),
        "meta": " · ".join(part for part in told if part),
        "n": row.supports,
        "state": state,
        "state_label": label,
    }


def _pager(asked: Asked, page: RankedPage, total: int) -> dict[str, Any] | None:
    if not page.rows:
        return None
    # The page before the sixteenth row is the list itself.
    previous = asked.paged(BEFORE, page.previous)
    if page.previous and page.first <= PAGE + 1:
        previous = asked.address([*asked.kept(), *asked.ticked()])
    return {
        "first": min(page.first, total),
        "last": min(page.last, total),
        "total": number(total),
        "previous_url": previous,
        "next_url": asked.paged(AFTER, page.next),
    }


def _empty(head: IdeasHead, asked: Asked, facets: Facets) -> dict[str, Any]:
    if facets.everything:
        return {
            "what": _("Aucune idée ne correspond"),
            "why": _("Rien ne réunit tout ce que vous avez demandé."),
            "who": _("Retirez un filtre, ou cherchez un autre mot."),
            "action": (_("Voir toutes les idées"), asked.base),
        }
    if head.is_open:
        return {
            "what": _("Aucune idée encore"),
            "why": _("Ici viendront toutes les paroles de cette concertation, d’où qu’elles viennent."),
            "who": _("La parole est ouverte. La première peut être la vôtre."),
            "action": (_("Dire une idée"), process_path(head.slug, "dire")),
        }
    return {
        "what": _("Aucune idée encore"),
        "why": _("Ici viendront toutes les paroles de cette concertation, d’où qu’elles viennent."),
        "who": _("Les dates de chaque étape sont sur la page de la concertation."),
        "action": (_("Voir la concertation"), process_path(head.slug)),
    }
