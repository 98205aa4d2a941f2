"""The result of a question, as a figure: what was answered, by how many, and where."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.spoken import alike
from democratic.participation.polls.counting import BY_HAND, OTHERS, VERIFIED
from democratic.participation.polls.models import Poll, PollOption
from democratic.participation.polls.results import Column, Results
from democratic.web import words
from democratic.web.charts.chart import Bar, Bars, Chart
from democratic.web.formats import number
from democratic.web.sentences import together
from democratic.web.verified import among

KEY = "voix"


def poll_chart(poll: Poll, results: Results, base: str, source: str) -> Chart | None:
    """None when so few answered that their number alone is told."""
    if not results.columns:
        return None
    most = results.most
    bars = tuple(
        Bar(
            label_of(poll, option),
            results.n(option),
            _share(results, option),
            "mark" if option in most else "",
        )
        for option in results.options
    )
    return Chart(
        key=KEY,
        base=base,
        title=_finding(poll, results),
        description=", ".join(_("%(what)s : %(n)s") % {"what": bar.label, "n": bar.shown} for bar in bars),
        n=count_of(results),
        method=_method(results),
        caption=together(" · ", _("Réponses"), poll.record.title),
        head=(_("Réponse"), _("Toutes"), *map(column_name, results.told)),
        rows=tuple(
            (
                label_of(poll, option),
                results.n(option),
                *(column.counts.get(option.rank, 0) for column in results.told),
            )
            for option in results.options
        ),
        drawing=Bars(bars),
        source=source,
    )


def label_of(poll: Poll, option: PollOption) -> str:
    return _("Sans avis") if option.is_no_opinion else poll.record.spoken(option.label)


def _share(results: Results, option: PollOption) -> str:
    n = results.n(option)
    values = {"n": number(n), "share": round(100 * n / results.total)}
    return _("%(n)s (%(share)d %%)") % values


def _finding(poll: Poll, results: Results) -> str:
    """Computed from the counts, without an adjective."""
    most, all_of_them = results.most, number(results.total)
    if not most:
        return ngettext("%(n)s réponse", "%(n)s réponses", results.total) % {"n": all_of_them}
    n = results.n(most[0])
    if len(most) > 1:
        said = together(", ", *(label_of(poll, option) for option in most))
        return together(
            "",
            said,
            _(" : à égalité, %(n)s réponses chacune sur %(all)s") % {"n": number(n), "all": all_of_them},
        )
    counted = ngettext(" : %(n)s réponse sur %(all)s", " : %(n)s réponses sur %(all)s", n)
    first = label_of(poll, most[0])
    return together(
        "", alike(f"«\u00a0{first}\u00a0»", first), counted % {"n": number(n), "all": all_of_them}
    )


def count_of(results: Results) -> str:
    """Never said to speak for everyone: those who answered chose to."""
    said = ngettext(
        "n = %(n)s participant volontaire, non représentatif",
        "n = %(n)s participants volontaires, non représentatif",
        results.total,
    ) % {"n": number(results.total)}
    if split := among(results.total, results.verified):
        said = f"{said}, {split}"
    where = ", ".join(f"{column_name(column)} {number(column.total)}" for column in results.columns)
    return _("%(said)s : %(where)s") % {"said": said, "where": where} if where else said


def column_name(column: Column) -> str:
    """« sur le web », « sur papier, compté à la main », or several that are too few to stand alone; or a side."""
    if column.sources == (VERIFIED,):
        return _("personnes vérifiées")
    if column.sources == (OTHERS,):
        return _("les autres")
    return _(" et ").join(_source(source) for source in column.sources)


def _source(source: str) -> str:
    origin = str(words.ORIGINS[source.removeprefix(BY_HAND)])
    return _("%(where)s, compté à la main") % {"where": origin} if source.startswith(BY_HAND) else origin


def _method(results: Results) -> str:
    told = [
        _("Chacun répond une fois, par compte ou par appareil, et peut changer d’avis jusqu’à la clôture."),
        _(
            "Personne n’est tiré au sort, et il n’est pas besoin d’être vérifié : ce résultat dit ce qu’ont répondu"
            " celles et ceux qui l’ont voulu."
        ),
        _("Une origine de moins de cinq réponses est comptée avec la suivante."),
    ]
    if results.batches:
        told.append(
            _(
                "Ce qui est compté à la main est saisi par un agent, recompté et vérifié par une autre personne."
            )
        )
    if results.with_account is not None:
        told.append(
            ngettext(
                "Une réponse a été donnée avec un compte, les autres sans.",
                "%(n)s réponses ont été données avec un compte, les autres sans.",
                results.with_account,
            )
            % {"n": number(results.with_account)}
        )
    if results.verified is not None:
        told.append(
            _(
                "Une personne est dite vérifiée si elle l’était en répondant. Chaque réponse compte autant ; le détail"
                " paraît à la clôture, à partir de cinq personnes de chaque côté."
            )
        )
    return " ".join(told)
