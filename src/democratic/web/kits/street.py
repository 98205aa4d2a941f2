"""What is shown and handed out in the street: the poster and the cards."""

from django.utils.translation import gettext as _

from democratic.people.models import AgeBand
from democratic.web.formats import day, typo
from democratic.web.kits.printable import Json
from democratic.web.kits.told import Told, frame_of, promise_of


def poster(told: Told, paper: str) -> dict[str, Json]:
    process, tu = told.process, told.process.uses_tu
    listens = is_listening(told)
    return frame_of(process, _("Affiche : %(name)s") % {"name": told.name}) | {
        "paper": paper,
        "kind": _("Concertation"),
        "question": typo(told.question),
        "call": _call(listens=listens, tu=tu),
        "how": typo(_how(listens=listens, tu=tu)),
        "type-it": typo(_("Ou tape cette adresse :") if tu else _("Ou tapez cette adresse :")),
        "steps": _way(told),
        "who": [
            typo(_("Qui demande : %(who)s.") % {"who": told.asker}),
            typo(_("Qui promet la réponse : %(who)s.") % {"who": told.answerer}),
        ],
    }


def is_listening(told: Told) -> bool:
    return told.listens_until is not None and told.today <= told.listens_until


def _call(*, listens: bool, tu: bool) -> str:
    if listens:
        return _("Scanne et dis-le") if tu else _("Scannez, et dites-le")
    return _("Scanne, et regarde la suite") if tu else _("Scannez, et voyez la suite")


def _how(*, listens: bool, tu: bool) -> str:
    if not listens:
        return _("On n’écoute plus, on répond : tout est public, retards compris.")
    if tu:
        return _("Sans compte, sans e-mail. Ton prénom si tu veux.")
    return _("Sans compte, sans e-mail. Votre prénom si vous voulez.")


def _way(told: Told) -> list[Json]:
    """The three knots of the poster: who speaks until when, who answers by when, and what follows."""
    heard_until, tu = told.listens_until, told.process.uses_tu
    is_answered = told.answer is not None and told.answer.met_on is not None
    speaking: list[Json] = []
    if heard_until is not None:
        speaking = [
            {
                "state": "now",
                "when": _("Jusqu’au %(day)s") % {"day": day(heard_until)},
                "what": _("tu parles") if tu else _("vous parlez"),
            }
        ]
    return [
        *speaking,
        {
            "state": "done" if is_answered else "ahead",
            "when": _("Avant le %(day)s") % {"day": day(told.answers_by)},
            "what": _("chaque parole reçoit une réponse"),
        },
        {"state": "ahead", "when": _("Ensuite"), "what": _("ce qui est promis se suit en public")},
    ]


def cards(told: Told) -> dict[str, Json]:
    """Four to a sheet. The age comes before any word, as everywhere (docs/operate/minors.md)."""
    tu = told.process.uses_tu
    return frame_of(told.process, _("Cartes : %(name)s") % {"name": told.name}) | {
        "question": typo(told.question),
        "age": typo(_("Ton âge :") if tu else _("Votre âge :")),
        "bands": [str(band.label) for band in AgeBand if band is not AgeBand.UNSAID],
        "words": typo(_("Ce que tu veux dire :") if tu else _("Ce que vous voulez dire :")),
        "first-name": typo(_("Prénom :")),
        "or-nothing": (
            _("ou rien. Moins de 15 ans : n’écris pas ton prénom.")
            if tu
            else _("ou rien. Moins de 15 ans : n’écrivez pas votre prénom.")
        ),
        "consent": (
            _("Je suis d’accord : ces mots seront publiés, avec mon prénom s’il est écrit. On me l’a lu.")
        ),
        "keep": _("À garder") + "\u00a0: " + (_("ton numéro de suivi") if tu else _("votre numéro de suivi")),
        "sticker": _("collez ici la pastille du numéro"),
        "find": typo(_("La suite :")),
        "answer": promise_of(told),
    }
