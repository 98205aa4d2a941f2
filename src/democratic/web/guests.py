"""Guests: persons without an account, known by a signed cookie that says nothing but who they are."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from democratic.kernel.ids import uuid7
from democratic.people.actions import welcome_guest, welcome_guest_as
from democratic.people.models import Person
from democratic.web.requests import Request

COOKIE = f"{settings.OURS_ALONE}guest"
SALT, SALT_OF_PROMISES = "democratic.guest", "democratic.promised-guest"
PROMISE = "guest"  # the field of a form
_A_DAY = 60 * 60 * 24
_THIRTEEN_MONTHS = _A_DAY * 395


def guest_of(request: HttpRequest) -> Person | None:
    person_id = guest_id(request.COOKIES.get(COOKIE, ""))
    if person_id is None:
        return None
    return Person.objects.filter(pk=person_id, account=None, erased_on=None).first()


def guest_id(signed: str) -> UUID | None:
    """Whom a cookie names; whether she is still there is another question."""
    return _named_by(signed, SALT, _THIRTEEN_MONTHS)


def _named_by(signed: str, salt: str, seconds: int) -> UUID | None:
    if not signed:
        return None
    try:
        return UUID(signing.loads(signed, salt=salt, max_age=seconds))
    except (signing.BadSignature, ValueError):
        return None


def person_for_act(request: Request) -> Person:
    """Who acts: the account's person, the guest, or a guest welcomed now (see ``remember_guest``)."""
    if request.person is None:
        request.person = welcome_guest()
        request.new_guest = True
    person: Person = request.person
    return person


def promise_of_guest() -> str:
    """Who a browser that is known as nobody becomes if she acts from this page. Nothing is written for it.

    Whatever is sent from the page, changed or again, and even when no answer ever reached her, is the same person's.
    """
    return signing.dumps(str(uuid7()), salt=SALT_OF_PROMISES)


def person_promised(request: Request) -> Person:
    """As ``person_for_act``, for a form with a promise."""
    if request.person is None:
        promised = _named_by(request.POST.get(PROMISE, ""), SALT_OF_PROMISES, _A_DAY)
        if promised is not None:
            request.person = welcome_guest_as(promised)
            request.new_guest = True
    return person_for_act(request)


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
