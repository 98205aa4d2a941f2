"""Of all that was judged: the bars, the ways to narrow it, and what is said when there is nothing."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from democratic.observatory.judgements import Narrowed, Tally
from democratic.observatory.states import Says
from democratic.web import words
from democratic.web.formats import number
from democratic.web.observatory.places import list_path
from democratic.web.places import at

SAYS, SPLIT, PROCESS = "avis", "desaccord", "concertation"
SLUG = re.compile(r"[a-z0-9-]{1,120}")


def narrowed_by(asked: QueryDict) -> Narrowed:
    """An unknown verdict narrows nothing; an unknown process has none."""
    says, process = asked.get(SAYS, ""), asked.get(PROCESS, "")
    return Narrowed(
        says=says if says in Says.values else "",
        only_disagreeing=asked.get(SPLIT) == "1",
        process=process if SLUG.fullmatch(process) else "",
    )


def asked_for(narrowed: Narrowed) -> dict[str, str]:
    return {
        SAYS: narrowed.says,
        SPLIT: "1" if narrowed.only_disagreeing else "",
        PROCESS: narrowed.process,
    }


def address(narrowed: Narrowed) -> str:
    said = urlencode({name: value for name, value in asked_for(narrowed).items() if value})
    return list_path() + (f"?{said}" if said else "")


def bars(tally: Tally) -> dict[str, Any]:
    total = tally.total
    counts = [(words.state_word(value, "commitment"), tally.counts[value]) for value in Says.values]
    told = ", ".join(f"{label.lower()} : {number(n)}" for label, n in counts)
    return {
        "id": "constats",
        "title": _("Ce que l’observatoire a constaté"),
        "n": _("Le dernier avis sur chacun des %(n)s engagements jugés") % {"n": number(total)},
        "rows": [
            {"label": label, "value": number(n), "share": f"{100 * n / total:.1f}", "mark": False}
            for label, n in counts
        ],
        "alt": told,
        "caption": _("Engagements par avis de l’observatoire"),
        "head": (_("Avis"), _("Engagements")),
        "downloads": [],
    }


def tabs(tally: Tally, narrowed: Narrowed) -> list[tuple[str, str, bool]]:
    every = Narrowed(process=narrowed.process)
    ways = [(_("Tous"), tally.total, every)]
    for value in Says.values:
        word = words.state_word(value, "commitment")
        ways.append((word, tally.counts[value], replace(every, says=value)))
    ways.append((_("En désaccord"), tally.disagreeing, replace(every, only_disagreeing=True)))
    return [(f"{word} ({number(n)})", address(way), way == narrowed) for word, n, way in ways]


def nothing(*, has_observatory: bool, is_narrowed: bool) -> dict[str, Any]:
    if is_narrowed:
        return {
            "what": _("Aucun avis de cette sorte"),
            "why": _("L’observatoire en a rendu d’autres."),
            "who": "",
            "action": (_("Voir tous les avis"), list_path()),
        }
    if has_observatory:
        return {
            "what": _("Aucun engagement n’est encore jugé"),
            "why": _("Les membres entendent d’abord qui doit tenir les engagements, puis se prononcent."),
            "who": _("Chaque avis s’ajoutera ici, avec ses voix et ses preuves."),
            "action": (_("Voir les engagements"), at("/engagements")),
        }
    return {
        "what": _("Personne ne juge encore ce qui est promis"),
        "why": _(
            "Un observatoire est fait d’habitants que la collectivité ne nomme pas : ils disent si c’est tenu."
        ),
        "who": _(
            "La collectivité le crée par un acte public, qui désigne l’instance qui nommera ses membres."
        ),
        "action": (_("Voir les engagements"), at("/engagements")),
    }
