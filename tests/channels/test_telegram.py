import json
from itertools import count

import pytest

from channels.contract import ChannelContract, ProviderPeer, Reached, serving, write_account
from channels.media_contract import MediaContract
from democratic.messaging.models import ChannelUse, IncomingMessage

pytestmark = pytest.mark.django_db
TOKEN, SECRET = "4242:AAE-token-of-tests", "secret_of-tests"
_NAMES = count(700_000)


class TelegramPeer(ProviderPeer):
    """A server of the Bot API, written from what Telegram publishes: it refuses what Telegram refuses."""

    address = "5550042"

    def __init__(self, provider):
        super().__init__(provider)
        self.account |= {"url": provider.url, "token": TOKEN, "secret": SECRET}

    def reached(self):
        return [
            Reached(
                said["chat_id"],
                said["text"],
                tuple(f"{key['callback_data']}|{key['text']}" for row in _rows(said) for key in row),
            )
            for said in self.provider.kept["sent"]
        ]

    def says(self, client, text, *, name=None, choice="", forged=False):
        update = self.pressed(choice) if choice else self.written(text=text)
        return self.posts(client, {"update_id": _number(name), **update}, "wrong" if forged else SECRET)

    def posts(self, client, update, secret=SECRET):
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        self.answered = client.post(
            "/canaux/telegram", json.dumps(update), content_type="application/json", headers=headers
        )
        return self.answered.status_code

    def sends(self, client, kind, content, *, name=None, text=""):
        held = self.provider.kept["held"]
        file_id = f"f{len(held)}"
        held.append(content)
        photo = [{"file_id": "small"}, {"file_id": file_id}]
        what = {"photo": photo} if kind == "photo" else {"voice": {"file_id": file_id, "duration": 3}}
        caption = {"caption": text} if text else {}
        self.posts(client, {"update_id": _number(name), **self.written(**what, **caption)})

    def written(self, kind="private", **what):
        chat = {"id": int(self.address), "type": kind}
        who = {"id": int(self.address), "is_bot": False, "first_name": "Lina", "language_code": "fr"}
        return {"message": {"message_id": 1, "date": 1, "chat": chat, "from": who, **what}}

    def pressed(self, choice):
        ours = {
            "message_id": 1,
            "date": 1,
            "chat": {"id": int(self.address), "type": "private"},
            "text": "STOP",
        }
        who = {"id": int(self.address), "is_bot": False, "first_name": "Lina"}
        return {"callback_query": {"id": "q-1", "from": who, "message": ours, "data": choice}}

    def refuses(self, code, description):
        said = {"ok": False, "error_code": code, "description": description}
        self.provider.answers.append((code, said, {}))

    def has_nobody_there(self):
        self.refuses(403, "Forbidden: bot was blocked by the user")

    def is_throttled(self, seconds):
        said = {"ok": False, "error_code": 429, "parameters": {"retry_after": seconds}}
        self.provider.answers.append((429, said, {}))


class PolledPeer(TelegramPeer):
    """The same, asked: it gives what it holds until it is told up to where that was read."""

    def __init__(self, provider):
        super().__init__(provider)
        del self.account["secret"]
        self.account["poll"] = True

    def posts(self, client, update, secret=SECRET):
        self.provider.kept["updates"].append(update)
        return 200

    def says(self, client, text, *, name=None, choice="", forged=False):
        if forged:
            return TelegramPeer.posts(self, client, {"update_id": 1, **self.written(text=text)}, "")
        return super().says(client, text, name=name, choice=choice)


def _number(name):
    return next(_NAMES) if name is None else 1


def _rows(said):
    return said.get("reply_markup", {}).get("inline_keyboard", [])


def usual(asked, provider):
    if asked.path.startswith(f"/file/bot{TOKEN}/media/"):
        return 200, provider.kept["held"][int(asked.path.rpartition("/")[2])]
    _, bot, method = asked.path.split("/")
    if bot != f"bot{TOKEN}":
        return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
    if method == "getUpdates":
        since = asked.json["offset"]
        return 200, {"ok": True, "result": [u for u in provider.kept["updates"] if u["update_id"] >= since]}
    said = asked.json
    if method == "getFile":
        return _file(provider.kept["held"], said["file_id"])
    keys = [key["callback_data"] for row in _rows(said) for key in row]
    if not 1 <= len(said["text"]) <= 4096 or any(not 1 <= len(key.encode()) <= 64 for key in keys):
        return 400, {"ok": False, "error_code": 400, "description": "Bad Request: BUTTON_DATA_INVALID"}
    provider.kept["sent"].append(said)
    return 200, {"ok": True, "result": {"message_id": len(provider.kept["sent"])}}


