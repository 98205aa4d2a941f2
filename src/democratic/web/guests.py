"""Guests: persons without an account, known by a signed cookie that says nothing but who they are."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from democratic.people.actions import welcome_guest
from democratic.people.models import Person

COOKIE = "__Host-guest" if settings.IS_SECURE else "guest"
_SALT = "democratic.guest"
_THIRTEEN_MONTHS = 60 * 60 * 24 * 395


def guest_of(request: HttpRequest) -> Person | None:
    signed = request.COOKIES.get(COOKIE)
    if not signed:
        return None
    try:
        person_id = UUID(signing.loads(signed, salt=_SALT, max_age=_THIRTEEN_MONTHS))
    except (signing.BadSignature, ValueError):
        return None
    return Person.objects.filter(pk=person_id, account=None).first()


def person_for_act(request: HttpRequest) -> Person:
    """Who acts: the account's person, the guest, or a guest welcomed now (see ``remember_guest``)."""
    if request.person is None:  # type: ignore[attr-defined]
        request.person = welcome_guest()  # type: ignore[attr-defined]
        request.new_guest = True  # type: ignore[attr-defined]
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def remember_guest(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a new guest her cookie. It is functional, needs no banner, and follows nobody elsewhere."""
    if getattr(request, "new_guest", False):
        response.set_cookie(
            COOKIE,
            signing.dumps(str(request.person.pk), salt=_SALT),  # type: ignore[attr-defined]
            max_age=_THIRTEEN_MONTHS,
            secure=settings.IS_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def network_of(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR") or "unknown"
