"""Telegram: the Bot API that it publishes (core.telegram.org/bots/api). It reads all that is said here.

In ``channels.toml``: ``token`` (BotFather gives it), and ``secret`` (A-Z, a-z, 0-9, _ and -, that was told to
``setWebhook`` as its ``secret_token``) or ``poll = true`` (no webhook then: Telegram is asked). ``url`` for a server
of one's own. Only private chats are read: a group has several people at one address.
"""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from civics.reach.capabilities import Capabilities, Medium
from democratic.channels.proving import Called, as_published, is_same, object_in, passing_over
from democratic.channels.telegram.asking import ask, fetch_file
from democratic.channels.telegram.updates import arrived_by
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, Forged, Hook, Later, Refused, register

_ASKED = ("message", "callback_query")
# As described by the words of its answers, which have no other code.
_GONE = ("chat not found", "user is deactivated", "user not found")


class Telegram(Called):
    kind: ClassVar = ChannelKind.TELEGRAM
    can: ClassVar = Capabilities(
        length=4096, buttons=10, button_length=60, key_length=64, media=frozenset(Medium), per_second=30,
        writes_first=False,
    )  # fmt: skip

    def deliver(self, envelope: Envelope) -> None:
        asked: dict[str, Any] = {"chat_id": envelope.address, "text": envelope.parcel.text}
        if rows := [[{"text": each.label, "callback_data": each.key}] for each in envelope.parcel.buttons]:
            asked["reply_markup"] = {"inline_keyboard": rows}
        answer = ask(envelope.account, "sendMessage", asked)
        if "result" not in answer:
            words = str(answer.get("description", ""))
            is_gone = any(each in words for each in _GONE)
            raise Refused(f"Telegram {answer.get('error_code')} {words}"[:120], is_gone=is_gone)

    def read(self, hook: Hook) -> Sequence[Arrived]:
        given = hook.headers.get("x-telegram-bot-api-secret-token", "")
        if not is_same(given, hook.account.get("secret", "")):
            raise Forged
        with as_published():
            return list(arrived_by(object_in(hook)))

    def reply(self, hook: Hook) -> tuple[str, str]:
        """A pressed button stops turning: the API takes one call as the answer to its own."""
        pressed = object_in(hook).get("callback_query")
        done = {"method": "answerCallbackQuery", "callback_query_id": pressed.get("id")} if pressed else {}
        return "application/json", json.dumps(done)

    def receive(self, account: Account, cursor: str) -> tuple[Sequence[Arrived], str]:
        if not account.get("poll"):
            return (), cursor
        asked = {"offset": int(cursor or 0), "timeout": 0, "allowed_updates": _ASKED}
        answer = ask(account, "getUpdates", asked)
        if "result" not in answer:
            raise Later(f"Telegram {answer.get('error_code')}")
        came: list[Arrived] = []
        for update in answer["result"]:
            with passing_over():
                came += arrived_by(update)
        ends = [update["update_id"] + 1 for update in answer["result"]]
        return came, str(max(ends)) if ends else cursor

    def fetch(self, account: Account, ref: str, most: int) -> bytes:
        return fetch_file(account, ref, most)


register(Telegram())
