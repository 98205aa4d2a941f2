"""Lina, where a conversation asks her for a photo and a voice; and a provider that holds what she sends."""

from dataclasses import dataclass, field

from chatting import Chatter, open_channel, open_flow
from democratic.channels.telegram import Telegram
from democratic.participation.conversations.models import FlowFile
from pictures import photo_with_place
from spoken_flows import AGE, EVENING, IDEA, NEWS

PHOTO = {"kind": "photo", "key": "pic", "text": {"fr": "Une photo ?", "en": "A picture?"}}
VOICE = {"kind": "voice", "key": "said", "text": {"fr": "Un vocal ?", "en": "A voice note?"}}
STEPS = [EVENING, AGE, IDEA, PHOTO, VOICE, NEWS]
SPEECH = b"OggS" + bytes(2000)
HELD = {"kind": "photo", "ref": "ref-of-a-photo-8841"}
SPOKEN = {"kind": "voice", "ref": "ref-of-a-voice-8841"}


@dataclass
class Held:
    """``says``: bytes, or a fault to raise, by reference; ``asked``: references, as they were asked for."""

    says: dict = field(default_factory=lambda: {HELD["ref"]: photo_with_place(), SPOKEN["ref"]: SPEECH})
    asked: list = field(default_factory=list)

    def fetch(self, _channel, _account, ref, _most):
        self.asked.append(ref)
        said = self.says[ref]
        if isinstance(said, BaseException):
            raise said
        return said


def held_by_telegram(monkeypatch):
    held = Held()
    monkeypatch.setattr(Telegram, "fetch", lambda *asked: held.fetch(*asked))  # noqa: PLW0108  looked up each time
    return held


def begins(territory, kind="telegram", *, steps=STEPS, address="lina-8841"):
    """At the first question."""
    open_channel(territory.authority, kind)
    open_flow(territory, list(steps), has_places=False)
    return Chatter(territory, address=address, kind=kind).says("LYC-BRO")


def at_the_photo(territory, kind="telegram", **more):
    return begins(territory, kind, **more).says("1").says("18-25 ans").says("Un bus après minuit")


def sent(medium="photo"):
    return FlowFile.objects.select_related("file").get(medium=medium)
