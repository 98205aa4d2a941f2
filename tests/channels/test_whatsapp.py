import json
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest import mock
from uuid import uuid4

import pytest

from channels.contract import ChannelContract, ProviderPeer, Reached, serving, write_account
from channels.media_contract import MediaContract
from civics.reach.rendering import Say
from democratic.channels.proving import hmac_sha256
from democratic.messaging.models import Correspondent, IncomingMessage, OutgoingMessage
from democratic.messaging.ports import Template, channel_of
from democratic.messaging.telling import Errand, tell

pytestmark = pytest.mark.django_db
PHONE, TOKEN, SECRET = "106540352242922", "EAAG-token-of-tests", "app-secret-of-tests"
_NAMES = count()
NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)


class WhatsAppPeer(ProviderPeer):
    """A server of the Cloud API, written from what Meta publishes: it refuses what Meta refuses."""

    address = "33600000042"

    def __init__(self, provider):
        super().__init__(provider)
        self.account |= {
            "url": provider.url,
            "phone": PHONE,
            "token": TOKEN,
            "secret": SECRET,
            "verify": "words",
        }

    def reached(self):
        return [Reached(said["to"], _text(said), _buttons(said)) for said in self.provider.kept["sent"]]

    def says(self, client, text, *, name=None, choice="", forged=False):
        return self.posts(client, self.message(text, choice, name), secret="wrong" if forged else SECRET)

    def message(self, text="", choice="", name=None, **what):
        told = {"type": "text", "text": {"body": text}}
        if choice:
            pressed = {"type": "button_reply", "button_reply": {"id": choice, "title": "…"}}
            told = {"type": "interactive", "interactive": pressed}
        return {"from": self.address, "id": f"wamid.{name or next(_NAMES)}", "timestamp": "1", **told, **what}

    def posts(self, client, message, *, phone=PHONE, secret=SECRET, **value):
        metadata = {"display_phone_number": "33937000000", "phone_number_id": phone}
        value = {"messaging_product": "whatsapp", "metadata": metadata, "messages": [message], **value}
        change = {"value": value, "field": "messages"}
        return self.posts_all(
            client, {"object": "whatsapp_business_account", "entry": [{"changes": [change]}]}, secret
        )

    def posts_all(self, client, said, secret=SECRET):
        body = json.dumps(said).encode()
        signed = "sha256=" + hmac_sha256(secret.encode(), body).hex()
        headers = {"X-Hub-Signature-256": signed}
        return client.post(
            "/canaux/whatsapp", body, content_type="application/json", headers=headers
        ).status_code

    def sends(self, client, kind, content, *, name=None, text=""):
        held = self.provider.kept["held"]
        told = {"id": str(9_000 + len(held))} | ({"caption": text} if text else {})
        held.append(content)
        named = {"type": "image", "image": told} if kind == "photo" else {"type": "audio", "audio": told}
        self.posts(client, self.message(name=name, **named))

    def refuses(self, code, status=400):
        self.provider.answers.append((status, {"error": {"message": f"(#{code}) …", "code": code}}, {}))

    def has_nobody_there(self):
        self.refuses(131026)

    def locks_us_out(self):
        self.refuses(190, 401)


def _text(said):
    return said["text"]["body"] if said["type"] == "text" else said["interactive"]["body"]["text"]


def _buttons(said):
    if said["type"] == "text":
        return ()
    keys = [each["reply"] for each in said["interactive"]["action"]["buttons"]]
    return tuple(f"{each['id']}|{each['title']}" for each in keys)


