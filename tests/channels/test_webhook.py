import json
import time
from base64 import b64decode, b64encode
from itertools import count

import pytest

from channels.contract import ChannelContract, ProviderPeer, Reached, serving, write_account
from channels.media_contract import MediaContract
from democratic.channels.webhook.signing import signature
from democratic.messaging.models import IncomingMessage

pytestmark = pytest.mark.django_db
_NAMES = count()
KEY, OLD, WRONG = b"k" * 32, b"o" * 32, b"w" * 32


def written(*keys):
    return " ".join("whsec_" + b64encode(key).decode() for key in keys)


class WebhookPeer(ProviderPeer):
    """Any server: what it takes twice under one name, it takes once."""

    address = "lina@maison-des-jeunes"

    def __init__(self, provider):
        super().__init__(provider)
        self.account |= {"url": f"{provider.url}/hook", "secret": written(KEY, OLD)}

    def reached(self):
        return [
            Reached(
                said["to"], said["text"], tuple(f"{each['key']}|{each['label']}" for each in said["buttons"])
            )
            for said in self.provider.kept["sent"]
        ]

    def says(self, client, text, *, name=None, choice="", forged=False, **more):
        said = {"from": self.address, "text": text, "choice": choice, "language": "fr-FR", **more}
        key = WRONG if forged else KEY
        return post(client, json.dumps(said).encode(), key=key, name=name or f"m{next(_NAMES)}")

    def sends(self, client, kind, content, *, name=None, text=""):
        held = self.provider.kept["held"]
        held.append(content)
        place = self.account["url"].removesuffix("/hook")
        self.says(client, text, name=name, media=[{"kind": kind, "ref": f"{place}/media/{len(held) - 1}"}])

    def has_nobody_there(self):
        self.provider.answers.append((410, {}, {}))


def post(client, body, *, key=KEY, name="m-one", at=None, signed=None):
    at = str(int(time.time())) if at is None else at
    answer = client.post(
        "/canaux/webhook",
        body,
        content_type="application/json",
        headers={
            "webhook-id": name,
            "webhook-timestamp": at,
            "webhook-signature": signed or signature(key, name, at, body),
        },
    )
    return answer.status_code


def usual(asked, provider):
    if asked.path.startswith("/media/"):
        return _held(asked, provider)
    name, at = asked.headers["webhook-id"], asked.headers["webhook-timestamp"]
    if asked.headers["webhook-signature"] != signature(KEY, name, at, asked.body):
        return 401, {}
    if name not in provider.kept["names"]:
        provider.kept["names"].append(name)
        provider.kept["sent"].append(asked.json)
    return 204, b""


def _held(asked, provider):
    """Given to whom signs the address that she asks for, and to nobody else."""
    name, at = asked.headers["webhook-id"], asked.headers["webhook-timestamp"]
    expected = signature(KEY, name, at, f"{provider.url}{asked.path}".encode())
    if asked.headers["webhook-signature"] != expected:
        return 403, {}
    return 200, provider.kept["held"][int(asked.path.rpartition("/")[2])]


@pytest.fixture
def peer():
    with serving(WebhookPeer, usual) as peer:
        yield peer


def test_what_is_signed_is_what_the_standard_publishes():
    signed = signature(
        b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


class TestWebhook(ChannelContract):
    kind = "webhook"

    def test_a_secret_that_is_being_turned_is_taken_and_the_new_one_signs(self, client):
        said = json.dumps({"from": "lina", "text": "Bonjour"}).encode()
        assert post(client, said, key=OLD) == 200
        assert IncomingMessage.objects.count() == 1

    @pytest.mark.parametrize("away", [-301, 301])
    def test_what_is_more_than_five_minutes_old_or_early_is_not_read(self, client, away):
        said = json.dumps({"from": "lina", "text": "Bonjour"}).encode()
        assert post(client, said, at=str(int(time.time()) + away)) == 403
        assert not IncomingMessage.objects.exists()

    def test_what_was_posted_once_and_is_posted_again_is_there_once(self, client):
        said = json.dumps({"from": "lina", "text": "Bonjour"}).encode()
        assert [post(client, said), post(client, said)] == [200, 200]
        assert IncomingMessage.objects.get().text == "Bonjour"

    @pytest.mark.parametrize(
        ("at", "signed"),
        [("", None), ("soon", None), ("9" * 5000, None), ("١٦١٤", None), (None, "v1, v1,x é")],
    )
    def test_headers_that_are_none_are_a_forgery(self, client, at, signed):
        signed = signed or "v1,aaaa"
        assert post(client, b"{}", at=at, signed=signed.encode().decode("latin-1")) == 403

    @pytest.mark.parametrize(
        "body",
        [
            b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"from": 3}', b'{"from": "lina", "text": ["x"]}',
            b'{"from": "lina", "media": [{"kind": "tank"}]}', b'{"from": "lina", "media": "x"}',
        ],
    )  # fmt: skip
    def test_what_says_nothing_that_is_read_is_answered_and_not_kept(self, client, body):
        assert post(client, body) == 200
        assert not IncomingMessage.objects.exists()

    def test_halves_of_characters_and_nul_are_dropped_and_the_rest_is_kept(self, client):
        body = rb'{"from": "li\u0000na", "text": "a\u0000b\ud83d!", "language": "../../x",'
        assert post(client, body + rb'"media": [{"kind": "photo", "ref": "\u0000p1\udc00"}]}') == 200
        kept = IncomingMessage.objects.get()
        assert (kept.address, kept.text, kept.language) == ("lina", "ab!", "")
        assert kept.media == [{"kind": "photo", "ref": "p1"}]

    @pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "no base 64"])
    def test_a_secret_that_is_short_or_none_opens_to_nobody(self, client, secret):
        write_account(self.territory.authority.slug, "webhook", self.peer.account | {"secret": secret})
        assert post(client, b'{"from": "lina"}', key=b"") == 503
        self.tell()
        assert self.carry().put_off == 1

    def test_a_wait_of_centuries_is_a_day(self):
        self.peer.is_throttled(10**12)
        self.tell()
        assert self.carry().put_off == 1


class TestMediaOfWebhook(MediaContract):
    kind = "webhook"

    @pytest.mark.parametrize(
        "ref",
        [
            "http://192.0.2.1/x",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
            "media/0",
            "http://[::1",
            "x y",
        ],
    )
    def test_nothing_is_asked_of_another_place_than_its_own(self, ref):
        before = len(self.peer.provider.asked)
        self.peer.says(self.client, "", media=[{"kind": "photo", "ref": ref}])
        self.hear()
        self.fetch()
        assert self.sent.state == "refused"
        assert len(self.peer.provider.asked) == before
