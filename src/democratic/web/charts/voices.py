"""Where and when voices were said, as figures: of one process, or of all those of an authority."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.figures import VoicesInTime
from democratic.web import words
from democratic.web.charts.chart import Bar, Bars, Chart, Line, Lines
from democratic.web.formats import day, number


def origins_chart(voices: VoicesInTime, base: str, source: str) -> Chart:
    shown = {code: n for code, n in voices.by_origin.items() if n is not None}
    most = max(shown.values(), default=0)
    bars = [Bar(_origin(code), n, number(n), "mark" if n == most else "") for code, n in shown.items()]
    if voices.unsaid:
        bars.append(Bar(_("Origine non détaillée"), voices.unsaid, number(voices.unsaid), "open"))
    return Chart(
        key="origines",
        base=f"{base}/origines",
        title=_origins_finding(voices, shown, most),
        description=", ".join(_("%(what)s : %(n)s") % {"what": bar.label, "n": bar.shown} for bar in bars),
        n=count_of(voices),
        method=_(
            "Une voix est une parole publiée, d’où qu’elle vienne ; chacune compte pour un. L’origine est écrite"
            " par qui reçoit la parole, au moment où elle est dite."
        ),
        caption=_("Voix par origine"),
        head=(_("Origine"), _("Voix")),
        rows=tuple((bar.label, bar.n) for bar in bars),
        drawing=Bars(tuple(bars)),
        note=_origins_note(voices),
        source=source,
    )


def weeks_chart(voices: VoicesInTime, base: str, source: str) -> Chart:
    names = [day(span) for span in voices.spans]
    lines = [Line(_("Toutes les voix"), tuple(voices.by_span.values()))]
    lines += [
        Line(_named(code, voices), tuple(counts.values()))
        for code, counts in voices.cells.items()
        if any(counts.values())  # what would be hollow from end to end is in the table alone
    ]
    head = (_("Mois") if voices.is_monthly else _("Semaine du"), _("Toutes"), *map(_origin, voices.cells))
    rows = [
        (
            name,
            *(
                few() if n is None else n
                for n in (voices.by_span[span], *(c[span] for c in voices.cells.values()))
            ),
        )
        for name, span in zip(names, voices.spans, strict=True)
    ]
    return Chart(
        key="semaines",
        base=f"{base}/semaines",
        title=_weeks_finding(voices),
        description=_("Une ligne par origine, une colonne par semaine. Le détail est dans le tableau.")
        if not voices.is_monthly
        else _("Une ligne par origine, une colonne par mois. Le détail est dans le tableau."),
        n=count_of(voices),
        method=_(
            "Chaque voix est comptée le jour où elle a été dite, à l’heure de la collectivité. Les semaines"
            " commencent le lundi ; toutes les lignes ont la même échelle."
        ),
        caption=_("Voix par période et par origine"),
        head=head,
        rows=tuple(rows),
        drawing=Lines(tuple(day(span, "short") for span in voices.spans), tuple(lines)),
        note=note_of(voices),
        source=source,
    )


def count_of(voices: VoicesInTime) -> str:
    """Never said to speak for everyone: those who spoke chose to."""
    return _("n = %(n)s voix de participants volontaires, non représentatif, %(period)s") % {
        "n": number(voices.total),
        "period": period_of(voices.since, voices.until),
    }


def period_of(since: date, until: date) -> str:
    return _("du %(since)s au %(until)s") % {"since": day(since), "until": day(until)}


def _named(code: str, voices: VoicesInTime) -> str:
    n = voices.by_origin[code]
    return _origin(code) if n is None or voices.is_partial else f"{_origin(code)} · {number(n)}"


def _origins_note(voices: VoicesInTime) -> str:
    if not voices.unsaid:
        return ""
    if voices.is_partial:
        return _(
            "Là où une origine compte moins de 5 voix dans une concertation, ces voix sont dans « non détaillée » :"
            " chaque nombre est un minimum."
        )
    return _(
        "Les origines qui comptent moins de 5 voix sont ensemble, avec ce qui permettrait de les retrouver."
    )


def note_of(voices: VoicesInTime) -> str:
    if not voices.hides:
        return ""
    return _(
        "Sous 5 voix, un nombre n’est pas publié. D’autres sont masqués avec lui, pour qu’on ne puisse pas le"
        " retrouver par différence ; ils sont en pointillé."
    )


def _origin(code: str) -> str:
    name = str(words.ORIGINS[code])
    return name[:1].upper() + name[1:]


def few() -> str:
    """In the place of a number that is not published."""
    return _("non publié")


def _origins_finding(voices: VoicesInTime, shown: Mapping[str, int], most: int) -> str:
    first = [code for code, n in shown.items() if n == most]
    if not first:
        return ngettext("%(n)s voix", "%(n)s voix", voices.total) % {"n": number(voices.total)}
    if voices.is_partial:
        sentence = _("Au moins %(n)s voix sur %(all)s ont été dites %(where)s")
    else:
        sentence = ngettext(
            "%(n)s voix sur %(all)s a été dite %(where)s",
            "%(n)s voix sur %(all)s ont été dites %(where)s",
            most * len(first),
        )
    return sentence % {
        "n": number(most * len(first)),
        "all": number(voices.total),
        "where": _(" ou ").join(str(words.ORIGINS[code]) for code in first),
    }


def _weeks_finding(voices: VoicesInTime) -> str:
    """The week in which most was said, when all weeks may be known; else how many, over how long."""
    counts = voices.by_span
    known = {span: n for span, n in counts.items() if n is not None}
    most = max(known.values(), default=0)
    first = [span for span, n in known.items() if n == most]
    if len(known) == len(counts) and len(first) == 1 and len(counts) > 1:
        template = (
            _("%(n)s voix sur %(all)s ont été dites en un mois, à partir du %(day)s")
            if voices.is_monthly
            else _("%(n)s voix sur %(all)s ont été dites en une semaine, du %(day)s au %(end)s")
        )
        return template % {
            "n": number(most),
            "all": number(voices.total),
            "day": day(first[0], "short"),
            "end": day(first[0] + timedelta(days=6), "short"),
        }
    said = ngettext("%(n)s voix", "%(n)s voix", voices.total) % {"n": number(voices.total)}
    return f"{said} {period_of(voices.since, voices.until)}"
