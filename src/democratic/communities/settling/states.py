"""How far the first settings are: read from what is there, never from a box that someone ticked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from democratic.communities.settling.facts import Facts, MailFacts
from democratic.communities.steps import MailTrial, SetAside, Step

Lacks = tuple[str | Promise, ...]


class StepState(TextChoices):
    NOT_STARTED = "not_started", _("À commencer")
    TO_COMPLETE = "to_complete", _("À compléter")
    DONE = "done", _("Fait")
    SET_ASIDE = "set_aside", _("Mis de côté")


SETTLED = (StepState.DONE, StepState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Judged:
    """``lacks``: what is missing, in words; ``notes``: what is worth knowing and holds nothing up."""

    step: Step
    state: StepState
    lacks: Lacks = ()
    notes: Lacks = ()
    aside: SetAside | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of one step: whether anything of it is there, what is missing, what is worth knowing."""

    is_begun: bool
    lacks: Lacks
    notes: Lacks = ()


def judge(facts: Facts) -> list[Judged]:
    """The steps in their order. What is there wins over what was set aside."""
    return [_judged(step, _LOOKS[step](facts), facts.set_aside.get(step)) for step in Step]


def are_settled(steps: list[Judged]) -> bool:
    return all(each.state in SETTLED for each in steps)


def _judged(step: Step, seen: _Seen, aside: SetAside | None) -> Judged:
    if not seen.lacks:
        return Judged(step, StepState.DONE, (), seen.notes)
    if aside is not None:
        return Judged(step, StepState.SET_ASIDE, seen.lacks, seen.notes, aside)
    state = StepState.TO_COMPLETE if seen.is_begun else StepState.NOT_STARTED
    return Judged(step, state, seen.lacks, seen.notes)


def _lacking(*wanted: tuple[object, str | Promise]) -> Lacks:
    return tuple(said for held, said in wanted if not held)


def _identity(facts: Facts) -> _Seen:
    said = facts.controller
    lacks = _lacking(
        (said and said.siret, _("le SIRET")),
        (said and said.postal_address, _("l’adresse postale")),
        (said and (said.phone or said.email), _("un téléphone ou une adresse e-mail")),
        (said and said.publication_director, _("qui dirige la publication")),
    )
    return _Seen(said is not None, lacks)


def _look(facts: Facts) -> _Seen:
    lacks = _lacking((facts.has_colour, _("votre couleur")), (facts.has_logo, _("votre logo")))
    return _Seen(facts.has_colour or facts.has_logo, lacks)


def _territory(facts: Facts) -> _Seen:
    lacks = _lacking((facts.has_outline, _("les contours")), (facts.communes, _("la liste des communes")))
    return _Seen(facts.has_outline or bool(facts.communes), lacks)


# The number that is given chooses the form.
_WITHOUT_DEPUTY = ngettext_lazy(
    "%(n)d service n’a personne pour suppléer.", "%(n)d services n’ont personne pour suppléer.", "n"
)
_INVITED = ngettext_lazy(
    "%(n)d invitation attend sa réponse.", "%(n)d invitations attendent leur réponse.", "n"
)


def _counted(said: Any, n: int) -> str | Promise:
    text: str | Promise = said % {"n": n}
    return text


def _team(facts: Facts) -> _Seen:
    lacks = _lacking(
        (facts.services, _("un service")),
        (not facts.without_titular, _("une personne titulaire pour chaque service")),
        (facts.officials, _("une personne élue qui répond et signe")),
    )
    notes = _lacking(
        (not facts.without_deputy, _counted(_WITHOUT_DEPUTY, facts.without_deputy)),
        (not facts.invited, _counted(_INVITED, facts.invited)),
    )
    return _Seen(bool(facts.services or facts.officials or facts.invited), lacks, notes)


def _mail(facts: Facts) -> _Seen:
    mail = facts.mail
    return _Seen(mail.last is not None, _what_mail_lacks(mail))


def _what_mail_lacks(mail: MailFacts) -> Lacks:
    if not mail.server:
        return (_("un serveur de messagerie, que l’hébergeur règle"),)
    if mail.is_confirmed:
        return ()
    if mail.last is None:
        return (_("un message d’essai"),)
    if mail.last.server != mail.server:
        return (_("un nouvel essai : le serveur a changé depuis le dernier"),)
    if mail.last.outcome == MailTrial.Outcome.ACCEPTED:
        return (_("le lien du message d’essai, à ouvrir dans votre boîte"),)
    return (_("un essai qui arrive"),)


def _legal(facts: Facts) -> _Seen:
    said = facts.controller
    lacks = _lacking(
        (said and said.hosting, _("l’hébergement")),
        (said and said.officer, _("la personne déléguée à la protection des données")),
        (said and said.officer_email, _("son adresse e-mail")),
        (said and said.email, _("une adresse e-mail publique")),
    )
    notes = _lacking(
        (
            said and said.audited_on,
            _("Sans audit fait par des personnes, le site se dit « non conforme » au RGAA. C’est exact."),
        )
    )
    return _Seen(bool(said and (said.hosting or said.officer or said.officer_email)), lacks, notes)


def _order(facts: Facts) -> _Seen:
    return _Seen(bool(facts.orders), _lacking((facts.published_orders, _("une commande publiée"))))


_LOOKS: dict[Step, Callable[[Facts], _Seen]] = {
    Step.IDENTITY: _identity,
    Step.LOOK: _look,
    Step.TERRITORY: _territory,
    Step.TEAM: _team,
    Step.MAIL: _mail,
    Step.LEGAL: _legal,
    Step.ORDER: _order,
}
