"""Who comes into a house: its members, and facilitators while their rights last. Everyone else finds nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from democratic.communities.houses.models import House, HouseMember, Right
from democratic.communities.houses.queries import Presence, get_house_for, presence_in
from democratic.kernel.ids import read_code
from democratic.people.queries import person_and_claimed
from democratic.web.houses.places import house_path
from democratic.web.processes.days import today_of
from democratic.web.requests import Request, someone

View = Callable[..., HttpResponse]


def house_at(request: Request, code: str) -> House:
    house = get_house_for(request.viewer, read_code(code) or "")
    if house is None:
        raise Http404
    return house


def at_the_door(view: View) -> View:
    """Members who have not come in yet as well: ``view`` gets who stands there."""

    @wraps(view)
    def guarded(request: Request, code: str, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_signed_in:
            return redirect_to_login(request.get_full_path())
        house = house_at(request, code)
        ids = [] if request.helped else person_and_claimed(someone(request))
        presence = presence_in(house, ids, today_of(request))
        if presence is None:
            raise Http404
        return view(request, presence, **kwargs)

    return guarded


def at_home(view: View) -> View:
    """Members under their name, and facilitators."""

    @wraps(view)
    def guarded(request: Request, presence: Presence, **kwargs: Any) -> HttpResponse:
        if presence.facilitator is None and presence.member is None:
            return redirect(house_path(presence.house, "entrer"))
        return view(request, presence, **kwargs)

    return at_the_door(guarded)


def for_house_members(view: View) -> View:
    """What adults who help may not do: to have a voice."""

    @wraps(view)
    def guarded(request: Request, presence: Presence, **kwargs: Any) -> HttpResponse:
        if presence.member is None:
            raise Http404
        return view(request, presence, **kwargs)

    return at_home(guarded)


def with_right(right: Right) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, presence: Presence, **kwargs: Any) -> HttpResponse:
            if not presence.may(right):
                raise Http404
            return view(request, presence, **kwargs)

        return at_home(guarded)

    return guard


def me(presence: Presence) -> HouseMember:
    if presence.member is None:
        raise Http404
    return presence.member
