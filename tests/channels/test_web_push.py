"""Notifications of the browser against a push service written from RFC 8030, which opens them as a browser would."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from channels.contract import ChannelContract, ProviderPeer, Reached, serving, write_account
from democratic.channels.push.sealing import Subscription, sealed, sealed_by
from democratic.messaging.models import OutgoingMessage
from subscribed import CURVE, Browser, push_service, read, written

pytestmark = pytest.mark.django_db


class PushPeer(ProviderPeer):
    def __init__(self, provider):
        super().__init__(provider)
        self.account |= {"contact": "mailto:dsi@val-orbe.example"}
        self.browser = Browser(f"{provider.url}/push/lina")
        self.address = self.browser.subscription

    def reached(self):
        opened = [self.browser.opens(asked.body) for asked in self.provider.kept["sent"]]
        return [Reached(self.address, each["text"]) for each in opened]

    def has_nobody_there(self):
        self.provider.answers.append((410, b"", {}))


@pytest.fixture
def peer():
    with serving(PushPeer, push_service) as peer:
        yield peer


def test_a_seal_is_what_the_standard_publishes():
    """RFC 8291, 5: by its keys and its salt, its very bytes."""
    to = Subscription(
        "",
        read("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        read("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    private = int.from_bytes(read("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    once, salt = ec.derive_private_key(private, CURVE), read("DGv6ra1nlYgDCS1FRnbzlw")
    body = sealed_by(once, salt, b"When I grow up, I want to be a watermelon", to)
    assert written(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
        "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_two_seals_of_the_same_words_have_nothing_in_common():
    to = Subscription.read(Browser("https://push.example/1").subscription)
    assert sealed(b"Bonjour", to)[:16] != sealed(b"Bonjour", to)[:16]


class TestPush(ChannelContract):
    kind = "push"
    each_has_a_server = True

    def test_a_service_can_t_read_it_and_what_is_sent_again_takes_its_place(self):
        self.tell("Le bus de nuit est voté")
        self.carry()
        (asked,) = self.peer.provider.kept["sent"]
        assert b"bus" not in asked.body
        assert asked.headers["topic"] == self.last.pk.hex
        assert self.peer.browser.opens(asked.body)["tag"] == self.last.pk.hex

    @pytest.mark.parametrize("status", [404, 410])
    def test_a_browser_that_is_no_more_is_nobody_s(self, status):
        her = self.someone()
        self.peer.provider.answers.append((status, b"", {}))
        self.tell(her=her)
        assert self.carry().lost == 1
        her.refresh_from_db()
        assert her.gone_at is not None
        assert her.address == ""

    def test_a_service_that_asks_to_wait_keeps_nobody_else_waiting(self):
        self.peer.is_throttled(80_000)
        first, second = self.someone(), self.someone_at(Browser(f"{self.peer.provider.url}/push/karim"))
        self.tell(her=first)
        self.tell(her=second)
        done = self.carry()
        assert (done.sent, done.put_off) == (1, 1)

    @pytest.mark.parametrize(
        "endpoint",
        [
            "http://push.example/1",
            "https://127.0.0.1/1",
            "https://10.0.0.1/1",
            "https://169.254.169.254/1",
            "ftp://x",
        ],
    )
    def test_an_address_in_clear_or_inside_a_network_is_never_asked(self, endpoint):
        write_account(self.territory.authority.slug, "push", {"contact": "mailto:dsi@val-orbe.example"})
        self.tell(her=self.someone_at(Browser(endpoint)))
        assert self.carry().lost == 1
        assert self.last.state == "failed"
        assert self.peer.provider.asked == []

    @pytest.mark.parametrize(
        "address",
        [
            "x", "{}", "[]", '{"endpoint": "https://push.example", "keys": 3}',
            '{"endpoint": "https://push.example", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}',
            '{"endpoint": "https://push.example", "keys": {"p256dh": "é", "auth": "AAAA"}}',
        ],
    )  # fmt: skip
    def test_what_no_browser_gives_is_refused_and_stops_nobody(self, address):
        self.peer.address = address
        self.tell()
        assert self.carry().lost == 1
        assert OutgoingMessage.objects.get().state == "failed"

    def someone_at(self, browser):
        self.peer.address = browser.subscription
        return self.someone()
