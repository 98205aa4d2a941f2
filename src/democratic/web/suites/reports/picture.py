"""The picture of a bilan: order → moments → themes → answers → what was promised, with its table."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.spoken import shorten
from democratic.participation.commitments.queries import WITHDRAWN, withdrawal_of
from democratic.participation.reports.answering import ThemeAnswered
from democratic.participation.reports.balance import Balance, Promise
from democratic.web import words
from democratic.web.charts.chart import Chart, Own
from democratic.web.formats import day, number
from democratic.web.sentences import tell, together
from democratic.web.suites.drawings.flow import BAR, Node, Strand, draw_flow
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.states import label_of

MOMENTS, THEMES, PROMISES = 6, 9, 16
LABEL = 26
REST, NONE = "rest", "none"


def flow_chart(balance: Balance, published: Mapping[str, int | None], base: str, source: str) -> Chart:
    """``published``: voices by origin; those that are not published go together."""
    nodes, strands = _graph(balance, published)
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


def _cut(text: str) -> str:
    return shorten(text, LABEL)


def _voices(n: float) -> str:
    return ngettext("%(n)s voix", "%(n)s voix", round(n)) % {"n": number(round(n))}


class _Graph:
    """Nodes in the order in which they are drawn, each once; strands that add up."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.strands: dict[tuple[str, str, str], float] = defaultdict(float)

    def node(self, node: Node) -> None:
        self.nodes.setdefault(node.key, node)

    def join(self, source: str, target: str, n: float, kind: str = "") -> None:
        if n > 0 and source in self.nodes and target in self.nodes:
            self.strands[source, target, kind] += n


def _graph(balance: Balance, published: Mapping[str, int | None]) -> tuple[list[Node], list[Strand]]:
    graph = _Graph()
    mandate = balance.process.mandate
    graph.node(Node("order", 0, _("La commande"), day(mandate.ordered_on, "short"), balance.voices.said))
    moments = _moments(graph, balance.voices.by_origin, published)
    themes = _themes(graph, balance, moments)
    _answers(graph, themes)
    _promises(graph, balance, themes)
    strands = [Strand(source, target, n, kind) for (source, target, kind), n in graph.strands.items()]
    return list(graph.nodes.values()), strands


def _moments(
    graph: _Graph, by_origin: Mapping[str, int], published: Mapping[str, int | None]
) -> dict[str, str]:
    """The node of each origin: its own for the first few, a common one for the others."""
    named = [origin for origin in by_origin if published.get(origin) is not None][:MOMENTS]
    keys = {origin: f"m-{origin if origin in named else REST}" for origin in by_origin}
    for origin in named:
        graph.node(
            Node(keys[origin], 1, str(words.ORIGINS[origin]), _voices(by_origin[origin]), by_origin[origin])
        )
    rest = sum(n for origin, n in by_origin.items() if origin not in named)
    if rest:
        graph.node(Node(f"m-{REST}", 1, _("autrement"), _voices(rest), rest))
    for origin, n in by_origin.items():
        graph.join("order", keys[origin], n)
    return keys


def _themes(
    graph: _Graph, balance: Balance, moments: Mapping[str, str]
) -> dict[UUID, tuple[str, ThemeAnswered]]:
    lines = [line for line in balance.answering.themes if line.voices]
    told = {}
    for line in lines[:THEMES]:
        key = f"t-{line.theme.pk}"
        graph.node(Node(key, 2, _cut(title_of(line.theme)), _voices(line.voices), line.voices))
        told[line.theme.pk] = (key, line)
    rest = sum(line.voices for line in lines[THEMES:])
    if rest:
        graph.node(Node(f"t-{REST}", 2, _("autres sujets"), _voices(rest), rest))
    unattached = balance.voices.unattached
    if unattached:
        graph.node(Node(f"t-{NONE}", 2, _("sans sujet"), _voices(unattached), unattached, "due"))
    for theme, counts in balance.voices.by_theme_and_origin.items():
        key = told[theme][0] if theme in told else f"t-{REST}"
        for origin, n in counts.items():
            graph.join(moments[origin], key, n)
    for origin, n in balance.voices.unattached_by_origin.items():
        graph.join(moments[origin], f"t-{NONE}", n, "owed")
    return told


def _answers(graph: _Graph, themes: Mapping[UUID, tuple[str, ThemeAnswered]]) -> None:
    for theme, (key, line) in themes.items():
        state, word = _answer_state(line)
        kind = "late" if state == "late" else "owed" if line.is_owed else ""
        detail = day(line.answered_on, "short") if line.answered_on else ""
        graph.node(Node(f"a-{theme}", 3, word, detail, line.voices, state))
        graph.join(key, f"a-{theme}", line.voices, kind)


def _answer_state(line: ThemeAnswered) -> tuple[str, str]:
    if line.answer is None:
        if line.days_late:
            return "late", words.days_late(line.days_late)
        return "due", str(words.STATES["answer"]["due"])
    state = WITHDRAWN if withdrawal_of(line.answer.record) else line.answer.verdict
    return state, str(words.STATES["answer"][state])


def _promises(graph: _Graph, balance: Balance, themes: Mapping[UUID, tuple[str, ThemeAnswered]]) -> None:
    """A theme's voices are shared equally between the commitments that its answer led to."""
    theme_of = {answer.pk: theme for theme, answer in balance.chain.answers.items()}
    fed: dict[UUID, list[UUID]] = defaultdict(list)
    by_key = {promise.record.pk: promise for promise in balance.promises}
    for promise in balance.promises:
        decision = promise.record.commitment.decision_id
        for answer in balance.chain.answers_of_decision.get(decision, ()):
            if (theme := theme_of.get(answer)) in themes and theme is not None:
                fed[theme].append(promise.record.pk)
    weights: dict[UUID, float] = defaultdict(float)
    for theme, promises in fed.items():
        for pk in promises:
            weights[pk] += themes[theme][1].voices / len(promises)
    heaviest = sorted((pk for pk in by_key if weights[pk]), key=lambda pk: -weights[pk])[:PROMISES]
    shown = sorted(heaviest, key=lambda pk: _height(pk, fed, list(themes)))
    for pk in shown:
        graph.node(_promise_node(by_key[pk], weights[pk]))
    rest = sum(n for pk, n in weights.items() if pk not in shown)
    if rest:
        graph.node(Node(f"c-{REST}", 4, _("autres engagements"), "", rest))
    for theme, promises in fed.items():
        for pk in promises:
            standing = by_key[pk].standing
            kind = "late" if standing == "late" else "owed" if standing in ("due", "doing") else ""
            target = f"c-{pk}" if pk in shown else f"c-{REST}"
            graph.join(f"a-{theme}", target, themes[theme][1].voices / len(promises), kind)


def _height(promise: UUID, fed: Mapping[UUID, list[UUID]], themes: list[UUID]) -> float:
    """Beside the themes that feed it, so that few strands cross: the mean of their places."""
    places = [place for place, theme in enumerate(themes) if promise in fed.get(theme, ())]
    return sum(places) / len(places)


def _promise_node(promise: Promise, weight: float) -> Node:
    label = label_of(promise.standing, promise.due) or words.state_word(promise.standing, "commitment")
    return Node(f"c-{promise.record.pk}", 4, _cut(title_of(promise.record)), label, weight, promise.standing)


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
                _answer_state(line)[1],
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
