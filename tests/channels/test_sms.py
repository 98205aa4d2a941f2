from itertools import count
from urllib.parse import urlencode

import pytest

from channels.contract import ChannelContract, ProviderPeer, Reached, serving
from democratic.channels.sms import signature

pytestmark = pytest.mark.django_db
_NAMES = count()


class SmsPeer(ProviderPeer):
    """An operator, written from its published API."""

    address = "+33600000042"

    def __init__(self, provider):
        super().__init__(provider)
        self.account |= {
            "url": provider.url, "account": "AC42", "token": "secret-token", "sender": "+33937000000"
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

    def has_nobody_there(self):
        self.provider.answers.append((400, {"code": 21211, "message": "Invalid 'To' Phone Number"}, {}))


def usual(asked, provider):
    if asked.headers.get("authorization") != "Basic QUM0MjpzZWNyZXQtdG9rZW4=":
        return 401, {"code": 20003}
    provider.kept["sent"].append(asked)
    return 201, {"sid": f"SM{len(provider.kept['sent'])}", "status": "queued"}


@pytest.fixture
def peer():
    with serving(SmsPeer, usual) as peer:
        yield peer


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

    def test_a_message_is_folded_into_the_alphabet_that_costs_least_where_one_fewer_is_paid(self):
        her = self.someone()
        self.tell(her=her, text="L’hôtel " + "a" * 70)
        self.carry()
        assert [each.text for each in self.peer.reached()] == ["L'hotel " + "a" * 70]
