from itertools import count
from urllib.parse import urlencode

import pytest

from channels.contract import ChannelContract, Reached
from democratic.channels.sms import signature
from provider import Provider

pytestmark = pytest.mark.django_db
_NAMES = count()


class SmsPeer:
    """An operator, written from its published API."""

    address = "+33600000042"

    def __init__(self, provider):
        self.provider = provider
        self.account = {
            "url": provider.url, "account": "AC42", "token": "secret-token", "sender": "+33937000000", "near": True,
        }  # fmt: skip

    def reached(self):
        return [Reached(each.form["To"], each.form["Body"]) for each in self.provider.kept["sent"]]

    def says(self, client, text, *, name=None, forged=False):
        fields = {
            "MessageSid": name or f"SM{next(_NAMES)}",
            "From": self.address,
            "To": "+33937000000",
            "Body": text,
        }
        signed = signature("http://testserver/canaux/sms", fields, "wrong" if forged else "secret-token")
        answer = client.post(
            "/canaux/sms",
            urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signed},
        )
        return answer.status_code

    def goes_down(self):
        self.provider.go_down()

    def is_throttled(self, seconds):
        self.provider.answers.append((429, {"code": 20429}, {"Retry-After": str(seconds)}))

    def has_nobody_there(self):
        self.provider.answers.append((400, {"code": 21211, "message": "Invalid 'To' Phone Number"}, {}))

    def is_cut(self):
        self.provider.cut = True


def usual(asked, provider):
    if asked.headers.get("authorization") != "Basic QUM0MjpzZWNyZXQtdG9rZW4=":
        return 401, {"code": 20003}
    provider.kept["sent"].append(asked)
    return 201, {"sid": f"SM{len(provider.kept['sent'])}", "status": "queued"}


@pytest.fixture
def peer():
    provider = Provider(None)
    provider.usual = lambda asked: usual(asked, provider)
    with provider:
        yield SmsPeer(provider)


class TestSms(ChannelContract):
    kind = "sms"

    def test_a_number_that_nobody_has_any_more_is_someone_else_when_it_writes_again(self, client):
        first = self.someone()
        self.peer.has_nobody_there()
        self.tell(her=first)
        self.carry()
        self.hear(client, "LYC-BRO")
        first.refresh_from_db()
        assert first.gone_at is not None
        assert self.someone().person != first.person
