"""A draft in words, and why a link of approval opens nothing more."""

from datetime import date

from django.utils.translation import gettext as _

from democratic.participation.answers.models import Verdict
from democratic.participation.approvals.links import Over
from democratic.participation.approvals.reading import Draft
from democratic.participation.mandates.models import Level
from democratic.web.formats import day, euros


def facts_of(draft: Draft) -> list[tuple[str, str, str]]:
    """What is said under each name; empty parts are left out."""
    labels = {
        "ordered_by": _("Demandé par"),
        "ordered_on": _("Demandé le"),
        "vote": _("Vote"),
        "level": _("Niveau promis"),
        "decidable": _("Ce qui peut changer"),
        "not_decidable": _("Ce qui n’est pas négociable"),
        "aimed_at": _("À qui l’on s’adresse"),
        "answer_due_on": _("Réponse avant le"),
        "answerer": _("Qui répond"),
        "service": _("Service"),
        "budget_cents": _("Budget"),
        "verdict": _("La réponse"),
        "passed_to": _("Transmis à"),
        "signer": _("Qui signe"),
    }
    return [(labels[name], _told(name, said), "") for name, said in draft.parts if said]


def _told(name: str, said: str) -> str:
    if name.endswith("_on"):
        return day(date.fromisoformat(said))
    if name == "budget_cents":
        return euros(int(said))
    if name == "level":
        return str(Level(said).label)
    return str(Verdict(said).label) if name == "verdict" else said


def over_told(over: Over) -> tuple[str, str]:
    """A heading, and what happened."""
    again = _("Rien n’a été fait en votre nom. Le service vous enverra un autre lien, s’il le faut.")
    told = {
        Over.CHANGED: (
            _("Le texte a changé"),
            _("Il n’est plus celui qui vous a été envoyé : ce lien ne vaut plus."),
        ),
        Over.EXPIRED: (_("Ce lien a plus de sept jours"), _("Il n’ouvre plus rien.")),
        Over.TAKEN_BACK: (
            _("La demande est reprise"),
            _("Le service n’attend plus votre réponse à ce lien."),
        ),
        Over.PUBLISHED: (_("Ce texte est publié"), _("Il n’y a plus rien à approuver.")),
        Over.UNKNOWN: (
            _("Ce lien n’est plus valable"),
            _("Il est incomplet, ou n’est plus à vous. Reprenez-le dans le message, en entier."),
        ),
    }
    heading, why = told[over]
    return heading, f"{why} {again}" if over in (Over.CHANGED, Over.EXPIRED) else why
