"""What every connector passes, against a server of its own kind. ``docs/howto/add-a-channel.md`` says how to use it.

A test class derives from ``ChannelContract`` and gives ``peer``: the other side, which ``Peer`` describes.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest
from django.conf import settings

from chatting import open_channel, open_flow
from civics.reach.rendering import Option, Say
from democratic.messaging.carrying import carry
from democratic.messaging.correspondents import (
    forget_stopped_addresses,
    heard_from,
    known_or_new,
    print_of_address,
)
from democratic.messaging.listening import listen
from democratic.messaging.models import ChannelUse, Correspondent, IncomingMessage, OutgoingMessage
from democratic.messaging.ports import channel_of
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations.carrying_out import carry_out_what_was_received
from democratic.participation.conversations.models import FlowRun
from provider import Provider


@dataclass
class Reached:
    """What arrived on the person's side."""

    address: str
    text: str
    buttons: tuple[str, ...] = ()


class Peer(Protocol):
    account: dict  # what the operator writes in channels.toml
    address: str  # of someone there

    def reached(self) -> list[Reached]: ...
    def says(
        self, client, text, *, name=None, choice="", forged=False
    ) -> int: ...  # the status of our answer; 200 where we ask
    def goes_down(self) -> None: ...
    def is_throttled(self, seconds: int) -> None: ...
    def has_nobody_there(self) -> None: ...
    def is_cut(self) -> None: ...
    def locks_us_out(self) -> None: ...  # our key is refused


class ProviderPeer:
    """What is alike at peers that are a ``Provider``: they give ``account``, ``reached``, ``says``, ``has_nobody_there``."""

    def __init__(self, provider):
        self.provider = provider
        self.account = {"near": True}

    def goes_down(self):
        self.provider.go_down()

    def is_throttled(self, seconds):
        self.provider.answers.append((429, {}, {"Retry-After": str(seconds)}))

    def is_cut(self):
        self.provider.cut = True

    def locks_us_out(self):
        self.provider.answers.append((401, {}, {}))


@contextmanager
def serving(peer_class, usual):
    """A peer whose provider answers what ``usual(asked, provider)`` does."""
    provider = Provider(None)
    provider.usual = lambda asked: usual(asked, provider)
    with provider:
        yield peer_class(provider)


def write_account(slug, kind, account):
    write_accounts(slug, {kind: account})


def write_accounts(slug, accounts):
    path = Path(settings.VAR) / "secrets" / "channels.toml"
    path.parent.mkdir(exist_ok=True, parents=True)
    lines = []
    for kind, account in accounts.items():
        lines.append(f"[{slug}.{kind}]")
        for name, value in account.items():
            lines.append(f"{name} = {str(value).lower() if isinstance(value, bool) else repr(value)}")
    path.write_text("\n".join(lines))
    path.chmod(0o600)


