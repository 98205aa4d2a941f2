"""The charter, written at home: a draft, a question to all, a count; and rights that adults may let go sooner."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.houses.actions import (
    count_charter,
    give_up_right,
    propose_charter,
    say_on,
    write_charter,
)
from democratic.communities.houses.models import AdoptionVoice, Right
from democratic.communities.houses.queries import (
    Presence,
    charter_being_written,
    charter_in_force,
    facilitators_rights,
)
from democratic.web.formats import day
from democratic.web.houses.access import at_home, for_house_members, me
from democratic.web.houses.forms import CharterForm, ClosingForm, initial_charter
from democratic.web.houses.frame import ask_at_home, home_page, press
from democratic.web.houses.places import house_path
from democratic.web.houses.told import line_of_rights, settings_of
from democratic.web.houses.voting import asked_of_all, outcome_of
from democratic.web.processes.days import today_of
from democratic.web.requests import Request

DRAFT = "charte/projet"


@require_GET
@at_home
def draft(request: Request, presence: Presence) -> HttpResponse:
    house, today = presence.house, today_of(request)
    current, written = charter_in_force(house), charter_being_written(house)
    last = house.charters.select_related("adoption").filter(state="refused").order_by("-version").first()
    context = {
        "current": {
            "version": current.version,
            "since": day(current.since),
            "url": house_path(house, "charte"),
        }
        if current
        else None,
        "written": {
            "version": written.version,
            "articles": list(written.articles.all()),
            "facts": settings_of(written),
            "ends": [(step.get_right_display(), day(step.ends_on)) for step in written.steps.all()],
            "is_draft": written.state == "draft",
        }
        if written
        else None,
        "asked": asked_of_all(presence, written.adoption if written else None, house_path(house, "charte")),
        "refused": outcome_of(last.adoption) if last and not written else "",
        "write_url": house_path(house, "charte/ecrire"),
        "propose_url": house_path(house, "charte/proposer"),
        "steps": line_of_rights(facilitators_rights(house), today),
        "gives_up": [
            (str(end.right.label), house_path(house, f"droits/{end.right.value}/laisser"))
            for end in facilitators_rights(house)
            if presence.facilitator and current and not end.is_over(today)
        ],
    }
    return home_page(request, presence, "charter_draft.html", context, title=_("Notre charte"), here=DRAFT)


def _above(presence: Presence) -> tuple[str, str]:
    return (_("Notre charte"), house_path(presence.house, DRAFT))


@require_http_methods(["GET", "POST"])
@for_house_members
def write(request: Request, presence: Presence) -> HttpResponse:
    house = presence.house
    known = charter_being_written(house) or charter_in_force(house)
    initial = initial_charter(known)
    form = CharterForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(_cleaned: dict[str, Any]) -> str:
        write_charter(house=house, text=form.text(get_language() or "fr"), clock=request.clock)
        return house_path(house, DRAFT)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Écrire la charte"),
        lead=_(
            "Elle se change tant qu’elle n’est pas proposée. C’est elle qui dit jusqu’à quand les adultes aident."
        ),
        send=_("Garder le projet"),
        done=_("Le projet est gardé. On le relit ensemble, puis on le propose."),
        above=_above(presence),
    )


@require_http_methods(["GET", "POST"])
@for_house_members
def propose(request: Request, presence: Presence) -> HttpResponse:
    week = today_of(request) + timedelta(days=7)
    form = ClosingForm(request.POST if request.method == "POST" else None, initial={"closes_on": week})

    def act(cleaned: dict[str, Any]) -> str:
        propose_charter(house=presence.house, closes_on=cleaned["closes_on"], clock=request.clock)
        return house_path(presence.house, DRAFT)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Proposer la charte à tous"),
        lead=_("Chaque membre dit pour, contre, ou ni l’un ni l’autre. La moitié doit répondre."),
        send=_("Proposer"),
        done=_("C’est proposé. Chacun peut répondre, et changer d’avis jusqu’au dernier jour."),
        above=_above(presence),
    )


@require_POST
@for_house_members
def say(request: Request, presence: Presence) -> HttpResponse:
    written = charter_being_written(presence.house)
    position = request.POST.get("position", "")
    if written is None or written.adoption is None or position not in AdoptionVoice.Position.values:
        raise Http404
    adoption = written.adoption
    return press(
        request,
        lambda: say_on(
            adoption=adoption,
            member=me(presence),
            position=AdoptionVoice.Position(position),
            clock=request.clock,
        ),
        _("C’est noté. Personne d’autre ne le voit."),
        house_path(presence.house, DRAFT),
    )


@require_POST
@for_house_members
def count(request: Request, presence: Presence) -> HttpResponse:
    return press(
        request,
        lambda: count_charter(house=presence.house, clock=request.clock),
        _("C’est compté : le résultat est public."),
        house_path(presence.house, DRAFT),
    )


@require_POST
@at_home
def give_up(request: Request, presence: Presence, right: str) -> HttpResponse:
    if presence.facilitator is None or right not in Right.values:
        raise Http404
    return press(
        request,
        lambda: give_up_right(house=presence.house, right=Right(right), clock=request.clock),
        _("Ce droit est laissé aux membres, dès aujourd’hui."),
        house_path(presence.house, DRAFT),
    )
