"""The port of every channel: what a connector must be. One folder each in ``democratic.channels``.

``docs/howto/add-a-channel.md`` adds one; ``tests/channels/contract.py`` is what each of them passes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Protocol

from civics.reach.capabilities import Capabilities
from civics.reach.rendering import Parcel
from democratic.messaging.models import ChannelKind, ChannelUse

Account = Mapping[str, Any]  # what the operator wrote of it: an address, a key (messaging/accounts.py)


class Undeliverable(Exception):
    """It did not leave. ``reason`` is read by an agent: the provider's own code, never what was said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Undeliverable):
    """It never will. ``is_gone``: nobody has this address any more; the next to write from it is someone else."""

    def __init__(self, reason: str, *, is_gone: bool = False) -> None:
        super().__init__(reason)
        self.is_gone = is_gone


class TooLarge(Refused):
    """What she sent is heavier than what we take."""


class Later(Undeliverable):
    """Not now: the provider is down, or asks to wait ``after`` seconds before anything else is sent to anyone.

    ``is_alone``: it is so of this address, which has a server of its own; the others are tried all the same.
    """

    def __init__(self, reason: str, *, after: float = 0, is_alone: bool = False) -> None:
        super().__init__(reason)
        self.after, self.is_alone = after, is_alone


class WindowShut(Undeliverable):
    """The provider carries nothing more to her until she writes: it waits for that."""


class InDoubt(Undeliverable):
    """Cut while it was being sent: it may have left."""

    after = 0.0


@dataclass(frozen=True, slots=True)
class Template:
    """Words that the provider approved, with what stands in their places: no other leave beyond its window."""

    name: str
    language: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """``name`` is the same at each attempt: a provider that knows it delivers once. ``at``: when it is handed over, for
    what is signed with its time: several hands deliver at once, and none of them asks the database anything.

    ``answers``: the provider's own name of her last word, for channels where an answer joins what it answers.
    ``stop_url``: where one press stops all (RFC 8058). ``template``: the same words, as the provider approved them.
    ``door``: the address where its provider tells us what became of it (``Reporting``).
    """

    address: str
    name: str
    parcel: Parcel
    account: Account = field(default_factory=dict)
    answers: str = ""
    stop_url: str = ""
    template: Template | None = None
    door: str = ""
    at: datetime = field(kw_only=True)


class Channel(Protocol):
    """``is_real``: shown against a server of its own kind here; otherwise a page says « simulé, non éprouvé »
    until a first real delivery. ``is_pulled``: the person's own screen comes for its messages, nothing is pushed.
    """

    kind: ClassVar[ChannelKind]
    can: ClassVar[Capabilities]
    is_real: ClassVar[bool]
    is_pulled: ClassVar[bool]

    def deliver(self, envelope: Envelope) -> None:
        """Hand it over, or raise Refused, Later, WindowShut or InDoubt. Never asked twice at once for one envelope."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message as its connector read it. ``name``: the provider's own, by which it is known again.

    ``is_gone``: no message, but the provider's word that nobody has this address any more.
    """

    name: str
    address: str
    text: str = ""
    choice: str = ""
    language: str = ""
    media: Sequence[dict[str, Any]] = field(default=())
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What a provider says afterwards of a message of ours. ``name``: its Envelope's. One of the three is so.

    ``reason``: why it never arrived; ``is_gone``: because nobody has this address any more. ``is_shut``: it waits until
    she writes.
    """

    name: str
    is_delivered: bool = False
    reason: str = ""
    is_shut: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Hook:
    """What a provider posted to us, or asked us to prove. Header names are in small letters."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    account: Account


class Forged(Exception):
    """It does not prove that it comes from the provider: nothing of it is read."""


class Unreadable(Exception):
    """It comes from the provider, and says nothing that we know how to read. It is answered, so that it stops."""


class Hooked(Protocol):
    """A channel whose provider calls us, at ``/canaux/<kind>`` of each authority."""

    def read(self, hook: Hook) -> Sequence[Arrived]:
        """What people wrote, their signature checked first. Forged or Unreadable otherwise."""

    def reply(self, hook: Hook) -> tuple[str, str]:
        """What the provider wants to be told: a type of content, and words."""


class Reporting(Protocol):
    """A channel whose provider tells, by the same door, what became of what we sent: in any order, and more than once."""

    def fates(self, hook: Hook) -> Sequence[Fate]:
        """Asked after ``read``, which proved who called."""


class Polled(Protocol):
    """A channel that we ask. ``cursor``: where we were, empty the first time."""

    def receive(self, account: Account, cursor: str) -> tuple[Sequence[Arrived], str]:
        """What came since, and where we are now. Later when the provider does not answer."""


class Threaded(Protocol):
    """A channel where one person may hold several exchanges, each with an address of its own."""

    def mailbox(self, address: str) -> str:
        """What they share: STOP is said for all of them, and what we say first is said once."""

    def exchange(self, mailbox: str, name: str) -> str:
        """The address of an exchange that we begin; always the same for one ``name``."""


class Fetched(Protocol):
    """A channel that names a photo or a voice by a reference, and hands its bytes over when we ask for them.

    Every channel that declares media is one, but for those that are pulled: their pages send bytes.
    """

    def fetch(self, account: Account, ref: str, most: int) -> bytes:
        """So many bytes at most. TooLarge: more than that. Refused: it is not there any more. Later: not now."""


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> Channel:
    if channel.kind in _channels:
        raise ValueError(f"channel {channel.kind!r} is registered twice")
    _channels[channel.kind] = channel
    return channel


def channel_of(kind: str) -> Channel:
    return _channels[kind]


def mailbox_of(kind: str, address: str) -> str:
    """Empty where an address is all there is of a person."""
    channel = _channels.get(kind)
    return channel.mailbox(address) if channel is not None and hasattr(channel, "mailbox") else ""


def address_to_begin(kind: str, address: str, name: str) -> str:
    """Where we write first: ``name`` tells an exchange from another, on channels that have several."""
    channel = _channels[kind]
    return channel.exchange(address, name) if hasattr(channel, "exchange") else address


def all_channels() -> tuple[Channel, ...]:
    return tuple(_channels.values())


def capabilities(use: ChannelUse) -> Capabilities:
    """What the connector declares, over which its provider's limits of the day are laid."""
    return replace(channel_of(use.kind).can, **use.limits)
