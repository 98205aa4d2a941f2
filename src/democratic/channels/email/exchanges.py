"""One exchange of mails is one address of the channel, as one room is on Matrix: « lina@mail.example 3f2a… ».

A sender's address proves nothing, anybody may write it. So a mail begins an exchange of its own, whose author is nobody
that we know, unless it answers one of ours: those alone carry the exchange's name with its keyed print, bound to the
address that it went to. They are in the address that an answer goes to (RFC 5233) and in our Message-ID: where one is
lost on the way, the other comes back.
"""

import hmac
import re
from dataclasses import dataclass

from democratic.kernel.limits import keyed_hash

_SIGNS = 16  # of hexadecimal: 64 bits
_TOKEN = re.compile(rf"[+.]([0-9a-f]{{{_SIGNS}}})\.([0-9a-f]{{{_SIGNS}}})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exchange:
    email: str
    name: str

    @classmethod
    def of(cls, address: str) -> "Exchange":
        email, _, name = address.partition(" ")
        return cls(email, name)

    @classmethod
    def begun_by(cls, email: str, message: str) -> "Exchange":
        """Always the same for one mail, however often it is read."""
        return cls(email, keyed_hash("exchange", email, message)[:_SIGNS])

    @property
    def address(self) -> str:
        return f"{self.email} {self.name}"

    @property
    def token(self) -> str:
        return f"{self.name}.{keyed_hash('mail-to-answer', self.email, self.name)[:_SIGNS]}"

    def answered_at(self, ours: str) -> str:
        """Where her answer goes."""
        local, _, domain = ours.partition("@")
        return f"{local}+{self.token}@{domain}"

    def message_id(self, envelope_name: str, ours: str) -> str:
        """The same at each attempt."""
        return f"<{envelope_name}.{self.token}@{ours.partition('@')[2]}>"


def exchange_named_in(words: str, email: str) -> Exchange | None:
    """The one that we named to this address, in addresses and Message-IDs; None when nothing of ours is there."""
    for name, given in _TOKEN.findall(words):
        exchange = Exchange(email, name.lower())
        if hmac.compare_digest(exchange.token, f"{name}.{given}".lower()):
            return exchange
    return None
