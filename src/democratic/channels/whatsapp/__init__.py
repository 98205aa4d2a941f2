"""WhatsApp: the Business Cloud API that Meta publishes (developers.facebook.com/documentation/business-messaging).

In ``channels.toml``: ``phone`` (the id of our number), ``token``, ``secret`` (the app's own, which signs what Meta
posts), ``verify`` (any words, typed again where Meta asks for a « verify token »); ``url`` for another version.
A day after her last word, nothing leaves before she writes again but templates that Meta approved. What becomes of
each message is told by the same door; that it was read is not kept. Meta reads all that is said.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from civics.reach.capabilities import Capabilities, Medium
from democratic.channels.calling import DAY, REFUSED, call, said
from democratic.channels.proving import Called, as_published, hmac_sha256, is_same, object_in
from democratic.channels.whatsapp.fetching import fetch_medium
from democratic.channels.whatsapp.shapes import arrived_by, fate_told_by, written
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import (
    Account,
    Arrived,
    Envelope,
    Fate,
    Forged,
    Hook,
    Later,
    Refused,
    WindowShut,
    register,
)

OURS = "https://graph.facebook.com/v23.0"
# Of the published list of errors: those that pass, and after how many seconds; the one that her next word ends.
_PASSING = {
    4: 60, 80007: 60, 130429: 2, 131056: 6, 131048: 3600, 131000: 0, 131016: 60, 131057: 600, 133004: 60,
    # The operator's to mend: a key, a permission, a bill, a number that is not registered, an account that is locked.
    0: 300, 3: 300, 10: 300, 190: 300, 200: 300, 368: DAY, 131005: 300, 131031: DAY, 131042: 300, 133010: 300,
}  # fmt: skip
_SHUT, _PAIR = 131047, 131056  # the second: too much to one person


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
            code = said(answer).get("error", {}).get("code", answer.status)
            if code == _SHUT:
                raise WindowShut(f"WhatsApp {code}")
            if code in _PASSING:
                raise Later(f"WhatsApp {code}", after=_PASSING[code], is_alone=code == _PAIR)
            raise Refused(f"WhatsApp {code}")

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
            return [each for said in told for each in fate_told_by(said, shut=_SHUT)]

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
