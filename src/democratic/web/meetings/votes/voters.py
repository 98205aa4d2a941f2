"""Who votes, for many at once: the rules of ``middleware.who``, without a request.

Whoever is not plainly someone (a session of a helper, a guest that we forgot) is nobody here: Django's own view then
says who she is, and welcomes or refuses her.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare

from democratic.people.models import Person, Session
from democratic.people.queries import held_in, living_sessions
from democratic.web.guests import COOKIE, guest_id
from democratic.web.helping import KEY as HELPS

REMEMBERED = 10_000


@lru_cache(REMEMBERED)
def signs_of(cookie: str) -> tuple[str, UUID | None]:
    """The session and the guest that a browser names, as its cookies say. Whoever votes votes again: her seal is read once.

    Whether they still open anything is asked each time.
    """
    cookies = parse_cookie(cookie)
    return cookies.get(settings.SESSION_COOKIE_NAME, ""), guest_id(cookies.get(COOKIE, ""))


def people_of(signs: Collection[tuple[str, UUID | None]]) -> dict[tuple[str, UUID | None], UUID]:
    """Two questions to the database at most. A session that opens no account is no sign of anyone."""
    sessions = _signed_in({session for session, _guest in signs if session})
    guests = _guests({guest for session, guest in signs if guest and session not in sessions})
    found: dict[tuple[str, UUID | None], UUID] = {}
    for session, guest in signs:
        if session in sessions:
            person = sessions[session]
            if person is not None:
                found[session, guest] = person
        elif guest is not None and guest in guests:
            found[session, guest] = guest
    return found


def _guests(ids: set[UUID]) -> set[UUID]:
    if not ids:
        return set()
    return set(Person.objects.filter(pk__in=ids, account=None, erased_on=None).values_list("pk", flat=True))


def _signed_in(keys: set[str]) -> dict[str, UUID | None]:
    """None: someone signed in, of whom Django must say more."""
    if not keys:
        return {}
    living = living_sessions().filter(pk__in=keys, account__is_active=True)
    return {session.pk: _whose(session) for session in living.select_related("account__person")}


def _whose(session: Session) -> UUID | None:
    held: dict[str, Any] = held_in(session)
    account = session.account
    if account is None or held.get(SESSION_KEY) != str(account.pk) or held.get(HELPS):
        return None
    if held.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    if not constant_time_compare(held.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        return None
    return account.person.pk
