"""SMS over HTTP: the Programmable Messaging API that Twilio publishes (2010-04-01), which other operators speak too.

In ``channels.toml``: ``url`` (of the API, ``https://…``), ``account``, ``token``, ``sender`` (a number that takes
answers), and ``hook`` when the address that the operator calls is not the one that we see.
"""

import hmac
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha1
from typing import ClassVar
from urllib.parse import parse_qsl

from civics.reach.capabilities import Capabilities
from civics.reach.sms import thrifty
from democratic.channels.calling import REFUSED, call, said
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, Forged, Hook, Refused, Unreadable, register

# Of the published list of errors: a number that is none, that nobody has any more, that can't receive.
_GONE = {21211, 21614, 30005, 30006}


class Sms:
    kind: ClassVar = ChannelKind.SMS
    can: ClassVar = Capabilities(length=1530, segment=160, per_second=10)
    is_real: ClassVar = False
    is_pulled: ClassVar = False

    def deliver(self, envelope: Envelope) -> None:
        account = envelope.account
        answer = call(
            account,
            f"{account['url']}/2010-04-01/Accounts/{account['account']}/Messages.json",
            form={"To": envelope.address, "From": account["sender"], "Body": thrifty(envelope.parcel.text)},
            headers={"Authorization": f"Basic {_basic(account)}", "Idempotency-Key": envelope.name},
        )
        if answer.status >= REFUSED:
            code = said(answer).get("code", answer.status)
            raise Refused(f"SMS {code}", is_gone=code in _GONE)

    def read(self, hook: Hook) -> Sequence[Arrived]:
        fields = dict(parse_qsl(hook.body.decode("utf-8", "replace"), keep_blank_values=True))
        _prove(hook, fields)
        try:
            return [Arrived(fields["MessageSid"], fields["From"], fields["Body"])]
        except KeyError as missing:
            raise Unreadable(f"no {missing}") from missing

    def reply(self, hook: Hook) -> tuple[str, str]:  # noqa: ARG002  the port's own shape
        return "text/xml", "<Response/>"


def _basic(account: Account) -> str:
    return b64encode(f"{account['account']}:{account['token']}".encode()).decode()


def signature(url: str, fields: dict[str, str], token: str) -> str:
    """HMAC-SHA1 of the address and of the fields in the order of their names, in base 64."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return b64encode(hmac.new(token.encode(), signed.encode(), sha1).digest()).decode()


def _prove(hook: Hook, fields: dict[str, str]) -> None:
    expected = signature(hook.account.get("hook", hook.url), fields, hook.account.get("token", ""))
    given = hook.headers.get("x-twilio-signature", "")
    if not hook.account.get("token") or not hmac.compare_digest(expected.encode(), given.encode()):
        raise Forged


register(Sms())
