"""Its knots and strands, column by column."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from democratic.participation.reports.answering import ThemeAnswered
from democratic.participation.reports.balance import Balance, Promise
from democratic.web import words
from democratic.web.formats import day
from democratic.web.suites.drawings.flow import Node, Strand
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.reports.picture.labels import answer_state, cut_label, voices_label
from democratic.web.suites.states import label_of

MOMENTS, THEMES, PROMISES = 6, 9, 16
REST, NONE = "rest", "none"


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


def graph_of(balance: Balance) -> tuple[list[Node], list[Strand]]:
    graph = _Graph()
    mandate = balance.process.mandate
    graph.node(Node("order", 0, _("La commande"), day(mandate.ordered_on, "short"), balance.voices.said))
    moments = _moments(graph, balance.voices.by_origin)
    themes = _themes(graph, balance, moments)
    _answers(graph, themes)
    _promises(graph, balance, themes)
    strands = [Strand(source, target, n, kind) for (source, target, kind), n in graph.strands.items()]
    return list(graph.nodes.values()), strands


def _moments(graph: _Graph, by_origin: Mapping[str, int]) -> dict[str, str]:
    """The node of each origin: its own for the first few, a common one for the others."""
    named = list(by_origin)[:MOMENTS]
    keys = {origin: f"m-{origin if origin in named else REST}" for origin in by_origin}
    for origin in named:
        graph.node(
            Node(
                keys[origin],
                1,
                str(words.ORIGINS[origin]),
                voices_label(by_origin[origin]),
                by_origin[origin],
            )
        )
    rest = sum(n for origin, n in by_origin.items() if origin not in named)
    if rest:
        graph.node(Node(f"m-{REST}", 1, _("autrement"), voices_label(rest), rest))
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
        graph.node(Node(key, 2, cut_label(title_of(line.theme)), voices_label(line.voices), line.voices))
        told[line.theme.pk] = (key, line)
    rest = sum(line.voices for line in lines[THEMES:])
    if rest:
        graph.node(Node(f"t-{REST}", 2, _("autres sujets"), voices_label(rest), rest))
    unattached = balance.voices.unattached
    if unattached:
        graph.node(Node(f"t-{NONE}", 2, _("sans sujet"), voices_label(unattached), unattached, "due"))
    for theme, counts in balance.voices.by_theme_and_origin.items():
        key = told[theme][0] if theme in told else f"t-{REST}"
        for origin, n in counts.items():
            graph.join(moments[origin], key, n)
    for origin, n in balance.voices.unattached_by_origin.items():
        graph.join(moments[origin], f"t-{NONE}", n, "owed")
    return told


def _answers(graph: _Graph, themes: Mapping[UUID, tuple[str, ThemeAnswered]]) -> None:
    for theme, (key, line) in themes.items():
        state, word = answer_state(line)
        kind = "late" if state == "late" else "owed" if line.is_owed else ""
        detail = day(line.answered_on, "short") if line.answered_on else ""
        graph.node(Node(f"a-{theme}", 3, word, detail, line.voices, state))
        graph.join(key, f"a-{theme}", line.voices, kind)


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
    return Node(
        f"c-{promise.record.pk}", 4, cut_label(title_of(promise.record)), label, weight, promise.standing
    )
