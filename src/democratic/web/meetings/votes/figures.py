"""The result of one vote, as bars and as a table: a sentence that says what was found, and every number under it."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civics.soundings.counts import Outcome
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.participation.meetings.soundings.results import Results
from democratic.web.formats import number
from democratic.web.meetings.votes.words import column_name, labels_of, participants

Row = dict[str, Any]


def figure_of(sounding: Sounding, results: Results) -> dict[str, Any]:
    """For ``votes/result.html``."""
    labels = labels_of(sounding)
    told: dict[str, Any] = {
        "finding": finding(results, labels),
        "n": participants(sounding, results.total),
        "total": results.total,
        "is_few": bool(results.total) and not results.columns,
        "by_hand": [_by_hand(each.by, each.total) for each in results.by_hand],
        "is_final": results.is_final,
    }
    if not results.columns:
        return told
    if results.kind == SoundingKind.WORDS:
        return told | _words(results)
    if results.kind == SoundingKind.RANKING:
        return told | _ranking(results, labels)
    return told | _choices(results, labels)


def _by_hand(by: str, total: int) -> str:
    label = {"hands": _("Mains levées"), "paper": _("Papiers")}[by]
    return ngettext(
        "%(what)s : %(n)s personne, comptée deux fois par deux personnes",
        "%(what)s : %(n)s personnes, comptées deux fois par deux personnes",
        total,
    ) % {"what": label, "n": number(total)}


def finding(results: Results, labels: Mapping[int, str]) -> str:
    """Computed from the counts, without an adjective."""
    if results.kind == SoundingKind.CONSENT and results.outcome:
        return _consent(results.outcome, results.counts.get(3, 0))
    if not results.columns:
        return ngettext("%(n)s voix", "%(n)s voix", results.total) % {"n": number(results.total)}
    if results.kind == SoundingKind.WORDS:
        return _most_given(results)
    if results.kind == SoundingKind.SCALE and results.scale:
        scale = results.scale
        return _("Médiane %(median)d sur %(top)d, moyenne %(mean)s") % {
            "median": scale.median,
            "top": max(results.ranks),
            "mean": number_format(scale.mean, decimal_pos=1),
        }
    if results.kind == SoundingKind.RANKING:
        return _first(results, labels)
    return _chosen(results, labels)


def _consent(outcome: Outcome, objections: int) -> str:
    if outcome == Outcome.ADOPTED:
        return _("Adopté : aucune objection")
    if outcome == Outcome.NOBODY:
        return _("Pas adopté : personne n’y consent")
    if not objections:
        return _("Pas adopté : il y a une objection au moins")
    return ngettext("Pas adopté : %(n)s objection", "Pas adopté : %(n)s objections", objections) % {
        "n": number(objections)
    }


def _most_given(results: Results) -> str:
    if not results.words.words:
        return _("Aucun mot n’a été donné par trois personnes ou plus")
    word, n = results.words.words[0]
    return _("« %(word)s », donné par %(n)s personnes") % {"word": word, "n": number(n)}


def _first(results: Results, labels: Mapping[int, str]) -> str:
    ranking = results.ranking
    first = ", ".join(labels[rank] for rank in ranking.first_by_points)
    duels = ranking.wins_every_duel
    is_level = len(ranking.first_by_points) > 1
    points = _("« %(first)s » : à égalité aux points") if is_level else _("« %(first)s » en tête aux points")
    points %= {"first": first}
    if duels is None:
        return _("%(points)s ; aucune réponse ne gagne tous ses duels") % {"points": points}
    if ranking.first_by_points == (duels,):
        return _("%(points)s, et gagne tous ses duels") % {"points": points}
    return _("%(points)s ; « %(other)s » gagne tous ses duels") % {"points": points, "other": labels[duels]}


def _chosen(results: Results, labels: Mapping[int, str]) -> str:
    counts, most = results.counts, results.most
    values = {"all": number(results.total)}
    if not most:
        return ngettext("%(n)s voix", "%(n)s voix", results.total) % {"n": values["all"]}
    values |= {"what": ", ".join(labels[rank] for rank in most), "n": number(counts[most[0]])}
    if len(most) > 1:
        return _("« %(what)s » : à égalité, %(n)s voix chacune sur %(all)s") % values
    return _("« %(what)s » : %(n)s voix sur %(all)s") % values


def _bar(label: str, value: str, of_hundred: float, *, is_most: bool) -> Row:
    return {"label": label, "value": value, "share": f"{of_hundred:.1f}", "mark": is_most}


def _bars(rows: list[Row]) -> dict[str, Any]:
    said = ", ".join(_("%(what)s : %(n)s") % {"what": row["label"], "n": row["value"]} for row in rows)
    return {"rows": rows, "alt": said}


def _choices(results: Results, labels: Mapping[int, str]) -> dict[str, Any]:
    counts, most = results.counts, set(results.most)
    rows = [
        _bar(
            label,
            _("%(n)s (%(share)d %%)")
            % {"n": number(counts[rank]), "share": round(100 * counts[rank] / results.total)},
            100 * counts[rank] / results.total,
            is_most=rank in most,
        )
        for rank, label in labels.items()
    ]
    after = results.after
    head = [_("Réponse"), _("Ensemble"), *([_("pendant la rencontre")] if after else [])]
    table = [
        [
            label,
            number(counts[rank]),
            *([number(counts[rank] - after.counts.get(rank, 0))] if after else []),
            *(number(column.counts.get(rank, 0)) for column in results.columns),
        ]
        for rank, label in labels.items()
    ]
    head += [column_name(column) for column in results.columns]
    people = [results.total, *([results.total - after.people] if after else [])]
    people += [column.people for column in results.columns]
    table.append([_("Personnes"), *map(number, people)])
    return {"bars": _bars(rows), "head": head, "table": table}


def _ranking(results: Results, labels: Mapping[int, str]) -> dict[str, Any]:
    ranking, firsts = results.ranking, results.counts
    best = 2 * (len(labels) - 1) * ranking.n or 1
    rows = [
        _bar(
            labels[each.rank],
            _("%(n)s points") % {"n": _half(each.points)},
            100 * each.points / best,
            is_most=each.rank in ranking.first_by_points,
        )
        for each in ranking.options
    ]
    table = [
        [
            labels[each.rank],
            _half(each.points),
            number(each.wins),
            number(each.level),
            number(firsts[each.rank]),
        ]
        for each in ranking.options
    ]
    head = [_("Réponse"), _("Points"), _("Duels gagnés"), _("À égalité"), _("Premières places")]
    duels = [
        _("« %(one)s » %(a)s, « %(other)s » %(b)s")
        % {"one": labels[one], "a": number(a), "other": labels[other], "b": number(b)}
        for (one, other), (a, b) in ranking.duels.items()
    ]
    return {"bars": _bars(rows), "head": head, "table": table, "duels": duels}


def _half(doubled: int) -> str:
    return number(doubled // 2) if doubled % 2 == 0 else number_format(doubled / 2, decimal_pos=1)


def _words(results: Results) -> dict[str, Any]:
    shown = results.words.words
    top = shown[0][1] if shown else 1
    rows = [_bar(word, number(n), 100 * n / top, is_most=n == top) for word, n in shown]
    others = results.words.others
    return {
        "bars": _bars(rows) if rows else None,
        "head": [_("Mot"), _("Personnes")],
        "table": [[word, number(n)] for word, n in shown],
        "others": ngettext("autres mots : %(n)s", "autres mots : %(n)s", others) % {"n": number(others)}
        if others
        else "",
    }
