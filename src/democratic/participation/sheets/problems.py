"""What may be wrong with a sheet, and with a line of it: closed lists, said in words by pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """Why a whole sheet is refused. Each says what to do."""

    EMPTY = "empty", _("Ce fichier est vide.")
    HEAVY = "heavy", _("Ce fichier dépasse 10 Mo. Envoyez-le en deux feuilles.")
    LONG = "long", _("Cette feuille va au-delà de 50 000 lignes. Coupez-la en plusieurs feuilles.")
    UNFOLDS = "unfolds", _("Ce fichier se déplie en plus de 100 Mo : il n’est pas ouvert.")
    LINKED = "linked", _("Cette feuille est liée à d’autres fichiers. Rompez les liaisons, puis renvoyez-la.")
    MACROS = "macros", _("Ce fichier contient un programme (macros). Enregistrez-le en .xlsx, sans macros.")
    LOCKED = "locked", _("Ce fichier est protégé par un mot de passe. Ôtez-le, puis renvoyez-le.")
    OTHER = (
        "other",
        _("Ce n’est ni un fichier .xlsx ni un fichier .csv. Enregistrez-le dans l’un de ces formats."),
    )
    OPEN = (
        "open",
        _(
            "Cette feuille est au format OpenDocument (.ods). Enregistrez-la en .xlsx ou en .csv, puis renvoyez-la."
        ),
    )
    BROKEN = "broken", _("Ce fichier ne se lit pas : il est abîmé, ou ce n’est pas une feuille de calcul.")
    HEADS = (
        "heads",
        _(
            "Les colonnes de la feuille à remplir ne s’y trouvent pas. Repartez de celle que vous avez téléchargée."
        ),
    )


class Problem(models.TextChoices):
    """Why a line cannot be written."""

    FORMULA = "formula", _("une formule : écrivez son résultat")
    CELL = "cell", _("une erreur de calcul")
    KEY = "key", _("la clé manque, ou n’est pas celle d’une parole de cette concertation")
    TWICE = "twice", _("la même clé qu’à la ligne %(detail)s")
    VERDICT = (
        "verdict",
        _("« %(detail)s » n’est pas une réponse : retenu, retenu en partie, non retenu ou transmis"),
    )
    NO_VERDICT = "no_verdict", _("la réponse manque")
    NO_REASON = "no_reason", _("la raison manque")
    NO_PASSED = "no_passed", _("dites à qui c’est transmis")
    TOO_LONG = "too_long", _("la raison a %(detail)s signes ; il en faut 10 000 au plus")
    CLOSED = "closed", _("on n’y répond plus : fusionnée, scindée, hors du champ ou retirée")
    SIGNER = "signer", _("la personne qui devait signer n’est plus en fonction")


class SheetRefused(Exception):
    """The whole sheet cannot be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
