import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlencode

from democratic.channels.calling import REFUSED, call, said
from democratic.kernel.outbound import Answer
from democratic.messaging.ports import Account, Undeliverable

AT_ONCE, AT_FIRST = 100, 5  # messages of one room
LARGEST = 16 * 1024 * 1024  # bytes of what came since
# In both languages: who invites us has not said hers.
NOT_READ = "Ce compte ne lit pas les salons chiffrés. / This account does not read encrypted rooms."


class Homeserver:
    def __init__(self, account: Account) -> None:
        self.account = account
        self.us = str(account["user"])

    def ask(self, method: str, path: str, data: Any = None, **more: Any) -> Answer:
        return call(
            self.account,
            f"{self.account['url']}/_matrix/client/v3/{path}",
            method=method,
            data=data,
            headers={"Authorization": f"Bearer {self.account['token']}"},
            wait=lambda told: told["retry_after_ms"] / 1000,
            **more,
        )

    def sync(self, cursor: str) -> Answer:
        """Messages and who comes and goes, nothing else; of what was said before we first asked, the last words."""
        timeline = {"types": ["m.room.message", "m.room.member"], "limit": AT_ONCE if cursor else AT_FIRST}
        nothing: dict[str, Any] = {"types": []}
        room = {"timeline": timeline, "state": nothing, "ephemeral": nothing, "account_data": nothing}
        only = json.dumps({"room": room, "presence": nothing, "account_data": nothing})
        asked = {"timeout": "0", "filter": only, **({"since": cursor} if cursor else {})}
        return self.ask("GET", f"sync?{urlencode(asked)}", most=LARGEST)

    def accept(self, room: str, invite: Mapping[str, Any]) -> bool:
        """Whether we are there now. A server that can't let us in stops no other room: she invites us again."""
        state = invite.get("invite_state", {}).get("events", ())
        if any(each.get("type") == "m.room.encryption" for each in state):
            self.leave(room, NOT_READ)
            return False
        with suppress(Undeliverable):
            return self.ask("POST", f"rooms/{quote(room, safe='')}/join", {}).status < REFUSED
        return False

    def leave(self, room: str, reason: str) -> None:
        with suppress(Undeliverable):
            self.ask("POST", f"rooms/{quote(room, safe='')}/leave", {"reason": reason})

    def others_in(self, room: str) -> set[str]:
        answer = self.ask("GET", f"rooms/{quote(room, safe='')}/joined_members")
        return set(said(answer).get("joined", {})) - {self.us}
