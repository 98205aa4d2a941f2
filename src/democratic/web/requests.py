"""A request as our views see it: the middleware has said who looks, at which authority, and when it is."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from democratic.kernel.clock import Clock
from democratic.people.models import Account, Person
from democratic.thread.models import Authority
from democratic.thread.rules import Viewer
from democratic.web.sessions import SessionStore


class Request(HttpRequest):
    """Never instantiated: Django's own request, with what ``middleware.where`` and ``who`` sets on it."""

    session: SessionStore
    authority: Authority
    person: Person | None
    viewer: Viewer
    clock: Clock
    new_guest: bool
    helped: Account | None  # whose pages an administrator sees to help her: see ``helping``


def someone(request: Request) -> Person:
    """The person of a page that nobody unknown enters."""
    if request.person is None:
        raise PermissionDenied
    return request.person
