"""WhatsApp: the Business Cloud API that Meta publishes (developers.facebook.com/documentation/business-messaging).

In ``channels.toml``: ``phone`` (the id of our number), ``token``, ``secret`` (the app's own, which signs what Meta
posts), ``verify`` (any words, typed again where Meta asks for a « verify token »); ``url`` for another version.
A day after her last word, nothing leaves before she writes again but templates that Meta approved. What becomes of
each message is told by the same door; that it was read is not kept. Meta reads all that is said.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from civics.reach.capabilities import Capabilities, Medium
from democratic.channels.calling import REFUSED, call
from democratic.channels.proving import Called, as_published, hmac_sha256, is_same, object_in
from democratic.channels.whatsapp.faults import SHUT, fault_in
from democratic.channels.whatsapp.fetching import fetch_medium
from democratic.channels.whatsapp.shapes import arrived_by, fate_told_by, written
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, Fate, Forged, Hook, register

OURS = "https://graph.facebook.com/v23.0"


class WhatsApp(Called):
    kind: ClassVar = ChannelKind.WHATSAPP
    can: ClassVar = Capabilities(
        length=1024, buttons=3, button_length=20, media=frozenset(Medium), per_second=80,
        writes_first=False, window_hours=24, has_templates=True,
    )  # fmt: skip

    def deliver(self, envelope: Envelope) -> None:
        account = envelope.account
        addressed = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": envelope.address}
        answer = call(
            account,
            f"{account.get('url', OURS)}/{account['phone']}/messages",
            data=addressed | written(envelope),
            headers={"Authorization": f"Bearer {account['token']}"},
        )
        if answer.status >= REFUSED:
            raise fault_in(answer)

    def read(self, hook: Hook) -> Sequence[Arrived]:
        """Of our own number alone: Meta posts all numbers of an app at one address."""
        if hook.method == "GET":
            _is_asked_to_verify(hook)
            return ()
        expected = "sha256=" + hmac_sha256(hook.account.get("secret", "").encode(), hook.body).hex()
        if not hook.account.get("secret") or not is_same(
            hook.headers.get("x-hub-signature-256", ""), expected
        ):
            raise Forged
        with as_published():
            told = [said for value in _ours(hook) for said in value.get("messages", ())]
            return [each for said in told for each in arrived_by(said)]

    def fates(self, hook: Hook) -> Sequence[Fate]:
        if hook.method == "GET":
            return ()
        with as_published():
            told = [said for value in _ours(hook) for said in value.get("statuses", ())]
            return [each for said in told for each in fate_told_by(said, shut=SHUT)]

    def reply(self, hook: Hook) -> tuple[str, str]:
        return "text/plain", hook.query.get("hub.challenge", "")[:100] if hook.method == "GET" else ""

    def fetch(self, account: Account, ref: str, most: int) -> bytes:
        return fetch_medium(account, account.get("url", OURS), ref, most)


def _ours(hook: Hook) -> list[dict[str, Any]]:
    changes = [change for entry in object_in(hook)["entry"] for change in entry["changes"]]
    values = [change["value"] for change in changes if change["field"] == "messages"]
    phone = str(hook.account["phone"])
    return [each for each in values if each["metadata"]["phone_number_id"] == phone]


def _is_asked_to_verify(hook: Hook) -> None:
    words = hook.query.get("hub.verify_token", "")
    if hook.query.get("hub.mode") != "subscribe" or not is_same(words, hook.account.get("verify", "")):
        raise Forged


register(WhatsApp())
