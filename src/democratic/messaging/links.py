"""Signed links that mails carry. A GET only shows a page with a button: mail scanners can't act."""

from uuid import UUID

from django.core import signing

from democratic.people.models import ContactAddress
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority

_STOP, _CONFIRM = "democratic.stop", "democratic.confirm"
_CONFIRM_LIFE = 7 * 24 * 3600


def stop_url(address: ContactAddress, authority: Authority) -> str:
    token = signing.dumps(str(address.pk), salt=_STOP)
    return public_url(authority, f"/desabonnement/{token}", address.language)


def confirm_url(address: ContactAddress, authority: Authority) -> str:
    token = signing.dumps(str(address.pk), salt=_CONFIRM)
    return public_url(authority, f"/confirmer/{token}", address.language)


def address_to_stop(token: str) -> ContactAddress | None:
    return _address(token, _STOP, None)


def address_to_confirm(token: str) -> ContactAddress | None:
    return _address(token, _CONFIRM, _CONFIRM_LIFE)


def _address(token: str, salt: str, life: int | None) -> ContactAddress | None:
    try:
        address_id = UUID(signing.loads(token, salt=salt, max_age=life))
    except (signing.BadSignature, ValueError):
        return None
    return ContactAddress.objects.filter(pk=address_id).first()
