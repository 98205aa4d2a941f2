"""What the authority answered and promised, as figures."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.answer_counts import AnswersCounted
from democratic.web import words
from democratic.web.charts.chart import Bar, Bars, Chart
from democratic.web.formats import number

_TONES = {"late": "late", "unkept": "open-late", "due": "open", "doing": "open"}


def answers_chart(counted: AnswersCounted, base: str, source: str) -> Chart:
    bars = (
        Bar(_("Signées au plus tard le jour promis"), counted.on_time, number(counted.on_time)),
        Bar(_("Signées après le jour promis"), counted.late, number(counted.late), "late"),
        Bar(_("Attendues, le jour promis est à venir"), counted.due, number(counted.due), "open"),
        Bar(_("Attendues au-delà du jour promis"), counted.overdue, number(counted.overdue), "open-late"),
    )
    return Chart(
        key="reponses",
        base=f"{base}/reponses",
        title=ngettext(
            "%(n)s réponse due sur %(all)s a été signée au plus tard le jour promis",
            "%(n)s réponses dues sur %(all)s ont été signées au plus tard le jour promis",
            counted.on_time,
        )
        % {"n": number(counted.on_time), "all": number(counted.total)},
        description=", ".join(_("%(what)s : %(n)s") % {"what": bar.label, "n": bar.shown} for bar in bars),
        n=ngettext(
            "n = %(n)s réponse due, une par sujet", "n = %(n)s réponses dues, une par sujet", counted.total
        )
        % {"n": number(counted.total)},
        method=_(
            "Une réponse est due à chaque sujet. Le retard se compte depuis la première date promise, qui n’est"
            " jamais remplacée ; une réponse retirée est due de nouveau."
        ),
        caption=_("Réponses, selon le jour promis"),
        head=(_("Réponses"), _("Nombre")),
        rows=tuple((bar.label, bar.n) for bar in bars),
        drawing=Bars(bars),
        source=source,
    )


def promises_chart(tally: Mapping[str, int], title: str, base: str, source: str) -> Chart:
    """``tally``: every standing, kept first, at nought if need be. ``title``: what the tally says."""
    total = sum(tally.values())
    bars = tuple(
        Bar(_capital(words.state_word(code, "commitment")), n, number(n), _TONES.get(code, ""))
        for code, n in tally.items()
    )
    return Chart(
        key="engagements",
        base=f"{base}/engagements",
        title=title,
        description=", ".join(_("%(what)s : %(n)s") % {"what": bar.label, "n": bar.shown} for bar in bars),
        n=ngettext("n = %(n)s engagement publié", "n = %(n)s engagements publiés", total)
        % {"n": number(total)},
        method=_(
            "Un engagement compte une fois, dans l’état où il est aujourd’hui. « En retard » passe avant"
            " « en cours » : son premier jour promis est passé."
        ),
        caption=_("Engagements par état"),
        head=(_("État"), _("Engagements")),
        rows=tuple((bar.label, bar.n) for bar in bars),
        drawing=Bars(bars),
        source=source,
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
