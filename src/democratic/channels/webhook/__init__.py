"""Anything else, by a signed webhook both ways: Standard Webhooks 1.0 (standardwebhooks.com), with a shared secret.

In ``channels.toml``: ``url`` (where we post) and ``secret`` (``whsec_`` and 24 to 64 bytes in base 64; two, with a
space in between, while one is turned: the first signs). docs/operate/channels.md shows what is posted each way.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any, ClassVar

from civics.reach.capabilities import Capabilities, Medium
from democratic.channels.calling import GONE, REFUSED, call
from democratic.channels.proving import Called, as_published, hmac_sha256, is_same, object_in
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.accounts import AccountsUnreadable
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, Forged, Hook, Refused, Unreadable, register

_MOMENT = re.compile(r"[0-9]{1,12}")
TOLERANCE = 300  # seconds that a clock may be wrong, or a message old
SHORTEST = 24  # bytes of a secret


class Webhook(Called):
    kind: ClassVar = ChannelKind.WEBHOOK
    can: ClassVar = Capabilities(
        length=4000, buttons=10, button_length=60, media=frozenset(Medium), is_idempotent=True
    )
    is_real: ClassVar = True  # its server is any server

    def deliver(self, envelope: Envelope) -> None:
        buttons = [{"key": each.key, "label": each.label} for each in envelope.parcel.buttons]
        said = {"to": envelope.address, "text": envelope.parcel.text, "buttons": buttons}
        body = json.dumps(said, ensure_ascii=False).encode()
        at = str(int(DATABASE_CLOCK.now().timestamp()))
        signed = signature(_keys(envelope.account)[0], envelope.name, at, body)
        headers = {"webhook-id": envelope.name, "webhook-timestamp": at, "webhook-signature": signed}
        answer = call(
            envelope.account,
            envelope.account["url"],
            data=body,
            headers={"Content-Type": "application/json", **headers},
        )
        if answer.status >= REFUSED:
            raise Refused(f"webhook {answer.status}", is_gone=answer.status == GONE)

    def read(self, hook: Hook) -> Sequence[Arrived]:
        """One message a call. The same name again is the same message, however often it is signed."""
        name = _proved(hook)
        posted = object_in(hook)
        with as_published():
            media = [
                {"kind": Medium(each["kind"]).value, "ref": each["ref"]} for each in posted.get("media", [])
            ]
            said = {each: _words(posted, each) for each in ("from", "text", "choice", "language")}
        if not said["from"]:
            raise Unreadable("no from")
        return [Arrived(name, said["from"], said["text"], said["choice"], said["language"], media)]


def signature(key: bytes, name: str, at: str, body: bytes) -> str:
    return "v1," + b64encode(hmac_sha256(key, f"{name}.{at}.".encode() + body)).decode()


def _keys(account: Account) -> list[bytes]:
    try:
        keys = [b64decode(each.removeprefix("whsec_"), validate=True) for each in account["secret"].split()]
    except ValueError:
        keys = []
    if not keys or min(map(len, keys)) < SHORTEST:
        raise AccountsUnreadable(f"channels.toml: a webhook's secret is {SHORTEST} bytes or more, in base 64")
    return keys


def _proved(hook: Hook) -> str:
    """Its name, which is signed with the rest."""
    name, at, given = (hook.headers.get(f"webhook-{each}", "") for each in ("id", "timestamp", "signature"))
    if not name or not _MOMENT.fullmatch(at) or abs(DATABASE_CLOCK.now().timestamp() - int(at)) > TOLERANCE:
        raise Forged
    expected = [signature(key, name, at, hook.body) for key in _keys(hook.account)]
    if not any(is_same(each, ours) for each in given.split() for ours in expected):
        raise Forged
    return name


def _words(posted: dict[str, Any], name: str) -> str:
    said = posted.get(name, "")
    if not isinstance(said, str):
        raise TypeError(name)
    return said


register(Webhook())
