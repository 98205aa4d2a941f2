"""One list: what gives the right to write to it, until when, and what became of each message to it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from democratic.participation.campaigns.lists.counting import Fates, fates_of
from democratic.participation.campaigns.lists.models import AddressList, ListWave
from democratic.participation.campaigns.lists.reached import reachable
from democratic.web.campaigns.reading import campaign_crumbs
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.formats import day, euros, hour, number
from democratic.web.lists.reading import desk_list, list_path
from democratic.web.requests import Request

State = ListWave.State
PILLS = {State.RUNNING: "doing", State.PAUSED: "soon", State.DONE: "done", State.ENDED: "passed"}
MOST_WAVES = 20


@require_safe
@for_agents
def detail(request: Request, slug: str, campaign: UUID, one: UUID) -> HttpResponse:
    found = desk_list(request, slug, campaign, one)
    waves = list(found.waves.select_related("code").order_by("-begun_at")[:MOST_WAVES])
    going = any(each.over_at is None for each in waves)
    context = {
        "facts": _facts(found),
        "numbers": _numbers(found),
        "waves": [_wave(found, each, fates_of(each)) for each in waves],
        "base": list_path(found),
        "can_write": found.erased_at is None and not going,
        "can_erase": found.erased_at is None and not going,
        "is_going": going,
        "is_erased": found.erased_at is not None,
    }
    return desk_page(request, "list.html", context, title=found.name, crumbs=campaign_crumbs(found.campaign))


def _facts(found: AddressList) -> list[tuple[str, str, str]]:
    until = found.erased_at or found.erase_on
    return [
        (_("Canal"), str(found.get_kind_display()), ""),
        (_("D’où elle vient"), found.source, ""),
        (_("Ce qui permet d’écrire"), str(found.get_basis_display()), day(found.given_on)),
        (_("Effacée le") if found.erased_at else _("À effacer le"), day(until), ""),
    ]


def _numbers(found: AddressList) -> list[tuple[str, str]]:
    return [
        (ngettext("personne gardée", "personnes gardées", found.size), number(found.size)),
        (_("avaient déjà dit STOP : jamais gardées"), number(found.stopped)),
        (_("peuvent encore recevoir un message"), number(0 if found.erased_at else reachable(found))),
    ]


def _wave(found: AddressList, wave: ListWave, fates: Fates) -> dict[str, Any]:
    cost = round(fates.sent * wave.parts * wave.fare / 10)
    over = wave.over_at is not None
    return {
        "title": _("Le %(day)s, %(hour)s") % {"day": day(wave.begun_at), "hour": hour(wave.begun_at)},
        "pill": (wave.get_state_display(), PILLS[State(wave.state)]),
        "body": wave.body,
        "code": wave.code.code,
        "reason": wave.reason,
        "numbers": [
            (_("partis"), number(fates.sent)),
            *([(_("arrivés, d’après l’opérateur"), number(fates.delivered))] if fates.delivered else []),
            *(
                []
                if over
                else [(_("à écrire"), number(fates.to_write)), (_("en attente"), number(fates.waiting))]
            ),
            (_("non partis"), number(fates.failed)),
            (_("STOP entre-temps"), number(fates.stopped)),
            *([(_("coût"), euros(cost))] if cost else []),
        ],
        "sent": fates.sent,
        "all": max(found.size, 1),
        "progress": _("%(sent)s partis sur %(all)s")
        % {"sent": number(fates.sent), "all": number(found.size)},
        "reasons": [(reason, number(n)) for reason, n in fates.reasons],
        "next": _next(fates) if wave.state == State.RUNNING else "",
        "is_over": over,
        "is_paused": wave.state == State.PAUSED,
        "base": list_path(found, f"envois/{wave.pk}"),
    }


def _next(fates: Fates) -> str:
    if fates.next_at is None:
        return _(
            "Les messages partent aux heures du canal : jamais le soir, ni un dimanche ou un jour férié."
        )
    said = {"day": day(fates.next_at, "weekday"), "hour": hour(fates.next_at)}
    return _("Le prochain départ : %(day)s, %(hour)s.") % said
