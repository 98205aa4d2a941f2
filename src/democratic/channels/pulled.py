"""A screen that comes for its own messages: nothing is pushed, and nothing can fail on the way."""

from typing import ClassVar

from civics.reach.capabilities import Capabilities, Medium
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Envelope, Refused


class Pulled:
    kind: ClassVar[ChannelKind]
    can: ClassVar[Capabilities] = Capabilities(
        length=2000,
        buttons=10,
        button_length=60,
        media=frozenset(Medium),
        writes_first=False,
        is_idempotent=True,
    )
    is_real: ClassVar[bool] = True
    is_pulled: ClassVar[bool] = True

    def deliver(self, envelope: Envelope) -> None:  # noqa: ARG002  the port's own shape
        raise Refused("a screen comes for its messages")