def usual(asked, provider):
    if asked.method == "GET" and asked.headers.get("authorization") == f"Bearer {TOKEN}":
        return _held(asked, provider)
    said = asked.json
    if asked.path != f"/{PHONE}/messages" or asked.headers.get("authorization") != f"Bearer {TOKEN}":
        return 401, {"error": {"code": 190}}
    if said["type"] == "template":
        return _approved(said, provider)
    most = 4096 if said["type"] == "text" else 1024
    keys = [each.split("|") for each in _buttons(said)]
    wrong = len(keys) > 3 or any(len(title) > 20 or len(key) > 256 for key, title in keys)
    if wrong or not 1 <= len(_text(said)) <= most or said["messaging_product"] != "whatsapp":
        return 400, {"error": {"code": 131009}}
    provider.kept["sent"].append(said)
    return 200, {"messages": [{"id": f"wamid.out{len(provider.kept['sent'])}"}]}


def _approved(said, provider):
    """Meta knows one template, in one language, with three places; a value of several lines is refused."""
    told = said["template"]
    if (told["name"], told["language"]) != ("invitation", {"code": "fr"}):
        return 404, {"error": {"code": 132001}}
    (body,) = told["components"]
    values = [each["text"] for each in body["parameters"]]
    if len(values) != 3:
        return 400, {"error": {"code": 132000}}
    if any("\n" in each or "    " in each or not each for each in values):
        return 400, {"error": {"code": 132018}}
    provider.kept["sent"].append(said)
    return 200, {"messages": [{"id": f"wamid.out{len(provider.kept['sent'])}"}]}


def _held(asked, provider):
    """An id gives the address of its bytes, with their size."""
    place, number = asked.path.rpartition("/")[::2]
    if place:
        return 200, provider.kept["held"][int(number)]
    number = int(number) - 9_000
    url = f"{provider.url}/media/{number}"
    return 200, {"id": str(number), "url": url, "file_size": len(provider.kept["held"][number])}


@pytest.fixture
def peer():
    with serving(WhatsAppPeer, usual) as peer:
        yield peer


