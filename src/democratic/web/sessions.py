"""Sessions in the database, one row each, that their owner can see and end.

Read by a statement that is compiled once, as every page asks. The row says whose session it is and, in
words, which browser: to list one's devices, or to end them, is one query, and signing in costs none more.
"""

import re
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions import middleware
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.db.models import BooleanField, DateField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Cast, Now
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from democratic.kernel.compiled import Compiled
from democratic.people.models import Session
from democratic.people.queries import living_sessions
from democratic.web.devices import NO_DEVICE, Device, device_of

# By the day alone: enough to notice a browser that one has forgotten, and a write a day at most.
TODAY = Cast(Now(), DateField())

_WAITS_BY_ITSELF = re.compile(r"(?:/en)?/(?:live/|rencontres/[^/]+/(?:flux|depuis)$)")


def _living(key: str) -> QuerySet[Session, tuple[object, ...]]:
    living = living_sessions().filter(session_key=key)
    not_seen_today = ExpressionWrapper(
        Q(account__isnull=False, used_on__lt=TODAY), output_field=BooleanField()
    )
    found = living.annotate(unseen=not_seen_today, read_at=Now())
    return found.values_list("session_data", "expire_date", "unseen", "read_at")


_LIVING = Compiled(_living, key=str)


class SessionStore(db.SessionStore):
    device: Device = NO_DEVICE
    read_at: datetime | None = (
        None  # by the database's clock, as the row was read: no query more to know the hour
    )
    is_use = True  # a page that waits for news by itself is not someone who uses this browser
    _is_unwritten = False

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        row = _LIVING.first(key=key)
        if row is None:
            self._session_key = None
            return None
        data, expires, unseen, self.read_at = row
        if unseen and self.is_use:
            Session.objects.filter(pk=key).update(used_on=TODAY)
        return Session(session_key=key, session_data=data, expire_date=expires)

    def create(self) -> None:
        """Only named: signing in changes the key, then what is kept under it, and one statement writes both."""
        self._session_key = get_random_string(32, VALID_KEY_CHARS)
        self._is_unwritten = self.modified = True

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  Django's signature
        if self.session_key is None:
            self.create()
        super().save(must_create=must_create or self._is_unwritten)
        self._is_unwritten = False

    def delete(self, session_key: str | None = None) -> None:
        Session.objects.filter(pk=session_key or self.session_key or "").delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101  get_model_class says so
        whose = data.get(SESSION_KEY)
        row.account_id = UUID(whose) if whose else None
        row.browser, row.system = self.device
        row.used_on = TODAY
        return row


class SessionMiddleware(middleware.SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        session = cast("SessionStore", request.session)
        session.device = device_of(request.headers.get("User-Agent", ""))
        session.is_use = not _WAITS_BY_ITSELF.match(request.path_info)
