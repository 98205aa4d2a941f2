"""Where and when voices were said, as figures: of one process, or of all those of an authority."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.figures import VoicesInTime
from democratic.web import words
from democratic.web.charts.chart import Bar, Bars, Cell, Chart, Line, Lines
from democratic.web.formats import day, number


def origins_chart(voices: VoicesInTime, base: str, source: str) -> Chart:
    most = max(voices.by_origin.values())
    bars = tuple(
        Bar(_origin(code), n, number(n), "mark" if n == most else "") for code, n in voices.by_origin.items()
    )
    return Chart(
        key="origines",
        base=f"{base}/origines",
        title=_origins_finding(voices, most),
        description=", ".join(_("%(what)s : %(n)s") % {"what": bar.label, "n": bar.shown} for bar in bars),
        n=count_of(voices),
        method=_(
            "Une voix est une parole publiée, d’où qu’elle vienne ; chacune compte pour un. L’origine est écrite"
            " par qui reçoit la parole, au moment où elle est dite."
        )
        + " "
        + counted_whole(),
        caption=_("Voix par origine"),
        head=(_("Origine"), _("Voix")),
        rows=tuple((bar.label, bar.n) for bar in bars),
        drawing=Bars(bars),
        source=source,
    )


def weeks_chart(voices: VoicesInTime, base: str, source: str) -> Chart:
    names = [day(span) for span in voices.spans]
    lines = [Line(_("Toutes les voix"), tuple(voices.by_span.values()))]
    lines += [Line(_named(code, voices), tuple(counts.values())) for code, counts in voices.cells.items()]
    head = (_("Mois") if voices.is_monthly else _("Semaine du"), _("Toutes"), *map(_origin, voices.cells))
    rows: list[tuple[Cell, ...]] = [
        (name, voices.by_span[span], *(counts[span] for counts in voices.cells.values()))
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


def counted_whole() -> str:
    """Why no small count is hidden here: said with the method, so that nobody believes it is."""
    return _(
        "Les petits nombres sont montrés : chaque parole se lit une par une, avec son origine et son jour, et"
        " les cacher ne protégerait personne."
    )


def _named(code: str, voices: VoicesInTime) -> str:
    return f"{_origin(code)} · {number(voices.by_origin[code])}"


def _origin(code: str) -> str:
    name = str(words.ORIGINS[code])
    return name[:1].upper() + name[1:]


def _origins_finding(voices: VoicesInTime, most: int) -> str:
    first = [code for code, n in voices.by_origin.items() if n == most]
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
    """The week in which most was said; else how many, over how long."""
    most = max(voices.by_span.values())
    first = [span for span, n in voices.by_span.items() if n == most]
    if len(first) == 1 and len(voices.spans) > 1:
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
