"""The figure around the picture: what it finds, its words and its table."""

from collections import defaultdict
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.balance import Balance, Promise
from democratic.web import words
from democratic.web.charts.chart import Chart, Own
from democratic.web.formats import number
from democratic.web.sentences import tell, together
from democratic.web.suites.drawings.flow import BAR, draw_flow
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.reports.picture.graph import graph_of
from democratic.web.suites.reports.picture.labels import answer_state


def flow_chart(balance: Balance, base: str, source: str) -> Chart:
    nodes, strands = graph_of(balance)
    picture = draw_flow(_columns(), nodes, strands)
    alt = _alt(balance)
    svg = render_to_string("web/suites/parts/flow_picture.html", {"picture": picture, "alt": alt, "bar": BAR})
    return Chart(
        key="parcours",
        base=f"{base}/parcours",
        title=_title(balance),
        description=alt,
        n=_("Un trait est d’autant plus large que plus de voix y passent. n = %(n)s voix")
        % {"n": number(balance.voices.said)},
        method=_(
            "Chaque voix suit son sujet, la réponse de ce sujet et les engagements qui en découlent ; quand il y"
            " en a plusieurs, elle est partagée également entre eux."
        ),
        caption=_("Ce que chaque sujet est devenu"),
        head=(_("Sujet"), _("Voix"), _("Où elles ont été dites"), _("Réponse"), _("Engagements")),
        rows=tuple(tuple(row) for row in _rows(balance)),
        drawing=Own(svg),
        source=source,
    )


def _columns() -> list[tuple[float, str]]:
    heads = (_("Commande"), _("Moments"), _("Sujets"), _("Réponses"), _("Actions"))
    return list(zip((4.0, 138.0, 330.0, 576.0, 744.0), heads, strict=True))


def _title(balance: Balance) -> str:
    said, themes, promises = balance.voices.said, len(balance.chain.themes), len(balance.promises)
    return ", ".join(
        (
            ngettext("%(n)s voix", "%(n)s voix", said) % {"n": number(said)},
            ngettext("%(n)s sujet", "%(n)s sujets", themes) % {"n": number(themes)},
            ngettext("%(n)s engagement", "%(n)s engagements", promises) % {"n": number(promises)},
        )
    )


def _alt(balance: Balance) -> str:
    answering = balance.answering
    return _(
        "De gauche à droite : la commande, les moments où %(said)s voix ont été dites, les %(themes)s sujets"
        " qu’elles forment, les %(given)s réponses signées et les %(owed)s attendues, puis les %(promises)s"
        " engagements. Le détail est dans le tableau."
    ) % {
        "said": number(balance.voices.said),
        "themes": number(len(answering.themes)),
        "given": number(len(answering.given)),
        "owed": number(len(answering.owed)),
        "promises": number(len(balance.promises)),
    }


def _rows(balance: Balance) -> list[list[str]]:
    by_decision: dict[UUID, list[Promise]] = defaultdict(list)
    for promise in balance.promises:
        by_decision[promise.record.commitment.decision_id].append(promise)
    decisions_of: dict[UUID, list[UUID]] = defaultdict(list)
    for decision, answers in balance.chain.answers_of_decision.items():
        for answer in answers:
            decisions_of[answer].append(decision)
    rows = []
    for line in balance.answering.themes:
        origins = balance.voices.by_theme_and_origin.get(line.theme.pk, {})
        led = [
            promise
            for decision in (decisions_of[line.answer.pk] if line.answer else [])
            for promise in by_decision[decision]
        ]
        rows.append(
            [
                title_of(line.theme),
                number(line.voices),
                ", ".join(str(words.ORIGINS[code]) for code in origins),
                answer_state(line)[1],
                together(
                    " ; ",
                    *(
                        tell(
                            "%(title)s (%(standing)s)",
                            title=title_of(each.record),
                            standing=words.state_word(each.standing, "commitment"),
                        )
                        for each in led
                    ),
                ),
            ]
        )
    if balance.voices.unattached:
        rows.append([_("sans sujet"), number(balance.voices.unattached), "", "", ""])
    return rows
