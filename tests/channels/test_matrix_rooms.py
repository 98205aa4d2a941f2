"""The connector of Matrix against a real homeserver. A door before it loses or refuses, where Synapse would not."""

from itertools import count
from urllib.parse import urlencode

import pytest

from channels.contract import ChannelContract, ProviderPeer, Reached
from channels.media_contract import MediaContract
from democratic.messaging.listening import listen
from democratic.messaging.models import ChannelUse, IncomingMessage, OutgoingMessage
from matrix_homeserver import newcomer, passed_on, synapse
from pictures import photo_with_place
from provider import Provider

pytestmark = pytest.mark.django_db
_NAMES = count()


@pytest.fixture(scope="module")
def homeserver(tmp_path_factory):
    with synapse(tmp_path_factory.mktemp("synapse")) as port:
        yield port


class MatrixPeer(ProviderPeer):
    """Lina, in a room that she shares with the account of the authority."""

    def __init__(self, provider, port):
        super().__init__(provider)
        self.bot, self.lina = newcomer(port, "autorite"), newcomer(port, "lina")
        self.account |= {"url": provider.url, "token": self.bot.token, "user": self.bot.user}
        self.address = self.lina.opens_room(self.bot)
        self.bot.enters(self.address)

    def reached(self):
        return [Reached(self.address, body) for body in self.lina.heard_in(self.address, self.bot)]

    def says(self, client, text, *, name=None, choice="", forged=False):
        name = f"{name or next(_NAMES)}-{self.address}"
        return self.lina.says(self.address, {"msgtype": "m.text", "body": text}, name)["status"]

    def sends(self, client, kind, content, *, name=None, text=""):
        url = self.lina.keeps(content)
        kinds = {"photo": "m.image", "voice": "m.audio"}
        caption = {"filename": "a.bin", "body": text} if text else {"body": "a.bin"}
        self.lina.says(
            self.address, {"msgtype": kinds[kind], "url": url, **caption}, name and f"{name}-{self.address}"
        )

    def is_throttled(self, seconds):
        said = {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": seconds * 1000}
        self.provider.answers.append((429, said, {}))

    def has_nobody_there(self):
        self.lina.throws_out(self.address, self.bot)

    def locks_us_out(self):
        self.bot.asks("POST", "logout")


@pytest.fixture
def peer(homeserver):
    def usual(asked):
        path = asked.path + (f"?{urlencode(asked.query)}" if asked.query else "")
        kept = {
            name: asked.headers[name] for name in ("authorization", "content-type") if name in asked.headers
        }
        return passed_on(homeserver, asked.method, path, asked.body, kept)

    with Provider(usual) as provider:
        yield MatrixPeer(provider, homeserver)


class TestMatrix(ChannelContract):
    kind = "matrix"

    def kept(self):
        return list(IncomingMessage.objects.order_by("pk").values_list("text", flat=True))

    def says(self, body, **content):
        self.peer.lina.says(self.peer.address, {"msgtype": "m.text", "body": body, **content})

    def test_what_was_taken_and_whose_answer_was_lost_is_put_again_and_is_there_once(self):
        self.peer.provider.mute = True
        self.tell("Une seule fois")
        assert self.carry().put_off == 1
        self.peer.provider.mute = False
        OutgoingMessage.objects.update(not_before=None)
        assert self.carry().sent == 1
        assert [each.text for each in self.peer.reached()] == ["Une seule fois"]

    def test_a_homeserver_that_asks_to_wait_is_left_alone_and_nothing_is_lost_nor_said_twice(
        self, homeserver
    ):
        chief, limit = newcomer(homeserver, "admin", admin=True), {"messages_per_second": 1, "burst_count": 1}
        at, ours = f"users/{self.peer.bot.user}/override_ratelimit", "/_synapse/admin/v1/"
        chief.asks("POST", at, limit, at=ours)
        her, said = self.someone(), [f"Message {rank}" for rank in range(5)]
        for text in said:
            self.tell(text, her=her, purpose=text)
        assert self.carry().put_off >= 1
        assert OutgoingMessage.objects.filter(state="queued").first().reason == "429"
        chief.asks("POST", at, {"messages_per_second": 0, "burst_count": 0}, at=ours)
        OutgoingMessage.objects.update(not_before=None)
        self.drain()
        assert [each.text for each in self.peer.reached()] == said

    def test_who_invites_us_and_speaks_before_we_came_is_heard(self, homeserver):
        ines = newcomer(homeserver, "ines")
        room = ines.opens_room(self.peer.bot)
        ines.says(room, {"msgtype": "m.text", "body": "LYC-BRO"})
        assert listen() == 1
        assert IncomingMessage.objects.get().address == room
        assert room in self.peer.bot.rooms()

    def test_an_invitation_to_an_encrypted_room_is_declined(self):
        room = self.peer.lina.opens_room(self.peer.bot, encrypted=True)
        assert listen() == 0
        assert room not in self.peer.bot.rooms()

    def test_a_room_with_a_third_person_is_left_and_not_read(self, homeserver):
        third = newcomer(homeserver, "tiers")
        room = self.peer.lina.opens_room(self.peer.bot, third)
        self.peer.bot.enters(room)
        third.enters(room)
        third.says(room, {"msgtype": "m.text", "body": "LYC-BRO"})
        assert listen() == 0
        assert room not in self.peer.bot.rooms()

    def test_a_room_that_she_left_is_left_and_nothing_more_is_said_there(self):
        her = self.someone()
        self.says("stop")
        self.peer.lina.asks("POST", f"rooms/{self.peer.address}/leave")
        assert listen() == 1
        assert self.peer.address not in self.peer.bot.rooms()
        self.tell(her=her)
        assert self.carry().lost == 1
        assert self.last.reason == "Matrix M_FORBIDDEN"

    def test_what_was_read_is_not_read_again_even_when_where_we_were_is_lost(self):
        self.says("Bonjour")
        assert listen() == 1
        ChannelUse.objects.update(cursor="")
        assert listen() == 0
        assert self.kept() == ["Bonjour"]

    def test_our_own_words_those_of_machines_and_corrections_are_not_read(self):
        self.peer.bot.says(self.peer.address, {"msgtype": "m.text", "body": "De nous"})
        self.says("D’une machine", msgtype="m.notice")
        self.says("* Corrigé", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$x"}})
        self.says("Dit")
        assert listen() == 1
        assert self.kept() == ["Dit"]

    def test_stop_under_a_quotation_is_still_stop(self):
        quoted = {"m.relates_to": {"m.in_reply_to": {"event_id": "$x"}}}
        self.says("> <@autorite:tchap.test> STOP pour arrêter\n\nSTOP", **quoted)
        listen()
        assert self.kept() == ["STOP"]

    def test_a_photo_and_a_voice_are_read(self):
        self.says("photo.jpg", msgtype="m.image", url="mxc://tchap.test/p1")
        self.says("voix.ogg", msgtype="m.audio", url="mxc://tchap.test/v1")
        assert listen() == 2
        assert [each.media for each in IncomingMessage.objects.order_by("pk")] == [
            [{"kind": "photo", "ref": "mxc://tchap.test/p1"}],
            [{"kind": "voice", "ref": "mxc://tchap.test/v1"}],
        ]

    @pytest.mark.parametrize("content", [{}, {"msgtype": "m.image"}, {"msgtype": 3}, {"m.relates_to": "x"}])
    def test_what_says_nothing_that_is_read_stops_nothing(self, content):
        self.peer.lina.says(self.peer.address, content)
        self.says("Dit")
        listen()
        assert self.kept()[-1] == "Dit"

    @pytest.mark.parametrize("rooms", [[], {"join": {"!room:x": 3}}, {"invite": "x"}])
    def test_a_homeserver_that_answers_otherwise_than_published_stops_no_other_channel(self, rooms):
        self.says("Bonjour")
        self.peer.provider.answers.append((200, {"next_batch": "s1", "rooms": rooms}, {}))
        assert listen() == 0
        assert listen() == 1

    def test_a_homeserver_that_is_down_is_asked_again_from_where_it_was_left(self):
        self.says("Bonjour")
        self.peer.provider.answers.append((502, {}, {}))
        assert listen() == 0
        assert ChannelUse.objects.get(pk=self.use.pk).cursor == ""
        assert listen() == 1


class TestMediaOfMatrix(MediaContract):
    kind = "matrix"

    def test_what_is_written_under_a_photo_comes_with_it(self):
        self.sends("photo", photo_with_place(), text="L’abribus de nuit")
        self.fetch()
        assert (self.sent.state, self.sent.words) == ("kept", "L’abribus de nuit")

    @pytest.mark.parametrize(
        "url", ["https://example.org/x", "mxc://x", "mxc://tchap.test/../../x", "mxc://a b/c"]
    )
    def test_what_is_no_mxc_address_is_asked_of_nobody(self, url):
        self.peer.lina.says(self.peer.address, {"msgtype": "m.image", "body": "p.jpg", "url": url})
        self.hear()
        asked = len(self.peer.provider.asked)
        self.fetch()
        assert (self.sent.state, len(self.peer.provider.asked)) == ("refused", asked)
