"""« Ce qu’on a entendu »: coverage, one chart, quotes, who is hardly heard, and what is left out."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.processes.queries import get_process_for
from democratic.participation.reports.figures import VoicesInTime, in_time, said_in
from democratic.participation.reports.heard import Heard, ThemeHeard, hardly_heard, heard_in
from democratic.thread.models import Kind
from democratic.thread.queries import Card
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.charts.chart import Bar, Bars, Chart
from democratic.web.charts.frame import figures_path, framed, source_of
from democratic.web.charts.voices import origins_chart, weeks_chart
from democratic.web.formats import day, number
from democratic.web.pages import Main
from democratic.web.places import process_path, record_path
from democratic.web.sentences import tell, together
from democratic.web.suites.csv_files import Cell
from democratic.web.suites.tabs import head_of
from democratic.web.verified import among

NAMED_ON_A_TIE = 3


def build_heard(viewer: Viewer, slug: str) -> Main:
    process = get_process_for(viewer, slug)
    heard, voices = heard_in(process, viewer), in_time(said_in(viewer, process.pk))
    charts = charts_of(heard, voices, figures_path(slug), source_of(viewer.authority))
    name = _("Ce qu’on a entendu")
    context: dict[str, Any] = head_of(process, "entendu", name) | {
        "heard": heard,
        "coverage": coverage_of(heard),
        "origins": list(heard.voices.by_origin.items()),
        "charts": [framed(chart) for chart in charts],
        "has_themes": bool(heard.voices.attached),
        "themes": [_theme(theme) for theme in heard.themes],
        "few_origins": _few(hardly_heard(heard.voices.by_origin), names=words.ORIGINS),
        "few_places": _few(hardly_heard(heard.voices.by_place)),
        "apart": _apart(heard),
        "empty": _empty(slug) if not heard.voices.said else None,
    }
    return Main("web/suites/heard.html", context, name, coverage_of(heard)[:160], "participate")


def charts_of(heard: Heard, voices: VoicesInTime | None, base: str, source: str) -> list[Chart]:
    charts = [themes_chart(heard, base, source)] if heard.voices.attached else []
    if voices is not None:
        charts += [origins_chart(voices, base, source), weeks_chart(voices, base, source)]
    return charts


def coverage_of(heard: Heard) -> str:
    voices = heard.voices
    if not voices.said:
        return _("Aucune voix n’est encore publiée.")
    said = ngettext("%(n)s voix", "%(n)s voix", voices.said) % {"n": number(voices.said)}
    if voices.attached == voices.said:
        return _("%(said)s. Toutes sont rattachées à un sujet.") % {"said": said}
    return _("%(said)s. %(attached)s sont rattachées à un sujet, soit %(share)d %%.") % {
        "said": said,
        "attached": number(voices.attached),
        "share": voices.share_attached,
    }


def finding_of(heard: Heard) -> str:
    """The chart's title: what the bars say, without an adjective."""
    leading, all_ = heard.leading, number(heard.voices.attached)
    n = number(leading[0].voices)
    if len(leading) == 1:
        finding = ngettext(
            "%(n)s voix sur %(all)s parle de « %(theme)s »",
            "%(n)s voix sur %(all)s parlent de « %(theme)s »",
            leading[0].voices,
        )
        return tell(finding, n=n, all=all_, theme=leading[0].title)
    if len(leading) <= NAMED_ON_A_TIE:
        names = together(_(" et "), *(tell("« %(theme)s »", theme=theme.title) for theme in leading))
        return tell(_("%(names)s : %(n)s voix chacun, sur %(all)s"), names=names, n=n, all=all_)
    return _("%(k)s sujets réunissent %(n)s voix chacun, sur %(all)s") % {
        "k": number(len(leading)),
        "n": n,
        "all": all_,
    }


