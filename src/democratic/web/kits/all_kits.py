"""Every kit of a process, as the page « Imprimer » lists them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from democratic.web.kits.notice import notice
from democratic.web.kits.printable import Json
from democratic.web.kits.room import table_sheet, tally
from democratic.web.kits.street import cards, poster
from democratic.web.kits.told import Told

Say = Callable[[Told], dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Kit:
    """``key`` is in its address and names its file; ``sheet`` is its template; ``paper`` as people ask for it."""

    key: str
    sheet: str
    name: Promise
    purpose: Promise
    paper: Promise
    say: Say
    is_wide: bool = False


KITS = (
    Kit(
        "affiche-a3",
        "poster",
        _("Affiche, grand format"),
        _("À coller là où l’on passe. Le code mène à la concertation, l’adresse se tape aussi."),
        _("A3, portrait"),
        lambda told: poster(told, "a3"),
    ),
    Kit(
        "affiche-a4",
        "poster",
        _("Affiche"),
        _("La même, pour une porte, un comptoir ou un panneau de lycée."),
        _("A4, portrait"),
        lambda told: poster(told, "a4"),
    ),
    Kit(
        "cartes",
        "cards",
        _("Cartes à écrire"),
        _(
            "Quatre par feuille, à couper. Une parole par carte, et un talon à garder pour retrouver la suite."
        ),
        _("A4, quatre A6"),
        cards,
    ),
    Kit(
        "information",
        "notice",
        _("Vos données, à lire d’abord"),
        _("À montrer et à lire avant la première carte : qui, pourquoi, combien de temps, quels droits."),
        _("A4, portrait"),
        notice,
    ),
    Kit(
        "table",
        "table",
        _("Feuille de table"),
        _("Une par table dans une rencontre, pour écrire à plusieurs."),
        _("A4, paysage"),
        table_sheet,
        is_wide=True,
    ),
    Kit(
        "pointage",
        "tally",
        _("Feuille de pointage"),
        _("Pour compter des papiers par lot, cinq par cinq, saisis par l’un et vérifiés par l’autre."),
        _("A4, portrait"),
        tally,
    ),
)
BY_KEY = {kit.key: kit for kit in KITS}
