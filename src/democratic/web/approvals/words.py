"""A draft in words, and why a link of approval opens nothing more."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from democratic.participation.answers.models import Verdict
from democratic.participation.approvals.links import Over
from democratic.participation.approvals.reading import Draft
from democratic.participation.mandates.models import Level
from democratic.participation.polls.models import Shows
from democratic.participation.processes.models import Step
from democratic.web.formats import day, euros, hour


def facts_of(draft: Draft, zone: ZoneInfo) -> list[tuple[str, str, str]]:
    """What is said under each name; empty parts are left out. ``zone``: of the authority, for moments."""
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
        "mandate": _("La commande"),
        "asks": _("Ce que nous demandons"),
        "use_of_input": _("Ce que nous ferons de vos avis"),
        "in_clear": _("En clair"),
        "uses_tu": _("Tutoyer : concertation pour les jeunes"),
        "poll_question": _("Question d’un geste"),
        "poll_text": _("Ce qu’il faut savoir pour répondre"),
        "poll_options": _("Les réponses"),
        "poll_no_opinion": _("« Sans avis »"),
        "poll_stage": _("Pendant l’étape"),
        "poll_closes_at": _("Dernier jour pour répondre"),
        "poll_shows": _("Les totaux se lisent"),
        "poll_shuffled": _("Ordre des réponses"),
        "flow": _("Conversation"),
        "promised_by": _("Qui s’engage"),
        "promised_for_on": _("Pour le"),
        "given_on": _("Noté le"),
        "given_at": _("Où"),
        "signature": _("Signé sur place"),
        "process": _("La concertation"),
    }
    labels |= {f"stage_{step}": _("Étape « %(step)s »") % {"step": step.label} for step in Step}
    return [(labels[name], _told(name, said, zone), "") for name, said in draft.parts if said]


def _of_process(name: str, said: str, zone: ZoneInfo) -> str:
    if name.startswith("stage_"):
        first, last = (day(date.fromisoformat(each)) for each in said.split("/"))
        return _("du %(first)s au %(last)s") % {"first": first, "last": last}
    if name == "poll_closes_at":
        closes = datetime.fromisoformat(said).astimezone(zone)
        return f"{day(closes.date())}, {hour(closes)}"
    return {
        "poll_options": " · ".join(said.split("\n")),
        "poll_no_opinion": _("oui"),
        "uses_tu": _("oui"),
        "poll_shuffled": _("tiré au sort pour chacun"),
        "poll_stage": str(Step(said).label) if name == "poll_stage" else "",
        "poll_shows": str(Shows(said).label) if name == "poll_shows" else "",
    }.get(name, said)


def _told(name: str, said: str, zone: ZoneInfo) -> str:
    if name.startswith(("poll_", "stage_", "uses_")):
        return _of_process(name, said, zone)
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
