"""The active act of a process: the one thing that today's open stages let anyone do, chosen by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from democratic.participation.processes.models import Process, Step
from democratic.participation.processes.timeline import Place, StepLine, current
from democratic.participation.processes.tool import Act
from democratic.web.formats import day
from democratic.web.places import at, process_path, record_path


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ActShown:
    """A heading, a sentence, one main button, at most one other. ``pill``: until when it stays open."""

    title: str
    text: str
    main: Link
    other: Link | None = None
    pill: str = ""
    cost: str = ""
    note: str = ""


def act_of(process: Process, steps: Sequence[StepLine], today: date, answers: int) -> ActShown:
    """``answers``: how many are signed already."""
    by_act = {act: step for step in steps if step.is_open(today) for act in step.allows}
    if Act.SUBMIT_IDEA in by_act:
        return _say(process, by_act[Act.SUBMIT_IDEA])
    if answers:
        return _read_answers(process, steps)
    if Act.SUPPORT in by_act:
        return _support(process, by_act[Act.SUPPORT])
    here = current(steps)
    if here is None:
        return _before_or_after(process, steps)
    return _wait(process, steps)


def _say(process: Process, step: StepLine) -> ActShown:
    tu = process.uses_tu
    return ActShown(
        _("Qu’as-tu à dire ?") if tu else _("Qu’avez-vous à dire ?"),
        process.record.spoken(process.asks),
        Link(_("Dire une idée"), process_path(process.slug, "dire")),
        Link(_("Lire et soutenir celles des autres"), process_path(process.slug, "idees")),
        _("jusqu’au %(day)s") % {"day": day(step.closes_on, "weekday")},
        _("1 minute, sans compte"),
        _("Tu reçois un code : il te mène à ta réponse, quoi qu’elle dise.")
        if tu
        else _("Vous recevez un code : il vous mène à votre réponse, quoi qu’elle dise."),
    )


def _support(process: Process, step: StepLine) -> ActShown:
    return ActShown(
        _("L’écoute est close. Les paroles se lisent et se soutiennent."),
        _("Le service les rapproche par sujet. Chaque sujet recevra une réponse, datée et signée."),
        Link(_("Lire et soutenir"), process_path(process.slug, "idees")),
        Link(_("Voir ce qu’on a entendu"), process_path(process.slug, "entendu")),
        _("jusqu’au %(day)s") % {"day": day(step.closes_on, "weekday")},
        _("2 minutes, sans compte"),
    )


def _read_answers(process: Process, steps: Sequence[StepLine]) -> ActShown:
    here = current(steps)
    answers = Link(_("Lire les réponses"), process_path(process.slug, "reponses"))
    if here and here.step == Step.ACTION:
        return ActShown(
            _("Les engagements sont pris. Voyez s’ils sont tenus."),
            _("Chacun a un service, une date et des preuves. Un retard s’affiche de lui-même."),
            Link(_("Suivre les engagements"), commitments_path(process.slug)),
            answers,
        )
    if here is None or here.step == Step.REPORT:
        return ActShown(
            _("Ce qui a été demandé, ce qui a été fait."),
            _(
                "Le bilan reprend la commande, les voix, les réponses, ce qui est tenu et ce qui ne l’est pas."
            ),
            Link(_("Lire le bilan"), process_path(process.slug, "bilan")),
            answers,
        )
    return ActShown(
        _("Les réponses arrivent, sujet par sujet."),
        _("Retenu, retenu en partie, non retenu ou transmis : chacune dit pourquoi, et qui la signe."),
        answers,
        Link(_("Retrouver ma parole"), at("/retrouver")),
    )


def _before_or_after(process: Process, steps: Sequence[StepLine]) -> ActShown:
    order = Link(_("Lire ce qui est demandé"), record_path("mandate", process.mandate.record.code))
    ahead = next((step for step in steps if step.place == Place.AHEAD), None)
    if ahead:
        return ActShown(
            _("La concertation ouvre le %(day)s.") % {"day": day(ahead.opens_on)},
            _(
                "La commande est déjà publique : ce qui est demandé, ce qui peut changer, ce qui ne le peut pas."
            ),
            order,
        )
    return ActShown(
        _("Cette concertation est terminée."),
        _("Rien n’en est effacé : les paroles, les réponses et les preuves restent publiques."),
        Link(_("Lire le bilan"), process_path(process.slug, "bilan")),
        order,
    )


def _wait(process: Process, steps: Sequence[StepLine]) -> ActShown:
    """Nothing to do today: who acts, and from when one can."""
    order = Link(_("Lire ce qui est demandé"), record_path("mandate", process.mandate.record.code))
    speaking = next(
        (step for step in steps if step.place == Place.AHEAD and Act.SUBMIT_IDEA in step.allows), None
    )
    if speaking:
        return ActShown(
            _("L’écoute ouvre le %(day)s.") % {"day": day(speaking.opens_on)},
            _("D’ici là, la commande est publique : ce qui est demandé, et ce qui peut changer."),
            order,
        )
    return ActShown(
        _("Le service prépare les réponses."),
        _("Ce qui a été dit est lu et rapproché par sujet. Les réponses seront publiées ici, signées."),
        Link(_("Voir ce qu’on a entendu"), process_path(process.slug, "entendu")),
        Link(_("Lire les idées"), process_path(process.slug, "idees")),
    )


def commitments_path(slug: str) -> str:
    return f"{at('/engagements')}?concertation={slug}"
