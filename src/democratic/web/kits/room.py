"""What is filled in by hand in a room or back at the office: the tally sheet, the table's sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from democratic.web.formats import typo
from democratic.web.kits.printable import Json
from democratic.web.kits.told import Told, cut, frame_of

MOST_OPTIONS, FEWEST_ROWS, LONGEST_OPTION = 12, 5, 110


@dataclass(frozen=True, slots=True)
class Question:
    """Rows without an option are left to be written by hand."""

    asked: str
    options: Sequence[str]


def tally(told: Told, questions: Sequence[Question] = ()) -> dict[str, Json]:
    """Boxes by fives. Without ``questions``: that of the process, with its themes for options."""
    asked = questions or [Question(told.question, told.themes)]
    return frame_of(told.process, _("Feuille de pointage : %(name)s") % {"name": told.name}) | {
        "how": typo(
            _(
                "Une case par réponse, barrée d’un trait. Une feuille par lot de papiers ; gardez-les ensemble."
            )
        ),
        "fields": [
            typo(each) for each in (_("Lot n° :"), _("Lieu :"), _("Date :"), _("Papiers dans le lot :"))
        ],
        "questions": [_question(each) for each in asked],
        "head": [_("Réponse"), _("Cases, cinq par cinq"), _("Total")],
        "lasts": [_("Sans réponse"), _("Illisible ou hors sujet")],
        "page": _("page"),
        "check": typo(
            _(
                "Les totaux d’une question font le nombre de papiers du lot. Saisi par une personne, vérifié par une autre."
            )
        ),
        "signs": [typo(_("Saisi par :")), typo(_("Vérifié par :"))],
    }


def _question(each: Question) -> Json:
    options = [typo(cut(option, LONGEST_OPTION)) for option in each.options[:MOST_OPTIONS]]
    return {"question": typo(each.asked), "options": [*options, *[""] * (FEWEST_ROWS - len(options))]}


def table_sheet(told: Told) -> dict[str, Json]:
    mandate = told.process.mandate
    return frame_of(told.process, _("Feuille de table : %(name)s") % {"name": told.name}) | {
        "question": typo(told.question),
        "frame": [
            {"head": _("Ce qui peut changer"), "text": typo(cut(mandate.decidable, 300))},
            {"head": _("Ce qui ne changera pas"), "text": typo(cut(mandate.not_decidable, 300))},
        ],
        "fields": [typo(each) for each in (_("Table :"), _("Date :"), _("Combien de personnes :"))],
        "prompts": [
            _("Ce qui ne va pas"),
            _("Ce qui aiderait"),
            _("Là où nous ne sommes pas d’accord"),
            _("La phrase que nous voulons qu’on lise"),
        ],
        "last": typo(
            _("Tout sera publié, sans nom, et recevra une réponse signée. Pour la suite, scannez ou tapez :")
        ),
    }
