"""Sessions in the database, as Django's; read by a statement that is compiled once, as every page asks."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from democratic.kernel.compiled import Compiled


def _living(key: str) -> QuerySet[Session, tuple[object, ...]]:
    living = Session.objects.filter(session_key=key, expire_date__gt=Now())
    return living.values_list("session_key", "session_data", "expire_date")


_LIVING = Compiled(_living, key=str)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        row = _LIVING.first(key=self.session_key)
        if row is None:
            self._session_key = None
            return None
        key, data, expires = row
        return Session(session_key=key, session_data=data, expire_date=expires)
