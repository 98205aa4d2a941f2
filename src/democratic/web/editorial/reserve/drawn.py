"""How a reserve is told: when, what it takes off, what stays, and each exception with its reason."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.communities.reserve.models import ElectionReserve, ReserveException
from democratic.web.formats import day

LEAVES = (
    gettext_lazy("À l’accueil, « Vous avez dit, nous avons fait » et le compte des engagements tenus."),
    gettext_lazy("À l’accueil, le début de page que la collectivité met en avant."),
    gettext_lazy(
        "Les noms et les photos des élues et des élus, à l’accueil, dans les courriers et sur les affiches :"
        " seule la fonction y reste."
    ),
)
STAYS = (
    gettext_lazy(
        "Ce qui est en retard ou non tenu, à l’accueil comme ailleurs : un retard ne se cache jamais."
    ),
    gettext_lazy("Toutes les pages publiées avant, à leur adresse : engagements, réponses, bilans, pages."),
    gettext_lazy(
        "Participer, soutenir, commenter, suivre ; les rencontres ; les réponses dues, avec leurs dates."
    ),
    gettext_lazy("Les tribunes de l’opposition, qui ne dépendent pas de la collectivité."),
)


def standing_of(reserve: ElectionReserve, today: date) -> str:
    if today < reserve.opens_on:
        return _("à venir")
    return _("en cours") if today <= reserve.closes_on else _("finie")


def told(reserve: ElectionReserve, today: date) -> dict[str, Any]:
    return {
        "id": str(reserve.pk),
        "election": reserve.election,
        "standing": standing_of(reserve, today),
        "is_running": reserve.opens_on <= today <= reserve.closes_on,
        "is_over": today > reserve.closes_on,
        "when": _("Du %(first)s au %(last)s, pour un scrutin le %(vote)s.")
        % {"first": day(reserve.opens_on), "last": day(reserve.closes_on), "vote": day(reserve.votes_on)},
        "exceptions": [_exception(each) for each in reserve.made],  # type: ignore[attr-defined]
    }


def _exception(each: ReserveException) -> dict[str, Any]:
    since = {"since": day(each.since), "until": day(each.until) if each.until else ""}
    return {
        "id": str(each.pk),
        "what": each.get_keeps_display(),
        "reason": each.reason,
        "who": each.function,
        "when": (_("du %(since)s au %(until)s") if each.until else _("depuis le %(since)s")) % since,
        "is_running": each.until is None,
    }
