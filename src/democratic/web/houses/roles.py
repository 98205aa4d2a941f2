"""Roles at home: whose turn it is, what is drawn, and how anyone draws it again."""

import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.houses.actions import (
    announce_draw,
    draw_role,
    give_role_in_turn,
    lay_down_role,
    leave_word,
    stand_in_draw,
)
from democratic.communities.houses.models import Charter, Role, RoleDraw, RoleTerm
from democratic.communities.houses.queries import (
    Presence,
    charter_in_force,
    running_terms,
    terms_of,
    waiting_draws,
)
from democratic.web.formats import day
from democratic.web.houses.access import at_home, for_house_members, me
from democratic.web.houses.forms import DrawForm, LeavingForm
from democratic.web.houses.frame import ask_at_home, called, home_page, press
from democratic.web.houses.places import house_path
from democratic.web.houses.told import role_line
from democratic.web.processes.days import today_of
from democratic.web.requests import Request


@require_GET
@at_home
def roles(request: Request, presence: Presence) -> HttpResponse:
    house, today = presence.house, today_of(request)
    charter = charter_in_force(house)
    running = list(running_terms(house, today))
    held = {term.role for term in running}
    past = [term for term in terms_of(house) if term.pk not in {each.pk for each in running}]
    context = {
        "charter_url": house_path(house, "charte/projet"),
        "charter": charter,
        "turns": charter.get_turns_display() if charter else "",
        "is_drawn": bool(charter and charter.turns == Charter.Turns.DRAWN),
        "running": [
            {
                **role_line(term),
                "who": called(term.member),
                "word": term.left_word,
                "word_url": house_path(house, f"roles/{term.pk}/mot")
                if presence.member and term.member_id == presence.member.pk
                else "",
                "leave_url": house_path(house, f"roles/{term.pk}/laisser")
                if presence.member and term.member_id == presence.member.pk
                else "",
            }
            for term in running
        ],
        "free": [(role.value, role.label) for role in Role if role not in held],
        "give_url": house_path(house, "roles/donner"),
        "announce_url": house_path(house, "roles/tirage"),
        "draws": [_draw(draw, presence, today) for draw in waiting_draws(house)],
        "past": [{**role_line(term), "who": called(term.member), "word": term.left_word} for term in past],
    }
    return home_page(request, presence, "roles.html", context, title=_("Rôles"), here="roles")


def _draw(draw: RoleDraw, presence: Presence, today: Any) -> dict[str, Any]:
    numbers = list(draw.numbers.all())
    mine = next((each for each in numbers if each.member_id == getattr(presence.member, "pk", None)), None)
    base = house_path(presence.house, f"roles/tirages/{draw.pk}")
    return {
        "role": draw.get_role_display(),
        "on": day(draw.draws_on),
        "seed": draw.seed,
        "numbers": ", ".join(str(each.member.number) for each in numbers if each.stands),
        "mine": mine.member.number if mine else None,
        "stands": bool(mine and mine.stands),
        "is_due": today >= draw.draws_on,
        "stand_url": f"{base}/presence",
        "draw_url": f"{base}/tirer",
    }


def _back(presence: Presence) -> str:
    return house_path(presence.house, "roles")


@require_POST
@for_house_members
def give(request: Request, presence: Presence) -> HttpResponse:
    role = request.POST.get("role", "")
    if role not in Role.values:
        raise Http404
    return press(
        request,
        lambda: give_role_in_turn(house=presence.house, role=Role(role), clock=request.clock),
        _("Le rôle est donné à qui c’était le tour."),
        _back(presence),
    )


@require_http_methods(["GET", "POST"])
@for_house_members
def announce(request: Request, presence: Presence) -> HttpResponse:
    form = DrawForm(request.POST if request.method == "POST" else None)

    def act(cleaned: dict[str, Any]) -> str:
        announce_draw(
            house=presence.house,
            role=Role(cleaned["role"]),
            draws_on=cleaned["draws_on"],
            seed=secrets.token_hex(8),
            clock=request.clock,
        )
        return _back(presence)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Annoncer un tirage"),
        lead=_(
            "La graine est publiée aussitôt, et le tirage se fait un autre jour : chacun peut le refaire."
        ),
        send=_("Annoncer"),
        done=_("Le tirage est annoncé, avec sa graine."),
        above=(_("Rôles"), _back(presence)),
        public=_("La graine et les numéros sont publics. Les noms ne le sont pas."),
    )


def _waiting(presence: Presence, pk: UUID) -> RoleDraw:
    found = (
        RoleDraw.objects.filter(house=presence.house, pk=pk, drawn_on=None).select_related("house").first()
    )
    if found is None:
        raise Http404
    return found


@require_POST
@for_house_members
def stand(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    draw, stands = _waiting(presence, pk), request.POST.get("stands") == "1"
    said = _("Le numéro est dans le tirage.") if stands else _("Le numéro n’y est plus, cette fois.")
    return press(
        request, lambda: stand_in_draw(draw=draw, member=me(presence), stands=stands), said, _back(presence)
    )


@require_POST
@for_house_members
def draw(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    found = _waiting(presence, pk)
    return press(
        request, lambda: draw_role(draw=found, clock=request.clock), _("C’est tiré."), _back(presence)
    )


def _mine(request: Request, presence: Presence, pk: UUID) -> RoleTerm:
    term = running_terms(presence.house, today_of(request)).filter(pk=pk, member=me(presence)).first()
    if term is None:
        raise Http404
    return term


@require_http_methods(["GET", "POST"])
@for_house_members
def write_word(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    """For whoever holds the role next: it is read beside the term that is over."""
    term = _mine(request, presence, pk)
    posted = request.POST if request.method == "POST" else None
    form = LeavingForm(posted, initial={"left_word": term.left_word})

    def act(cleaned: dict[str, Any]) -> str:
        leave_word(term=term, left_word=cleaned["left_word"], clock=request.clock)
        return _back(presence)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Un mot pour la suite"),
        lead=_("La personne qui tiendra ce rôle ensuite le lira, entre membres."),
        send=_("Garder"),
        done=_("C’est gardé."),
        above=(_("Rôles"), _back(presence)),
    )


@require_http_methods(["GET", "POST"])
@for_house_members
def lay_down(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    term = _mine(request, presence, pk)
    form = LeavingForm(request.POST if request.method == "POST" else None)

    def act(cleaned: dict[str, Any]) -> str:
        lay_down_role(term=term, left_word=cleaned["left_word"], clock=request.clock)
        return _back(presence)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Laisser ce rôle : %(role)s") % {"role": term.get_role_display()},
        lead=_("Il est libre tout de suite. Personne ne demande pourquoi."),
        send=_("Laisser le rôle"),
        done=_("Le rôle est libre."),
        above=(_("Rôles"), _back(presence)),
    )
