"""The life of a pile of paper: entered by one hand, entered again by another where it is counted, then told."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    OPEN = "open", _("En cours de saisie")
    ENTERED = "entered", _("Saisi, à ressaisir par une autre personne")
    DIFFERS = "differs", _("Deux saisies qui diffèrent")
    COUNTED = "counted", _("Compté")


NEXT: dict[BatchState, frozenset[BatchState]] = {
    BatchState.OPEN: frozenset({BatchState.ENTERED, BatchState.COUNTED}),
    BatchState.ENTERED: frozenset({BatchState.DIFFERS, BatchState.COUNTED}),
    BatchState.DIFFERS: frozenset({BatchState.COUNTED}),
    BatchState.COUNTED: frozenset(),
}


class Problem(StrEnum):
    """Why a page of a scan fills in nothing. All but the last two are said by the program that reads: see ``reader``."""

    NO_CODE = "no_code"
    TORN = "torn"
    FOLDED = "folded"
    FOREIGN = "foreign"
    VERSION = "version"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    NOT_A_SCAN = "not_a_scan"
    PDF_LOCKED = "pdf_locked"
    TOO_MANY = "too_many"
    TWICE = "twice"
    OTHER_QUESTION = "other_question"

    @property
    def what_to_do(self) -> str:
        return str(_WHAT_TO_DO[self])


_WHAT_TO_DO = {
    Problem.NO_CODE: _(
        "Ni code, ni repères : ce n’est pas un de nos formulaires, ou la photo est floue. Numérisez-la de nouveau, bien"
        " à plat, ou saisissez-la à la main."
    ),
    Problem.TORN: _(
        "Un des quatre repères manque : la feuille est déchirée, ou mal cadrée. Numérisez-la entière."
    ),
    Problem.FOLDED: _("La feuille est pliée ou froissée : aplatissez-la et numérisez-la de nouveau."),
    Problem.FOREIGN: _("Ce formulaire n’est pas de cette concertation : rangez-le avec ceux de la sienne."),
    Problem.VERSION: _(
        "Ce formulaire est d’une autre version, ou sa question a changé depuis. Saisissez-la à la main."
    ),
    Problem.BROKEN: _("Ce fichier est abîmé ou incomplet : enregistrez-le de nouveau, puis renvoyez-le."),
    Problem.TOO_LARGE: _("Cette image est trop grande : numérisez-la à 200 ou 300 points par pouce."),
    Problem.NOT_A_SCAN: _("Ce fichier n’est ni un PDF, ni une image JPEG, PNG ou TIFF."),
    Problem.PDF_LOCKED: _("Ce PDF est protégé : ôtez la protection, puis renvoyez-le."),
    Problem.TOO_MANY: _("Un lot tient 60 feuilles au plus : mettez les suivantes dans un autre lot."),
    Problem.TWICE: _("Cette feuille est déjà saisie, ici ou dans un autre lot : elle ne compte qu’une fois."),
    Problem.OTHER_QUESTION: _(
        "Cette feuille pose une autre question que ce lot : mettez-la dans un autre lot."
    ),
}
