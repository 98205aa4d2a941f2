from itertools import count
from unittest import mock
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from channels.contract import ChannelContract, ProviderPeer, Reached, serving, write_account
from conversations import plain
from democratic.channels.sms.calls import signature
from democratic.messaging.models import Correspondent, IncomingMessage, OutgoingMessage
from democratic.messaging.ports import channel_of
from democratic.participation.inbox.actions import write_back
from democratic.participation.inbox.models import Channel
from democratic.participation.inbox.receiving import Sender, receive_message

pytestmark = pytest.mark.django_db
_NAMES = count()
HOOK = "https://participer.val-orbe.example/canaux/sms"


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
        token = "wrong" if forged else "secret-token"
        return self.posts(client, "/canaux/sms", fields, token, self.account.get("hook"))

    def tells(self, client, said, *, called=None, token="secret-token", **more):
        """What became of the last message, at the address that was given with it."""
        called = called or self.provider.kept["sent"][-1].form["StatusCallback"]
        fields = {"MessageSid": "SM1", "MessageStatus": said, "To": self.address, "From": "+33937000000"}
        query = f"?{urlsplit(called).query}" if urlsplit(called).query else ""
        return self.posts(client, f"/canaux/sms{query}", fields | more, token, called)

    def posts(self, client, path, fields, token, called=None):
        signed = signature(called or f"http://testserver{path}", fields, token)
        answer = client.post(
            path,
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

    # --- what becomes of a message

    @pytest.fixture
    def sent(self):
        """One that left, with the address where the operator tells of it."""
        self.peer.account["hook"] = HOOK
        write_account(self.territory.authority.slug, "sms", self.peer.account)
        self.tell()
        assert self.carry().sent == 1
        return self.peer

    def test_our_own_name_of_it_goes_in_an_address_of_ours_and_only_by_tls(self, sent):
        called = sent.provider.kept["sent"][-1].form["StatusCallback"]
        assert called == f"{HOOK}?message={self.last.pk.hex}"
        write_account(self.territory.authority.slug, "sms", self.peer.account | {"hook": "http://a.example"})
        self.tell(purpose="again")
        self.carry()
        assert "StatusCallback" not in sent.provider.kept["sent"][-1].form

    def test_without_a_hook_of_the_operator_s_it_is_the_authority_s_own_door(self, settings):
        settings.PUBLIC_URL = "https://participer.val-orbe.example"
        self.tell()
        self.carry()
        called = urlsplit(self.peer.provider.kept["sent"][-1].form.get("StatusCallback", ""))
        assert (called.scheme, called.path) == ("https", "/canaux/sms")
        assert parse_qs(called.query) == {"message": [self.last.pk.hex]}

    @pytest.mark.parametrize(
        "order",
        [
            ("queued", "sent", "delivered"),
            ("delivered", "sent", "queued"),
            ("delivered", "delivered", "undelivered"),
            ("undelivered", "delivered", "undelivered"),
            ("failed", "failed", "delivered"),
        ],
    )
    def test_what_is_delivered_is_so_in_whatever_order_it_is_told(self, client, sent, order):
        for said in order:
            assert sent.tells(client, said, ErrorCode="30008") == 200
        assert (self.last.state, self.last.delivered_at is not None, self.last.reason) == ("sent", True, "")
        assert not IncomingMessage.objects.exists(), "it is no word of hers"

    @pytest.mark.parametrize(
        ("said", "code", "reason"),
        [
            ("undelivered", "30003", "SMS 30003"),
            ("failed", "30036", "SMS 30036"),
            ("expired", "", "SMS expired"),
            ("undelivered", "<b>", "SMS undelivered"),
        ],
    )
    def test_what_never_arrived_says_why(self, client, sent, said, code, reason):
        for _each in range(2):
            sent.tells(client, said, ErrorCode=code)
        assert (self.last.state, self.last.reason) == ("failed", reason)
        assert Correspondent.objects.get().gone_at is None

    def test_a_number_that_nobody_has_any_more_is_told_afterwards_and_once(self, client, sent):
        sent.tells(client, "undelivered", ErrorCode="30005")
        first = Correspondent.objects.get()
        assert first.gone_at is not None
        self.hear(client, "LYC-BRO")
        sent.tells(client, "undelivered", ErrorCode="30005")
        later = Correspondent.objects.exclude(pk=first.pk).get()
        assert later.gone_at is None, "told again, it is of who was there before"

    def test_a_status_told_before_we_were_answered_holds(self, client, sent):
        channel = channel_of("sms")
        real = channel.deliver

        def told_first(envelope):
            real(envelope)
            sent.tells(client, "delivered")

        with mock.patch.object(type(channel), "deliver", staticmethod(told_first)):
            self.tell(purpose="second")
            self.carry()
        assert (self.last.state, self.last.delivered_at is not None) == ("sent", True)

    def test_a_forged_status_or_one_of_another_s_message_changes_nothing(self, client, sent):
        before = list(OutgoingMessage.objects.values())
        assert sent.tells(client, "delivered", token="wrong") == 403
        assert sent.tells(client, "delivered", called=HOOK) == 200, "it names none"
        for name in ("x", "x" * 32, uuid4().hex, ""):
            assert sent.tells(client, "delivered", called=f"{HOOK}?message={name}") == 200
        signed_for_another = f"{HOOK}?message={uuid4().hex}"
        status = sent.posts(
            client,
            f"/canaux/sms?message={self.last.pk.hex}",
            {"MessageSid": "SM1", "MessageStatus": "delivered"},
            "secret-token",
            signed_for_another,
        )
        assert status == 403, "the address is signed with the rest"
        assert list(OutgoingMessage.objects.values()) == before

    def test_a_status_of_a_message_by_another_channel_is_of_none_here(self, client, sent):
        Correspondent.objects.update(kind="telegram")
        sent.tells(client, "delivered")
        assert self.last.delivered_at is None

    def test_an_agent_reads_why_an_answer_never_arrived(self, client, sent, monkeypatch):
        clock = self.territory.clock
        letter = receive_message(
            authority=self.territory.authority, channel=Channel.SMS, text="Et mon bus ?", clock=clock,
            sender=Sender(correspondent=self.someone()),
        ).conversation  # fmt: skip
        by = self.territory.agent.person
        write_back(conversation=letter, kind="answer", text="Lundi.", seen=None, by=by, clock=clock)
        assert self.carry().sent == 1
        sent.tells(client, "undelivered", ErrorCode="30003")
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock)
        agent = Client(headers={"sec-fetch-site": "same-origin"})
        agent.force_login(self.territory.agent)
        assert "Échec : SMS 30003" in plain(agent.get(f"/bureau/boite/{letter.code}"))

    def test_a_status_that_is_unknown_yet_is_answered_and_changes_nothing(self, client, sent):
        assert sent.tells(client, "partially_delivered") == 200
        assert sent.tells(client, "") == 200
        assert (self.last.state, self.last.delivered_at) == ("sent", None)
