"""Guests: persons without an account, known by a signed cookie that says nothing but who they are."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.web.requests import Request

COOKIE = f"{settings.OURS_ALONE}guest"
SALT = "democratic.guest"
_THIRTEEN_MONTHS = 60 * 60 * 24 * 395


def guest_of(request: HttpRequest) -> Person | None:
    person_id = guest_id(request.COOKIES.get(COOKIE, ""))
    if person_id is None:
        return None
    return Person.objects.filter(pk=person_id, account=None, erased_on=None).first()


def guest_id(signed: str) -> UUID | None:
    """Whom a cookie names; whether she is still there is another question."""
    if not signed:
        return None
    try:
        return UUID(signing.loads(signed, salt=SALT, max_age=_THIRTEEN_MONTHS))
    except (signing.BadSignature, ValueError):
        return None


def person_for_act(request: Request) -> Person:
    """Who acts: the account's person, the guest, or a guest welcomed now (see ``remember_guest``)."""
    if request.person is None:
        request.person = welcome_guest()
        request.new_guest = True
    person: Person = request.person
    return person


def remember_guest(request: Request, response: HttpResponse) -> HttpResponse:
    """Give a new guest her cookie. It is functional, needs no banner, and follows nobody elsewhere."""
    if getattr(request, "new_guest", False):
        response.set_cookie(
            COOKIE,
            signing.dumps(str(person_for_act(request).pk), salt=SALT),
            max_age=_THIRTEEN_MONTHS,
            secure=settings.IS_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def network_of(request: Request) -> str:
    return request.META.get("REMOTE_ADDR") or "unknown"
