"""Screens in halls: a link of fifteen minutes makes a device the kiosk of one code, until its screens are let go.

What the link and the device hold is an end and a signature: of this code, among its screens of today.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F

from democratic.messaging.models import ChannelKind
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.queries import open_code
from democratic.thread.models import Authority

LINK_LASTS = timedelta(minutes=15)
SCREEN_LASTS = timedelta(days=365)
_OF_LINK = signing.Signer(salt="democratic.screen.link", sep=".")
_OF_SCREEN = signing.Signer(salt="democratic.screen", sep=".")


def screen_key(code: FlowCode, now: datetime) -> str:
    """What stands in the link."""
    return _given(_OF_LINK, code, now + LINK_LASTS)


def kept_by_screen(code: FlowCode, now: datetime) -> str:
    """What the device keeps: it tells of the code, and of nobody who comes before it."""
    return _given(_OF_SCREEN, code, now + SCREEN_LASTS)


def code_to_pair(authority: Authority, code: str, key: str, now: datetime) -> FlowCode | None:
    """None when the link is forged, too old, of another code or authority; or when the code opens no kiosk now."""
    found = open_code(authority, code, ChannelKind.KIOSK)
    return found if found is not None and _holds(_OF_LINK, found, key, now) else None


def is_screen_of(authority: Authority, code: str, kept: str, now: datetime) -> bool:
    """``kept``: by the device, empty when it keeps nothing. Retiring the code ends it."""
    if not kept:
        return False
    found = FlowCode.objects.filter(authority=authority, code=code.upper(), retired_at=None).first()
    return found is not None and _holds(_OF_SCREEN, found, kept, now)


@transaction.atomic
def let_screens_go(*, code: FlowCode) -> None:
    """All at once, and the links that are still good as well."""
    FlowCode.objects.filter(pk=code.pk).update(screens_epoch=F("screens_epoch") + 1)


def _given(signer: signing.Signer, code: FlowCode, until: datetime) -> str:
    return signer.sign(f"{_standing(code)}:{int(until.timestamp())}").rpartition(":")[2]


def _holds(signer: signing.Signer, code: FlowCode, given: str, now: datetime) -> bool:
    try:
        until = signer.unsign(f"{_standing(code)}:{given}").rpartition(":")[2]
        return now.timestamp() < int(until)
    except (signing.BadSignature, ValueError):
        return False


def _standing(code: FlowCode) -> str:
    return f"{code.pk}:{code.screens_epoch}"