def _file(held, file_id):
    """20 MB is the most that a bot may download, as the API says."""
    number = int(file_id[1:])
    if len(held[number]) > 20 * 1024 * 1024:
        return 400, {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}
    told = {"file_id": file_id, "file_size": len(held[number]), "file_path": f"media/{number}"}
    return 200, {"ok": True, "result": told}


@pytest.fixture
def peer(request):
    with serving(getattr(request.cls, "peer_class", TelegramPeer), usual) as peer:
        yield peer


class TestTelegram(ChannelContract):
    kind = "telegram"

    @pytest.mark.parametrize("words", ["chat not found", "user not found"])
    def test_a_chat_that_is_no_more_is_nobody_s(self, words):
        her = self.someone()
        self.peer.refuses(400, f"Bad Request: {words}")
        self.tell(her=her)
        assert self.carry().lost == 1
        her.refresh_from_db()
        assert her.gone_at is not None

    def test_who_blocked_the_bot_is_still_herself(self):
        her = self.someone()
        self.peer.has_nobody_there()
        self.tell(her=her)
        self.carry()
        her.refresh_from_db()
        assert her.gone_at is None
        assert "blocked" in self.last.reason

    def test_a_token_that_is_no_bot_s_loses_nothing_and_is_shown_nowhere(self):
        self.peer.refuses(404, "Not Found")
        self.tell()
        assert self.carry().put_off == 1
        assert TOKEN not in self.last.reason

    def test_keys_that_no_button_can_carry_become_a_numbered_list(self):
        self.tell("Lequel ?", [("k" * 60, "Le premier"), ("l" * 60, "Le second")])
        assert self.carry().sent == 1
        assert self.peer.reached()[0].text == "Lequel ?\n1. Le premier\n2. Le second"

    def test_the_deep_link_of_a_poster_opens_its_conversation(self, client):
        self.hear(client, "/start LYC-BRO")
        self.drain()
        assert any("Pour sortir le soir" in each.text for each in self.peer.reached())

    def test_a_pressed_button_stops_turning_and_what_stands_over_it_is_not_taken_for_her_words(self, client):
        self.peer.says(client, "", choice="evening:bus")
        assert self.peer.answered.json() == {"method": "answerCallbackQuery", "callback_query_id": "q-1"}
        assert [each.text for each in IncomingMessage.objects.all()] == [""]

    def test_a_photo_a_voice_and_their_words_are_read(self, client):
        photo = {"photo": [{"file_id": "small"}, {"file_id": "large"}], "caption": "L’arrêt"}
        self.peer.posts(client, {"update_id": 1, **self.peer.written(**photo)})
        self.peer.posts(client, {"update_id": 2, **self.peer.written(voice={"file_id": "v", "duration": 3})})
        kept = list(IncomingMessage.objects.order_by("pk"))
        assert [each.media for each in kept] == [
            [{"kind": "photo", "ref": "large"}],
            [{"kind": "voice", "ref": "v"}],
        ]
        assert (kept[0].text, kept[0].language) == ("L’arrêt", "fr")

    def test_what_is_said_in_a_group_is_not_read(self, client):
        update = {"update_id": 1, **self.peer.written("supergroup", text="LYC-BRO")}
        assert self.peer.posts(client, update) == 200
        assert not IncomingMessage.objects.exists()

    @pytest.mark.parametrize(
        "update",
        [
            {}, [], {"update_id": 1}, {"update_id": 1, "message": 3}, {"update_id": 1, "message": {"chat": []}},
            {"update_id": 1, "callback_query": {"id": 3}}, {"update_id": 1, "edited_message": {"text": "x"}},
            {"update_id": 1, "callback_query": "x"},
        ],
    )  # fmt: skip
    def test_what_says_nothing_that_is_read_is_answered_and_not_kept(self, client, update):
        assert self.peer.posts(client, update) == 200
        assert not IncomingMessage.objects.exists()

    def test_without_its_secret_the_door_opens_to_nobody(self, client):
        write_account(self.territory.authority.slug, "telegram", self.peer.account | {"secret": ""})
        assert self.peer.posts(client, {"update_id": 1, **self.peer.written(text="x")}, secret="") == 403


class TestTelegramThatIsAsked(ChannelContract):
    kind = "telegram"
    peer_class = PolledPeer

    def test_where_it_was_read_is_kept_and_what_is_not_as_published_stops_nothing(self, client):
        self.peer.posts(client, {"update_id": 40, "message": {"chat": 3}})
        self.hear(client, "LYC-BRO", name="m-1")
        assert ChannelUse.objects.get(pk=self.use.pk).cursor == "41"
        assert self.peer.provider.kept["updates"][1]["update_id"] == 1


class TestMediaOfTelegram(MediaContract):
    kind = "telegram"
    missing = (400, {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}, {})
