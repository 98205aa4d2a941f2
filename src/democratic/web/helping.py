"""A page seen for someone else: read-only, marked on every page, and over in a quarter of an hour."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from democratic.kernel.clock import Clock
from democratic.people.models import Account, Person
from democratic.stewardship.models import SupportVisit
from democratic.stewardship.visits import account_visited, running_visit
from democratic.thread.models import Authority

KEY = "support_visit"
SAFE = {"GET", "HEAD", "OPTIONS"}
# The only acts that are hers who helps: to stop, and to sign out.
WAYS_OUT = frozenset({"/aide/quitter", "/deconnexion"})


def begin(request: HttpRequest, visit: SupportVisit) -> None:
    request.session[KEY] = str(visit.pk)


def leave(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def who_is_helped(
    request: HttpRequest, visitor: Person, authority: Authority, clock: Clock
) -> Account | None:
    """Whose pages are shown to this administrator; the mark goes by itself once its time is over."""
    marked = request.session.get(KEY)
    if not marked:
        return None
    visit = running_visit(marked, visitor=visitor, authority=authority, now=clock.now())
    account = account_visited(visit) if visit else None
    if account is None:
        leave(request)
    return account


def is_way_out(request: HttpRequest) -> bool:
    return request.path_info.removeprefix("/en") in WAYS_OUT


def refuse_act(request: HttpRequest) -> HttpResponse | None:
    """Nothing is said, signed or changed in someone's name."""
    if request.method in SAFE:
        return None
    told = _("Vous voyez la page de quelqu’un pour l’aider : rien n’y change. Quittez-la pour agir.")
    return HttpResponse(told, status=403, content_type="text/plain; charset=utf-8")
