"""Signed links that mails carry. A GET only shows a page with a button: mail scanners can't act."""

from uuid import UUID

from django.core import signing

from democratic.messaging.models import Correspondent
from democratic.people.models import ContactAddress
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority

_STOP, _CONFIRM, _STOP_CHANNEL = "democratic.stop", "democratic.confirm", "democratic.stop-channel"
_CONFIRM_LIFE = 7 * 24 * 3600


def stop_url(address: ContactAddress, authority: Authority) -> str:
    token = signing.dumps(str(address.pk), salt=_STOP)
    return public_url(authority, f"/desabonnement/{token}", address.language)


def stop_url_of(correspondent: Correspondent) -> str:
    """The same for whom a channel reaches."""
    token = signing.dumps(str(correspondent.pk), salt=_STOP_CHANNEL)
    return public_url(correspondent.authority, f"/desabonnement/{token}", correspondent.language)


def confirm_url(address: ContactAddress, authority: Authority) -> str:
    token = signing.dumps(str(address.pk), salt=_CONFIRM)
    return public_url(authority, f"/confirmer/{token}", address.language)


def address_to_stop(token: str) -> ContactAddress | None:
    return _address(token, _STOP, None)


def address_to_confirm(token: str) -> ContactAddress | None:
    return _address(token, _CONFIRM, _CONFIRM_LIFE)


def correspondent_to_stop(token: str) -> Correspondent | None:
    named = _named(token, _STOP_CHANNEL, None)
    known = Correspondent.objects.select_related("authority")
    return known.filter(pk=named).first() if named else None


def _address(token: str, salt: str, life: int | None) -> ContactAddress | None:
    named = _named(token, salt, life)
    return ContactAddress.objects.filter(pk=named).first() if named else None


def _named(token: str, salt: str, life: int | None) -> UUID | None:
    try:
        return UUID(signing.loads(token, salt=salt, max_age=life))
    except (signing.BadSignature, ValueError):
        return None
