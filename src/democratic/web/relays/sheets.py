"""What the posters, cards, stickers and pictures of a code show, in JSON: words are data, never markup."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.web.formats import typo
from democratic.web.kits.printable import Json
from democratic.web.kits.told import qr_of
from democratic.web.relays.told import CodeTold, capital


def frame(told: CodeTold, title: str) -> dict[str, Json]:
    tu = told.uses_tu
    short = _("%(time)s, sans compte.") % {"time": told.time}
    return {
        "language": get_language() or "fr",
        "title": title % {"name": told.told.name, "code": told.code},
        "spoken": told.question.language,
        "authority": told.authority,
        "name": told.told.name,
        "name-spoken": told.name_language,
        "ground": told.ground,
        "question": typo(told.question),
        "call": _("Scanne et réponds") if tu else _("Scannez et répondez"),
        "invitation": (_("Réponds en %(time)s") if tu else _("Répondez en %(time)s")) % {"time": told.time},
        "short": typo(capital(short)),
        "answer": typo(told.becomes),
        "code": told.code,
        "address": told.address,
        "qr": qr_of(told.url),
    }


def how_long(told: CodeTold) -> str:
    return typo(capital(_("%(time)s, sans compte ni nom.") % {"time": told.time}))


def poster(told: CodeTold, paper: str) -> dict[str, Json]:
    tu = told.uses_tu
    said = frame(told, _("Affiche %(code)s : %(name)s"))
    heard: list[Json] = []
    if told.until:
        until = _("Jusqu’au %(day)s") % {"day": told.until}
        heard = [{"what": typo(until), "said": _("tu parles") if tu else _("vous parlez")}]
    answered = (
        _("chaque phrase reçoit une réponse publique") if told.has_words else _("ce qui en sort est publié")
    )
    return said | {
        "paper": paper,
        "how": how_long(told),
        "type-it": typo(_("Ou tape cette adresse :") if tu else _("Ou tapez cette adresse :")),
        "facts": [
            {"what": _("Qui demande"), "said": typo(told.told.asker)},
            *heard,
            {"what": typo(_("Avant le %(day)s") % {"day": told.answer_day}), "said": answered},
        ],
    }


def cards(told: CodeTold) -> dict[str, Json]:
    return frame(told, _("Cartes %(code)s : %(name)s"))


def stickers(told: CodeTold) -> dict[str, Json]:
    return frame(told, _("Autocollants %(code)s : %(name)s"))


def picture(told: CodeTold, form: str) -> dict[str, Json]:
    return frame(told, _("Image %(code)s : %(name)s")) | {
        "form": form,
        "how": _("Sans compte, sans e-mail."),
    }
