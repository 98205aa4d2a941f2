"""How the screens say a rule, a place in the queue, a length of time."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civics.floor.queue import Place
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.floor.queries import Turn
from democratic.participation.meetings.models import FloorRule
from democratic.web.formats import number

RULES = {
    FloorRule.ASKED: gettext_lazy("On parle dans l’ordre où l’on a demandé."),
    FloorRule.NEW_FIRST: gettext_lazy(
        "Qui n’a pas encore parlé passe d’abord. Qui a déjà parlé laisse passer au plus cinq personnes."
    ),
    FloorRule.SEATS: gettext_lazy(
        "Une personne dans la salle, une personne à distance, tour à tour. De chaque côté, l’ordre des demandes."
    ),
    FloorRule.GENDERS: gettext_lazy(
        "Tour à tour selon le genre que chacun a dit, ou n’a pas voulu dire. Puis l’ordre des demandes."
    ),
}


def who(turn: Turn) -> str:
    if turn.name:
        return turn.name
    return _("Une personne à distance") if turn.seat == Seat.REMOTE else _("Une personne dans la salle")


def why(rule: str, place: Place) -> str:
    """Why she has this place. Nothing of what she declared is in it: everyone reads it."""
    parts = [_line(rule, place)]
    if place.passes:
        parts.append(
            ngettext(
                "passe avant une personne qui a demandé plus tôt",
                "passe avant %(n)s personnes qui ont demandé plus tôt",
                place.passes,
            )
            % {"n": number(place.passes)}
        )
    if place.passed_by:
        parts.append(
            ngettext(
                "laisse passer une personne qui a demandé plus tard",
                "laisse passer %(n)s personnes qui ont demandé plus tard",
                place.passed_by,
            )
            % {"n": number(place.passed_by)}
        )
    return ", ".join(parts)


def _line(rule: str, place: Place) -> str:
    if rule == FloorRule.SEATS and place.reason == "in_turn":
        if place.line == Seat.REMOTE:
            return _("n° %(n)s à distance") % {"n": number(place.in_line)}
        return _("n° %(n)s dans la salle") % {"n": number(place.in_line)}
    if place.reason == "in_turn":
        return _("à son tour")
    if place.reason == "not_yet_spoken":
        return _("n’a pas encore parlé")
    if place.reason == "lets_pass":
        return _("a déjà parlé")
    return _("dans l’ordre des demandes")


def spaced(code: str) -> str:
    """Six digits as one reads them aloud: « 482 016 »."""
    return f"{code[:3]}\u00a0{code[3:]}"
