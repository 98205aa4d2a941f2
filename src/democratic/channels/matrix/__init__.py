"""Matrix, by which Tchap speaks: the Client-Server API v3 (spec.matrix.org). One room with one person is one address.

In ``channels.toml``: ``url`` of the homeserver, ``user`` (``@name:server``, an account of ours there) and its access
``token``. Rooms that are encrypted end to end are not read: an invitation to one is declined, with the reason.
"""

from typing import Any, ClassVar
from urllib.parse import quote

from civics.reach.capabilities import Capabilities, Medium
from democratic.channels.calling import REFUSED, said
from democratic.channels.matrix.asking import Homeserver
from democratic.channels.matrix.fetching import fetch_media
from democratic.channels.matrix.reading import arrived_in
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, Later, Refused, register


class Matrix:
    kind: ClassVar = ChannelKind.MATRIX
    can: ClassVar = Capabilities(
        length=10_000, media=frozenset(Medium), writes_first=False, per_second=5, is_idempotent=True
    )
    is_real: ClassVar = True
    is_pulled: ClassVar = False

    def deliver(self, envelope: Envelope) -> None:
        """The transaction's name is the message's: a homeserver delivers once what is put twice under one."""
        server = Homeserver(envelope.account)
        at = f"rooms/{quote(envelope.address, safe='')}/send/m.room.message/{envelope.name}"
        answer = server.ask("PUT", at, {"msgtype": "m.text", "body": envelope.parcel.text})
        if answer.status >= REFUSED:
            raise Refused(f"Matrix {said(answer).get('errcode', answer.status)}")

    def receive(self, account: Account, cursor: str) -> tuple[list[Arrived], str]:
        """What came since, and then what was said in rooms where we were invited meanwhile."""
        server = Homeserver(account)
        came, cursor, joined = _synced(server, cursor)
        if joined:
            more, cursor, _joined = _synced(server, cursor)
            came += more
        return came, cursor

    def fetch(self, account: Account, ref: str, most: int) -> bytes:
        return fetch_media(account, ref, most)


def _synced(server: Homeserver, cursor: str) -> tuple[list[Arrived], str, bool]:
    answer = server.sync(cursor)
    told: dict[str, Any] = said(answer)
    if answer.status >= REFUSED or "next_batch" not in told:
        raise Later(f"Matrix {told.get('errcode', answer.status)}")
    rooms = told.get("rooms", {})
    joined = [server.accept(room, invite) for room, invite in rooms.get("invite", {}).items()]
    came: list[Arrived] = []
    for room, what in rooms.get("join", {}).items():
        came += arrived_in(room, what, server)
    return came, str(told["next_batch"]), any(joined)


register(Matrix())
