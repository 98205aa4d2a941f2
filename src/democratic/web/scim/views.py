"""SCIM 2.0 for one authority's directory: it reads who works here, and says who no longer does.

It gives no role and opens no account: people are invited at the desk. ``active`` is whether a role runs here.
"""

import logging
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from democratic.communities.provisioning.queries import is_directory_of
from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import TooMany
from democratic.people.models import Account
from democratic.people.queries import person_and_claimed
from democratic.stewardship.leaving_work import end_work
from democratic.thread.addresses import public_address
from democratic.thread.queries.roles import accounts_of_staff, running_grants, works_here
from democratic.web.guests import network_of
from democratic.web.requests import Request
from democratic.web.scim.answers import ScimFault, abilities, fault, said, user, users
from democratic.web.scim.asked import body_of, filtered, is_active_in, is_active_in_patch, window

logger = logging.getLogger(__name__)
WRONG_TOKENS = Limit("scim-wrong-tokens", 10, 300)
CALLS = Limit("scim-calls", 600, 60)
View = Callable[..., HttpResponse]


def for_the_directory(*methods: str) -> Callable[[View], View]:
    """Behind this authority's own token; every refusal in SCIM's JSON."""

    def guard(view: View) -> View:
        @csrf_exempt  # no session is looked at: the token is the proof
        @wraps(view)
        def guarded(request: Request, **named: UUID) -> HttpResponse:
            try:
                _refuse_unless_directory(request)
                if request.method not in methods:
                    raise ScimFault(405, "Not done here.")  # noqa: TRY301  one way to answer
                return view(request, **named)
            except ScimFault as why:
                return fault(why)
            except TooMany:
                return fault(ScimFault(429, "Too many requests. Try again in a few minutes."))

        return guarded

    return guard


def _refuse_unless_directory(request: Request) -> None:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and is_directory_of(request.authority, secret.strip()):
        spend(CALLS, str(request.authority.pk))
        return
    spend(WRONG_TOKENS, network_of(request))
    raise ScimFault(401, "This token opens nothing here.")


def _at(request: Request) -> str:
    return f"{public_address(request.authority)}/scim/v2/Users"


def _told(request: Request, account: Account) -> HttpResponse:
    is_active = works_here(person_and_claimed(account.person), request.authority)
    return said(user(account, is_active=is_active, at=_at(request)))


@for_the_directory("GET", "POST")
def all_users(request: Request) -> HttpResponse:
    if request.method == "POST":
        return _refuse_to_make(request)
    (start, count), name = window(request), filtered(request)
    staff = accounts_of_staff(request.authority)
    staff = staff.filter(email__iexact=name) if name else staff
    total, page = staff.count(), list(staff[start - 1 : start - 1 + count])
    active = set(
        running_grants(request.authority)
        .filter(person__in=[each.person_id for each in page])
        .values_list("person_id", flat=True)
    )
    found = [user(each, is_active=each.person_id in active, at=_at(request)) for each in page]
    return said(users(found, total=total, start=start))


def _refuse_to_make(request: Request) -> HttpResponse:
    name = str(body_of(request).get("userName", ""))
    if accounts_of_staff(request.authority).filter(email__iexact=name).exists():
        raise ScimFault(409, "This user is known already.", "uniqueness")
    raise ScimFault(403, "People are invited at the desk: a directory gives no role.")


@for_the_directory("GET", "PUT", "PATCH", "DELETE")
def one_user(request: Request, account: UUID) -> HttpResponse:
    found = accounts_of_staff(request.authority).filter(pk=account).first()
    if found is None:
        raise ScimFault(404, "No such user.")
    if request.method == "DELETE":
        _end(request, found)
        return HttpResponse(status=204)
    if request.method == "GET":
        return _told(request, found)
    body = body_of(request)
    is_active = is_active_in_patch(body) if request.method == "PATCH" else is_active_in(body)
    if is_active is False:
        _end(request, found)
    elif is_active and not works_here(person_and_claimed(found.person), request.authority):
        raise ScimFault(400, "A role that ended is given again at the desk, by an invitation.", "mutability")
    return _told(request, found)


def _end(request: Request, account: Account) -> None:
    ended = end_work(account=account, authority=request.authority, clock=request.clock)
    logger.info("scim: %d roles ended at %s", ended.grants, request.authority.slug)
    if ended.leaves_nobody:
        logger.warning("scim: nobody administers %s any more: bin/democratic invite", request.authority.slug)


@for_the_directory("GET")
def what_we_do(request: Request) -> HttpResponse:  # noqa: ARG001  Django's signature
    return said(abilities())
