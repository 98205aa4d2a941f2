"""Notifications of the browser: Web Push (RFC 8030), sealed for the browser alone (RFC 8291), by who we are (RFC 8292).

In ``channels.toml``: ``contact``, a ``mailto:`` or ``https:`` address at which a push service can reach the operator.
An address is what a browser's ``PushSubscription.toJSON()`` gives. Its service sees that something comes, when, and
how long it is; never what it says. A browser only listens.
"""

import json
from typing import Any, ClassVar

from civics.reach.capabilities import Capabilities
from democratic.channels.calling import GONE, MISSING, REFUSED, call
from democratic.channels.push.sealing import Subscription, sealed, signed_as_us
from democratic.kernel.outbound import Answer, WayRefused
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Envelope, Later, Refused, register

DAY = 86_400  # seconds that a service keeps it for a browser that is closed


class Push:
    kind: ClassVar = ChannelKind.PUSH
    can: ClassVar = Capabilities(length=800)  # 4,096 bytes, whatever the signs
    is_real: ClassVar = False
    is_pulled: ClassVar = False

    def deliver(self, envelope: Envelope) -> None:
        """Services are those of the browsers, whichever they are: what one of them asks is not asked of others."""
        try:
            to = Subscription.read(envelope.address)
            answer = _hand_over(envelope, to)
        except ValueError as fault:
            raise Refused("this is no subscription", is_gone=True) from fault
        except Later as wait:
            if isinstance(wait.__cause__, WayRefused):  # in clear, or inside a network
                raise Refused(wait.reason, is_gone=True) from wait
            raise Later(wait.reason, after=wait.after, is_alone=True) from wait
        if answer.status >= REFUSED:
            raise Refused(f"push {answer.status}", is_gone=answer.status in (MISSING, GONE))


def _hand_over(envelope: Envelope, to: Subscription) -> Answer:
    said: dict[str, Any] = {"text": envelope.parcel.text, "tag": envelope.name}
    headers = {
        "Authorization": signed_as_us(to.endpoint, envelope.account["contact"], envelope.at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(DAY),
        "Topic": envelope.name,  # sent again, it takes the place of what still waits
    }
    body = sealed(json.dumps(said, ensure_ascii=False).encode(), to)
    return call(envelope.account, to.endpoint, data=body, headers=headers)


register(Push())
