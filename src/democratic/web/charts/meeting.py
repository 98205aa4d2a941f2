"""Voices that meet under one subject, or in one process: the picture of the fil, as a figure."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.web import words
from democratic.web.charts.chart import Bundle, Chart, Strands
from democratic.web.drawings import voices_per_strand
from democratic.web.formats import number
from democratic.web.sentences import tell


def meeting_chart(voices: Mapping[str, int], name: str, base: str, source: str) -> Chart:
    """``voices`` by origin, the most first; ``name``: of what they meet in."""
    bundles = tuple(Bundle(str(words.ORIGINS[code]), n, number(n)) for code, n in voices.items())
    n, share = sum(voices.values()), voices_per_strand(voices.values())
    one = (
        _("Un trait, une voix. Tous de la même épaisseur.")
        if share == 1
        else _("Un trait pour %(share)d voix. Tous de la même épaisseur.") % {"share": share}
    )
    return Chart(
        key="voix",
        base=base,
        title=tell(
            ngettext(
                "%(n)s voix est rapprochée sous « %(name)s »",
                "%(n)s voix se rejoignent sous « %(name)s »",
                n,
            ),
            n=number(n),
            name=name,
        ),
        description=", ".join(
            _("%(what)s : %(n)s") % {"what": each.label, "n": each.shown} for each in bundles
        ),
        n=ngettext(
            "n = %(n)s voix de participants volontaires, %(k)s",
            "n = %(n)s voix de participants volontaires, %(k)s",
            n,
        )
        % {
            "n": number(n),
            "k": ngettext("%(k)d origine", "%(k)d origines", len(bundles)) % {"k": len(bundles)},
        },
        method=_(
            "%(one)s Une voix est une parole publiée, d’où qu’elle vienne ; chacune compte pour un. Celles qui"
            " sont hors du champ, retirées ou masquées n’y sont pas."
        )
        % {"one": one},
        caption=_("Voix qui se rejoignent, par origine"),
        head=(_("Origine"), _("Voix")),
        rows=tuple((each.label, each.n) for each in bundles),
        drawing=Strands(bundles, ngettext("%(n)s voix", "%(n)s voix", n) % {"n": number(n)}),
        source=source,
    )