class TestWhatsApp(ChannelContract):
    kind = "whatsapp"

    def test_four_choices_are_a_numbered_list(self):
        self.tell("Lequel ?", [(f"k{n}", f"Le {n}") for n in range(4)])
        self.carry()
        assert self.peer.reached()[0].text.endswith("4. Le 3")

    def test_a_day_after_her_last_word_it_waits_until_she_writes(self, client):
        her = self.someone()
        Correspondent.objects.update(heard_at=self.territory.clock.now() - timedelta(hours=25))
        her.refresh_from_db()
        self.tell(her=her)
        assert self.last.state == "window"
        assert self.carry().sent == 0
        self.hear(client, "Bonjour")
        self.drain()
        assert "Bonjour" in [each.text for each in self.peer.reached()]

    def test_a_window_that_meta_shut_before_we_did_makes_it_wait_for_her_word(self, client):
        self.peer.refuses(131047)
        self.tell()
        assert self.carry().put_off == 1
        assert (self.last.state, self.last.reason) == ("window", "WhatsApp 131047")
        self.hear(client, "Bonjour")
        self.drain()
        assert "Bonjour" in [each.text for each in self.peer.reached()]

    @pytest.mark.parametrize("code", [130429, 131056, 80007, 131016, 133010, 131031])
    def test_what_passes_or_is_the_operator_s_to_mend_loses_nothing(self, code):
        self.peer.refuses(code)
        self.tell()
        assert self.carry().put_off == 1
        assert self.last.state == "queued"

    def test_too_much_to_one_person_keeps_nobody_else_waiting(self):
        self.peer.refuses(131056)
        self.tell(her=self.someone())
        self.peer.address = "33600000043"
        self.tell(her=self.someone())
        done = self.carry()
        assert (done.sent, done.put_off) == (1, 1)

    def test_meta_is_told_its_own_words_when_it_asks_to_verify(self, client):
        asked = {"hub.mode": "subscribe", "hub.verify_token": "words", "hub.challenge": "1158201444"}
        answer = client.get("/canaux/whatsapp", asked)
        assert (answer.status_code, answer.content) == (200, b"1158201444")
        assert answer["Content-Type"].startswith("text/plain")
        assert client.get("/canaux/whatsapp", asked | {"hub.verify_token": "others"}).status_code == 403
        assert client.get("/canaux/whatsapp").status_code == 403

    def test_what_was_signed_and_altered_is_a_forgery(self, client):
        signed = "sha256=" + hmac_sha256(SECRET.encode(), b"{}").hex()
        answer = client.post(
            "/canaux/whatsapp",
            b"{ }",
            content_type="application/json",
            headers={"X-Hub-Signature-256": signed},
        )
        assert answer.status_code == 403

    def test_what_is_for_another_number_or_tells_of_a_delivery_is_answered_and_not_kept(self, client):
        assert self.peer.posts(client, self.peer.message("LYC-BRO"), phone="999") == 200
        assert (
            self.peer.posts(client, {}, messages=[], statuses=[{"id": "wamid.out1", "status": "sent"}]) == 200
        )
        assert not IncomingMessage.objects.exists()

    # --- what Meta approved, and what it tells of what we sent

    def first(self):
        her = Correspondent.objects.get() if Correspondent.objects.exists() else self.someone()
        Correspondent.objects.update(heard_at=None)
        her.refresh_from_db()
        approved = Template("invitation", "fr", ("Val-d’Orbe", "LYC-BRO\n ", "Pass’Jeunes"))
        return tell(her, [Say("Val-d’Orbe vous propose…")], Errand("w", template=approved), now=NOW)

    def tells(self, client, *statuses, **more):
        return self.peer.posts(client, {}, messages=[], statuses=list(statuses), **more)

    def status(self, said, **more):
        name = self.peer.provider.kept["sent"][-1]["biz_opaque_callback_data"]
        return {"id": "wamid.out1", "status": said, "timestamp": "1", "recipient_id": self.peer.address,
                "biz_opaque_callback_data": name} | more  # fmt: skip

    def test_a_template_leaves_to_who_never_wrote_as_meta_approved_it(self):
        self.first()
        assert self.carry().sent == 1
        (sent,) = self.peer.provider.kept["sent"]
        assert sent["type"] == "template"
        assert sent["template"] == {
            "name": "invitation",
            "language": {"code": "fr"},
            "components": [{"type": "body", "parameters": [
                {"type": "text", "text": "Val-d’Orbe"}, {"type": "text", "text": "LYC-BRO"},
                {"type": "text", "text": "Pass’Jeunes"},
            ]}],
        }  # fmt: skip
        assert "text" not in sent

    def test_without_a_template_nothing_leaves_to_who_never_wrote(self):
        her = self.someone()
        Correspondent.objects.update(heard_at=None)
        her.refresh_from_db()
        self.tell(her=her)
        assert (self.last.state, self.carry().sent) == ("window", 0)

    @pytest.mark.parametrize("code", [132000, 132001, 132007, 132012])
    def test_a_template_that_meta_does_not_know_is_a_failure_that_says_its_code(self, code):
        self.first()
        self.peer.refuses(code)
        assert self.carry().lost == 1
        assert (self.last.state, self.last.reason) == ("failed", f"WhatsApp {code}")

    @pytest.mark.parametrize(
        "order",
        [
            ("sent", "delivered", "read"),
            ("read", "delivered", "sent"),
            ("delivered", "delivered", "failed"),
            ("failed", "read", "failed"),
        ],
    )
    def test_what_is_delivered_is_so_in_whatever_order_it_is_told(self, client, order):
        self.first()
        self.carry()
        for said in order:
            failure = {"errors": [{"code": 131026}]} if said == "failed" else {}
            assert self.tells(client, self.status(said, **failure)) == 200
        assert (self.last.state, self.last.delivered_at is not None) == ("sent", True)
        assert "read" not in str(OutgoingMessage.objects.values().get()), "that it was read is not kept"

    def test_what_failed_says_why_and_what_a_window_shut_waits(self, client):
        self.first()
        self.carry()
        self.tells(client, self.status("failed", errors=[{"code": 131026, "title": "Undeliverable"}]))
        assert (self.last.state, self.last.reason) == ("failed", "WhatsApp 131026")
        OutgoingMessage.objects.update(state="sent", reason="")
        self.tells(client, self.status("failed", errors=[{"code": 131047}]))
        assert self.last.state == "window"

    def test_a_status_told_before_we_were_answered_holds(self, client):
        self.first()
        channel = channel_of("whatsapp")
        real = channel.deliver

        def told_first(envelope):
            real(envelope)
            self.tells(client, self.status("delivered"))

        with mock.patch.object(type(channel), "deliver", staticmethod(told_first)):
            self.carry()
        assert (self.last.state, self.last.delivered_at is not None) == ("sent", True)
        assert self.last.sent_at is not None

    def test_a_forged_status_or_one_of_another_s_message_changes_nothing(self, client):
        self.first()
        self.carry()
        assert self.tells(client, self.status("delivered"), secret="wrong") == 403
        assert self.tells(client, self.status("delivered"), phone="999") == 200
        assert self.tells(client, self.status("delivered", biz_opaque_callback_data="x" * 32)) == 200
        assert self.tells(client, self.status("delivered", biz_opaque_callback_data=uuid4().hex)) == 200
        assert self.tells(client, {"status": "delivered"}, {}) == 200
        assert self.last.delivered_at is None

    def test_a_status_and_a_word_in_one_post_are_both_taken(self, client):
        self.first()
        self.carry()
        self.peer.posts(client, self.peer.message("Bonjour"), statuses=[self.status("delivered")])
        assert self.last.delivered_at is not None
        assert IncomingMessage.objects.count() == 1

    def test_a_photo_a_voice_and_their_words_are_read(self, client):
        photo = {"type": "image", "image": {"id": "i-1", "mime_type": "image/jpeg", "caption": "L’arrêt"}}
        self.peer.posts(client, self.peer.message(**photo))
        self.peer.posts(client, self.peer.message(type="audio", audio={"id": "a-1", "voice": True}))
        self.peer.posts(client, self.peer.message(type="sticker", sticker={"id": "s-1"}))
        kept = list(IncomingMessage.objects.order_by("pk").values_list("text", "media"))
        assert kept == [
            ("L’arrêt", [{"kind": "photo", "ref": "i-1"}]),
            ("", [{"kind": "voice", "ref": "a-1"}]),
        ]

    @pytest.mark.parametrize(
        "said", [{}, [], {"entry": 3}, {"entry": [{"changes": [{"field": "messages"}]}]}]
    )
    def test_what_says_nothing_that_is_read_is_answered_and_not_kept(self, client, said):
        assert self.peer.posts_all(client, said) == 200
        assert not IncomingMessage.objects.exists()

    def test_without_its_secrets_the_door_opens_to_nobody(self, client):
        write_account(self.territory.authority.slug, "whatsapp", {"phone": PHONE, "secret": "", "verify": ""})
        assert self.peer.posts(client, self.peer.message("x"), secret="") == 403
        assert (
            client.get("/canaux/whatsapp", {"hub.mode": "subscribe", "hub.verify_token": ""}).status_code
            == 403
        )


class TestMediaOfWhatsApp(MediaContract):
    kind = "whatsapp"

    @pytest.mark.parametrize(
        "where",
        ["https://example.org/x", "http://lookaside.fbsbx.com/x", "https://fbsbx.com.example.org/x", ""],
    )
    def test_our_key_is_shown_to_nobody_but_meta(self, where):
        self.sends("photo", b"x")
        self.peer.provider.answers.append((200, {"url": where, "file_size": 1}, {}))
        asked = len(self.peer.provider.asked)
        self.fetch()
        assert self.sent.state == "refused"
        assert len(self.peer.provider.asked) == asked + 1
