"""Anything else, by a signed webhook both ways: Standard Webhooks 1.0 (standardwebhooks.com), with a shared secret.

In ``channels.toml``: ``url`` (where we post) and ``secret`` (``whsec_`` and 24 to 64 bytes in base 64; two, with a
space in between, while one is turned: the first signs). docs/operate/channels.md shows what is posted each way.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, ClassVar

from civics.reach.capabilities import Capabilities, Medium
from democratic.channels.calling import GONE, REFUSED, call
from democratic.channels.fetching import download
from democratic.channels.proving import Called, as_published, object_in
from democratic.channels.webhook.signing import keys_of, proved, signature
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.outbound import WayRefused, place_of
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, Hook, Refused, Unreadable, register


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
        at = str(int(envelope.at.timestamp()))
        signed = signature(keys_of(envelope.account)[0], envelope.name, at, body)
        headers = {"webhook-id": envelope.name, "webhook-timestamp": at, "webhook-signature": signed}
        answer = call(
            envelope.account,
            envelope.account["url"],
            data=body,
            headers={"Content-Type": "application/json", **headers},
        )
        if answer.status >= REFUSED:
            raise Refused(f"webhook {answer.status}", is_gone=answer.status == GONE)

    def fetch(self, account: Account, ref: str, most: int) -> bytes:
        """At the very place where we post, and nowhere else; signed over its address, so that it answers us alone."""
        try:
            if place_of(ref) != place_of(account["url"]):
                raise Refused("webhook: another host than its own")
        except WayRefused as fault:
            raise Refused("webhook: no address") from fault
        at = str(int(DATABASE_CLOCK.now().timestamp()))
        name = sha256(ref.encode()).hexdigest()[:32]
        signed = signature(keys_of(account)[0], name, at, ref.encode())
        headers = {"webhook-id": name, "webhook-timestamp": at, "webhook-signature": signed}
        return download(account, ref, most=most, headers=headers)

    def read(self, hook: Hook) -> Sequence[Arrived]:
        """One message a call. The same name again is the same message, however often it is signed."""
        name = proved(hook)
        posted = object_in(hook)
        with as_published():
            media = [
                {"kind": Medium(each["kind"]).value, "ref": each["ref"]} for each in posted.get("media", [])
            ]
            said = {each: _words(posted, each) for each in ("from", "text", "choice", "language")}
        if not said["from"]:
            raise Unreadable("no from")
        return [Arrived(name, said["from"], said["text"], said["choice"], said["language"], media)]


def _words(posted: dict[str, Any], name: str) -> str:
    said = posted.get(name, "")
    if not isinstance(said, str):
        raise TypeError(name)
    return said


register(Webhook())