def themes_chart(heard: Heard, base: str, source: str) -> Chart:
    """How many spoke of what: contributions, each public by itself."""
    leading = {theme.id for theme in heard.leading}
    bars = tuple(
        Bar(theme.title, theme.voices, number(theme.voices), "mark" if theme.id in leading else "")
        for theme in heard.themes
    )
    first, last = heard.themes[0], heard.themes[-1]
    return Chart(
        key="sujets",
        base=f"{base}/sujets",
        title=finding_of(heard),
        description=_("%(k)d sujets, de %(most)s voix pour « %(first)s » à %(least)s pour « %(last)s ».")
        % {
            "k": len(bars),
            "most": number(first.voices),
            "first": first.title,
            "least": number(last.voices),
            "last": last.title,
        },
        n=_("n = %(n)s voix rattachées, toutes origines, %(period)s")
        % {"n": number(heard.voices.attached), "period": period_of(heard)},
        method=_(
            "Une parole est rattachée à un sujet au plus, à la main, par le service. Chaque rattachement est"
            " public et peut être défait. Participants volontaires, non représentatif."
        ),
        caption=_("Voix par sujet"),
        head=(_("Sujet"), _("Voix"), _("Part (%)")),
        rows=tuple((theme.title, theme.voices, round(theme.share, 1)) for theme in heard.themes),
        drawing=Bars(bars),
        source=source,
    )


def period_of(heard: Heard) -> str:
    if heard.since is None or heard.until is None:
        return ""
    return _("du %(since)s au %(until)s") % {"since": day(heard.since), "until": day(heard.until)}


def _theme(theme: ThemeHeard) -> dict[str, Any]:
    return {
        "title": theme.title,
        "url": record_path(Kind.THEME, theme.code),
        "n": theme.voices,
        "quotes": [_quote(card) for card in theme.quotes],
    }


def _quote(card: Card) -> dict[str, Any]:
    how = str(words.ORIGINS[card.origin])
    supports = (
        ngettext("%(n)s soutien", "%(n)s soutiens", card.supports) % {"n": number(card.supports)}
        if card.supports
        else ""
    )
    split = among(card.supports, card.verified)
    return {
        "text": card.text,
        "origin": card.origin,
        "who": ", ".join(part for part in (card.byline, how, card.place, supports, split) if part),
        "url": record_path(card.kind, card.code),
    }


def _few(
    counts: Sequence[tuple[str, int]], names: dict[str, words.Word] | None = None
) -> list[tuple[str, str]]:
    return [
        (
            str(names[name]) if names else name,
            ngettext("%(n)s voix", "%(n)s voix", n) % {"n": number(n)},
        )
        for name, n in counts
    ]


def _apart(heard: Heard) -> list[tuple[str, str, str]]:
    """(what, how many, what it means): lines that no total hides."""
    voices = heard.voices
    return [
        (
            _("Sans sujet"),
            number(voices.unattached),
            _("publiées, comptées, pas encore rapprochées d’un sujet"),
        ),
        (_("Hors du champ"), number(voices.inadmissible), _("publiées avec leur motif, hors des totaux")),
        (_("Retirées par leur auteur"), number(voices.withdrawn), _("leurs mots ne sont plus montrés")),
        (_("Masquées par la modération"), number(voices.moderated), _("hors de tous les totaux")),
    ]


def _empty(slug: str) -> dict[str, Any]:
    return {
        "what": _("Ce que les gens ont dit, compté par sujet"),
        "why": _("Personne n’a encore parlé dans cette concertation."),
        "who": _("Chaque voix comptera ici dès qu’elle sera publiée."),
        "action": (_("Voir la concertation"), process_path(slug)),
    }


def csv_rows(heard: Heard) -> tuple[list[str], list[list[Cell]]]:
    """One line a theme, then the voices of none; the origins in columns, the most first."""
    origins = list(heard.voices.by_origin)
    head = [_("code"), _("sujet"), _("voix"), _("part (%)"), *(str(words.ORIGINS[code]) for code in origins)]
    by_origin = heard.voices.by_theme_and_origin
    rows: list[list[Cell]] = [
        [
            theme.code,
            theme.title,
            theme.voices,
            round(theme.share, 1),
            *(by_origin.get(theme.id, {}).get(code, 0) for code in origins),
        ]
        for theme in heard.themes
    ]
    rest = [heard.voices.unattached_by_origin.get(code, 0) for code in origins]
    return head, [*rows, ["", _("sans sujet"), heard.voices.unattached, None, *rest]]
