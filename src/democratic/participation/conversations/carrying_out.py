"""What the worker does of what was received."""

from democratic.kernel.clock import Clock
from democratic.messaging.incoming import carry_out, carry_out_now
from democratic.messaging.models import IncomingMessage
from democratic.participation.conversations.hearing import hear_message


def carry_out_what_was_received(clock: Clock, *, limit: int = 100) -> int:
    """One batch of each shard. How many messages were looked at."""

    def handle(message: IncomingMessage) -> str:
        return hear_message(message, clock=clock)

    return carry_out(handle, limit=limit)


def carry_out_of(kind: str, address: str, clock: Clock) -> None:
    """At once, for who looks at her screen."""
    carry_out_now(kind, address, lambda message: hear_message(message, clock=clock))
