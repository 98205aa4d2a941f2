"""What leaves and what arrives: messages, whom they go to, and the channels that an authority opened."""

from democratic.messaging.models.channels import ChannelKind, ChannelUse
from democratic.messaging.models.correspondents import Correspondent
from democratic.messaging.models.incoming import IncomingMessage
from democratic.messaging.models.outgoing import OutgoingMessage
from democratic.messaging.models.templates import MessageTemplate

__all__ = [
    "ChannelKind",
    "ChannelUse",
    "Correspondent",
    "IncomingMessage",
    "MessageTemplate",
    "OutgoingMessage",
]