class ChannelContract:
    kind: str
    each_has_a_server = False  # what a server asks or fails is of one address, not of all

    @pytest.fixture(autouse=True)
    def _opened(self, territory, peer):
        self.territory, self.peer = territory, peer
        write_account(territory.authority.slug, self.kind, peer.account)
        self.use = open_channel(territory.authority, self.kind)
        open_flow(territory)

    @property
    def can(self):
        return channel_of(self.kind).can

    @pytest.fixture
    def _heard(self):
        if not hasattr(channel_of(self.kind), "read") and not hasattr(channel_of(self.kind), "receive"):
            pytest.skip("nobody writes by this channel")

    def hear(self, client, text, **more):
        status = self.peer.says(client, text, **more)
        listen()
        carry_out_what_was_received(self.territory.clock)
        return status

    def carry(self):
        ChannelUse.objects.update(slot_at=self.territory.clock.now())  # the pace has tests of its own
        return carry()

    def someone(self):
        return heard_from(
            authority=self.territory.authority,
            kind=self.kind,
            address=self.peer.address,
            language="fr",
            now=self.territory.clock.now(),
        )

    def tell(self, text="Bonjour", options=(), purpose="test", her=None):
        say = Say(text, tuple(Option(key, label) for key, label in options), "step" if options else "")
        return tell(her or self.someone(), [say], Errand(purpose), now=self.territory.clock.now())

    @property
    def last(self):
        return OutgoingMessage.objects.order_by("-pk").first()

    # --- out

    def test_what_is_said_arrives_once(self):
        self.tell("Un bus après minuit : c’est décidé. 🚌")
        assert self.carry().sent == 1
        assert self.carry().sent == 0
        (reached,) = self.peer.reached()
        assert (reached.address, reached.text) == (
            self.peer.address,
            "Un bus après minuit : c’est décidé. 🚌",
        )
        assert self.last.state == "sent"

    def test_choices_are_buttons_or_a_numbered_list(self):
        self.tell("Tu fais comment ?", [("bus", "En bus"), ("car", "En voiture")])
        self.carry()
        (reached,) = self.peer.reached()
        if self.can.buttons:
            assert [each.split("|")[-1] for each in reached.buttons] == ["En bus", "En voiture"]
        else:
            assert reached.text == "Tu fais comment ?\n1. En bus\n2. En voiture"

    def test_a_long_text_is_cut_between_words_and_arrives_whole(self):
        words = " ".join(f"mot{n}" for n in range(self.can.length // 3))[: int(self.can.length * 1.5)]
        self.tell(words)
        for _each in range(3):
            self.carry()
        reached = [each.text for each in self.peer.reached()]
        assert all(len(each) <= self.can.length for each in reached)
        assert " ".join(reached).split() == words.split()

    def test_a_provider_that_is_down_makes_it_wait_and_loses_nothing(self):
        self.peer.goes_down()
        self.tell()
        assert self.carry().put_off == 1
        assert self.last.state == "queued"
        assert self.last.reason

    def test_a_provider_that_asks_to_wait_is_left_alone_for_that_long(self):
        self.peer.is_throttled(30)
        self.tell()
        assert self.carry().put_off == 1
        use = ChannelUse.objects.get(pk=self.use.pk)
        until = self.last.not_before if self.each_has_a_server else use.slot_at
        assert until - self.territory.clock.now() > timedelta(seconds=20)
        assert self.last.state == "queued"

    def test_a_refusal_is_told_with_its_reason_and_never_tried_again(self):
        self.peer.has_nobody_there()
        self.tell()
        assert self.carry().lost == 1
        assert self.last.state == "failed"
        assert self.last.reason
        assert self.carry().sent == 0

    def test_what_is_cut_on_the_way_is_sent_again_only_where_once_is_sure(self):
        self.peer.is_cut()
        self.tell()
        self.carry()
        assert self.last.state == ("queued" if self.can.is_idempotent else "failed")
        assert (self.last.not_before is not None) == self.can.is_idempotent, "later, not at once and for ever"

    def test_a_key_that_is_refused_is_the_operator_s_to_mend_and_loses_nothing(self):
        self.peer.locks_us_out()
        self.tell()
        assert self.carry().put_off == 1
        assert self.last.state == "queued"
        assert not any(str(secret) in self.last.reason for secret in self.peer.account.values())

    def test_a_line_that_the_operator_forgot_is_named_and_loses_nothing(self):
        write_account(self.territory.authority.slug, self.kind, {"near": True})
        self.tell()
        assert self.carry().put_off == 1
        assert "channels.toml" in self.last.reason

    def test_a_fault_of_the_connector_s_own_stops_nobody_else_s_message(self, monkeypatch):
        monkeypatch.setattr(type(channel_of(self.kind)), "deliver", lambda _self, _envelope: {}["what"])
        self.tell()
        self.tell(purpose="second")
        assert [self.carry().sent for _each in range(2)] == [0, 0]
        states = {each.state for each in OutgoingMessage.objects.all()}
        assert states == {"queued" if self.can.is_idempotent else "failed"}

    # --- in

    @pytest.mark.usefixtures("_heard")
    def test_what_is_said_is_heard_once_however_often_it_comes(self, client):
        for _each in range(3):
            assert self.hear(client, "LYC-BRO", name="m-1") == 200
        assert FlowRun.objects.count() == 1

    @pytest.mark.usefixtures("_heard")
    def test_what_does_not_prove_where_it_comes_from_is_not_read(self, client):
        if not hasattr(channel_of(self.kind), "read"):
            pytest.skip("nobody calls us on this channel: we ask")
        assert self.peer.says(client, "LYC-BRO", forged=True) == 403
        assert not IncomingMessage.objects.exists()

    @pytest.mark.usefixtures("_heard")
    def test_a_whole_conversation_is_held_and_stop_ends_it_for_ever(self, client):
        for text in ("START LYC-BRO", "1", "Vaubrun", "18-25 ans", "Un bus après minuit", "oui"):
            self.hear(client, text)
            self.drain()
        said = [each.text for each in self.peer.reached()]
        assert any("Pour sortir le soir" in each for each in said)
        assert "Merci" in said[-1]
        assert FlowRun.objects.get().state == "done"
        self.hear(client, "stop")
        self.drain()
        assert "plus aucun message" in self.peer.reached()[-1].text
        told = len(self.peer.reached())
        her = Correspondent.objects.get()
        address = her.address
        self.hear(client, "LYC-BRO")
        assert self.tell(her=her, purpose="campaign") == []
        OutgoingMessage.objects.create(
            authority=self.territory.authority, correspondent=her, purpose="older", body="Trop tard"
        )
        self.drain()
        forget_stopped_addresses()
        assert len(self.peer.reached()) == told
        her.refresh_from_db()
        assert her.address == ""
        her.delete()
        self.was_in_a_list_of_before(address)
        self.drain()
        assert len(self.peer.reached()) == told, "the print alone is enough"

    def was_in_a_list_of_before(self, address):
        """Read before she said STOP, kept after: nobody asked, and the message is written already."""
        prints = {print_of_address(self.kind, address): address}
        (her,) = known_or_new(self.territory.authority, self.kind, prints, language="fr")
        OutgoingMessage.objects.create(
            authority=self.territory.authority,
            correspondent=her,
            purpose="wave:x",
            body="Trop tard",
            is_first=True,
        )

    @pytest.mark.usefixtures("_heard")
    def test_a_button_that_is_pressed_answers_its_own_question_and_no_other(self, client):
        if not self.can.buttons:
            pytest.skip("a numbered list, here")
        self.hear(client, "LYC-BRO")
        self.drain()
        keys = [each.split("|")[0] for each in self.peer.reached()[-1].buttons]
        assert len(keys) > 1
        for key in (keys[1], keys[0]):  # the second is late
            self.hear(client, "", choice=key)
            self.drain()
        assert FlowRun.objects.get().answers.get().value == keys[1].split(":")[1]

    @pytest.mark.usefixtures("_heard")
    def test_ten_thousand_signs_and_right_to_left_break_nothing(self, client):
        for text in ("🚲" * 2500, "é" * 10_000, "مرحبا كيف الحال؟"):
            assert self.hear(client, text) == 200
        assert not IncomingMessage.objects.filter(state="parked").exists()

    @pytest.mark.usefixtures("_heard")
    def test_a_closed_channel_carries_nothing_in_or_out(self, client):
        self.tell()
        ChannelUse.objects.update(is_open=False)
        assert self.carry().sent == 0
        self.peer.says(client, "LYC-BRO")
        listen()
        assert not IncomingMessage.objects.exists()

    def drain(self):
        for _each in range(6):
            if not self.carry().sent:
                return
