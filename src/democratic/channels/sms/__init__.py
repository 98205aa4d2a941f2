"""SMS over HTTP: the Programmable Messaging API that Twilio publishes (2010-04-01), which other operators speak too.

In ``channels.toml``: ``url`` (of the API, ``https://…``), ``account``, ``token``, ``sender`` (a number that takes
answers), and ``hook`` when the address that the operator calls is not the one that we see. What becomes of each message
is told by the same door, with our own name of it: none waits for the operator's.
"""

from base64 import b64encode
from collections.abc import Sequence
from typing import ClassVar

from civics.reach.capabilities import Capabilities
from civics.reach.sms import thrifty
from democratic.channels.calling import REFUSED, call, said
from democratic.channels.sms.calls import fields_in, prove
from democratic.channels.sms.fates import GONE, fates_told_by, is_status, told_back_at
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Account, Arrived, Envelope, Fate, Hook, Refused, Unreadable, register


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
            form={"To": envelope.address, "From": account["sender"], "Body": thrifty(envelope.parcel.text)}
            | told_back_at(account, envelope),
            headers={"Authorization": f"Basic {_basic(account)}", "Idempotency-Key": envelope.name},
        )
        if answer.status >= REFUSED:
            code = said(answer).get("code", answer.status)
            raise Refused(f"SMS {code}", is_gone=code in GONE)

    def read(self, hook: Hook) -> Sequence[Arrived]:
        fields = fields_in(hook)
        prove(hook, fields)
        if is_status(fields):
            return ()
        try:
            return [Arrived(fields["MessageSid"], fields["From"], fields["Body"])]
        except KeyError as missing:
            raise Unreadable(f"no {missing}") from missing

    def fates(self, hook: Hook) -> Sequence[Fate]:
        return fates_told_by(hook, fields_in(hook))

    def reply(self, hook: Hook) -> tuple[str, str]:  # noqa: ARG002  the port's own shape
        return "text/xml", "<Response/>"


def _basic(account: Account) -> str:
    return b64encode(f"{account['account']}:{account['token']}".encode()).decode()


register(Sms())
