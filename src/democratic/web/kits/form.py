"""A print run of forms: so many pages alike, each with its own code, its number and the stub that one keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from civics.paper.layout import AGE, BODY, CHOICE, CONSENT, CUT
from civics.paper.markers import MARKERS, MODULES, marker_path
from democratic.people.models import AgeBand
from democratic.thread.addresses import public_address
from democratic.web.drawings import qr_path
from democratic.web.formats import typo
from democratic.web.kits.printable import Json
from democratic.web.kits.told import Told, cut, frame_of, promise_of

LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: ``code`` and ``secret`` are for who fills it in, ``said`` for the program that reads it. No ``secret``:
    it was printed before, and is not known any more.
    """

    serial: int
    code: str
    secret: str
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Without a question: its words alone are asked for. ``options`` by rank. ``of_all``: what is said of a class, its age
    too where no box asks it; ``is_of_children``: then nothing is to be written.
    """

    question: str
    options: Mapping[int, str]
    of_all: Sequence[str] = ()
    is_of_children: bool = False


def form(
    told: Told, layout: Mapping[str, Any], asked: Asked, leaves: Sequence[Leaf], *, of: int
) -> dict[str, Json]:
    return frame_of(told.process, _("Formulaire : %(name)s") % {"name": told.name}) | {
        "layout": dict(layout),
        "cut": CUT,
        "markers": {"svg": [_svg(marker_path(number), MODULES) for number in range(len(MARKERS))]},
        "question": typo(asked.question),
        "labels": {
            AGE: {band.value: str(band.label) for band in AgeBand},
            CHOICE: {str(rank): typo(cut(label, LONGEST_LABEL)) for rank, label in asked.options.items()},
            BODY: {"yes": _("oui"), "no": _("non"), "unsaid": _("je ne dis pas")},
            CONSENT: {
                "yes": _(
                    "Je suis d’accord : ces mots seront publiés, avec mon prénom s’il est écrit. On me l’a lu."
                )
            },
        },
        "words": _words(told) | _of_a_class(told, layout, asked),
        "speaks": not asked.is_of_children,
        "pages": [_page(leaf, of) for leaf in leaves],
        "find": {"address": public_address(told.process.authority).split("://", 1)[1] + "/retrouver"},
        "promise": promise_of(told),
    }


def _words(told: Told) -> dict[str, Json]:
    tu = told.process.uses_tu
    said = {
        "how": (_("Stylo noir ou bleu. Une croix dans la case ; pour corriger, demandez une autre feuille.")),
        "age": _("Ton âge, d’abord :") if tu else _("Votre âge, d’abord :"),
        "minors": (
            _("Moins de 15 ans, ou sans réponse : seule la case cochée est gardée. N’écris rien d’autre.")
            if tu
            else _(
                "Moins de 15 ans, ou sans réponse : seule la case cochée est gardée. N’écrivez rien d’autre."
            )
        ),
        "say": _("Ce que tu veux dire :") if tu else _("Ce que vous voulez dire :"),
        "name": _("Prénom :"),
        "optional": _("ou rien"),
        "body": _("Déjà membre d’un conseil ou d’un comité ?"),
        "marks": _("Deux repères pour la machine : n’y écrivez rien."),
        "keep": _("À garder : ton numéro de suivi") if tu else _("À garder : votre numéro de suivi"),
        "find": _("La suite, dès que la feuille est saisie :"),
        "no-key": _("Cette réimpression n’a pas de clé. Celle du premier tirage reste bonne."),
        "key": _("Clé, pour toi seulement") if tu else _("Clé, pour vous seulement"),
        "key-use": (
            _("Avec elle, tu retires ta parole ou tu la relies à un compte. Elle sert une fois.")
            if tu
            else _("Avec elle, vous retirez votre parole ou la reliez à un compte. Elle sert une fois.")
        ),
    }
    return {key: typo(words) for key, words in said.items()}


def _of_a_class(told: Told, layout: Mapping[str, Any], asked: Asked) -> dict[str, Json]:
    """In the place of the age, where it is said of all; after its boxes, the class alone."""
    said = typo(" · ".join(asked.of_all))
    if any(box["group"] == AGE for box in layout["boxes"]):
        return {"class": said}
    if not asked.is_of_children:
        return {"class": said, "age": "", "minors": ""}
    told_so = (
        _("Seule la case cochée est gardée. N’écris rien d’autre sur cette feuille.")
        if told.process.uses_tu
        else _("Seule la case cochée est gardée. N’écrivez rien d’autre sur cette feuille.")
    )
    return {"class": said, "age": "", "minors": typo(told_so)}


def _page(leaf: Leaf, of: int) -> Json:
    path, side = qr_path(leaf.said)
    place = {"n": leaf.serial, "all": of}
    return {
        "code": leaf.code,
        "secret": leaf.secret,
        "code-to-scan": {"svg": _svg(path, side)},
        "alt": _("Code pour la machine qui lit cette feuille"),
        "place": _("Feuille %(n)d sur %(all)d") % place,
    }


def _svg(path: str, side: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path d="{path}" fill="#000"/></svg>'
    )
