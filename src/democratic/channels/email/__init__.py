"""E-mail: what leaves goes by the installation's own mail server, what comes is asked for by IMAP (RFC 9051).

In ``channels.toml``: ``address``, which people write to and which is of this channel alone; ``imap`` (``server`` or
``server:port``, by TLS), ``user`` and ``password`` of its mailbox; perhaps ``name``, ``subject``, ``folder``, and
``pause``, the seconds between two looks at the mailbox. One exchange of mails is one address: ``exchanges.py`` says why.
"""

from collections.abc import Sequence
from typing import ClassVar

from civics.reach.capabilities import Capabilities, Medium
from democratic.channels.email.exchanges import Exchange
from democratic.channels.email.fetching import fetched
from democratic.channels.email.parts import fetch_part
from democratic.channels.email.reading import arrived_in
from democratic.channels.email.sending import send
from democratic.channels.proving import passing_over
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, register


class Email:
    kind: ClassVar = ChannelKind.EMAIL
    can: ClassVar = Capabilities(length=10_000, media=frozenset(Medium), joins=True, per_second=5)
    is_real: ClassVar = True
    is_pulled: ClassVar = False

    def deliver(self, envelope: Envelope) -> None:
        send(envelope)

    def receive(self, account: Account, cursor: str) -> tuple[Sequence[Arrived], str]:
        mails, cursor = fetched(account, cursor)
        came: list[Arrived] = []
        for mail in mails:
            with passing_over():
                came += arrived_in(mail.raw, account["address"], mail.place, mail.beyond)
        return came, cursor

    def fetch(self, account: Account, ref: str, most: int) -> bytes:
        return fetch_part(account, ref, most)

    def mailbox(self, address: str) -> str:
        return Exchange.of(address).email

    def exchange(self, mailbox: str, name: str) -> str:
        return Exchange.begun_by(mailbox, name).address


register(Email())
