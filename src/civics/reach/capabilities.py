"""What a channel can carry: declared by each connector, and all that the rest of the house knows of it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Medium(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """``buttons``: how many can be pressed under a message, 0 for none; ``length`` of a text, in signs.
    ``key_length``: bytes that a button can carry back.

    ``writes_first``: whether one may write to who has not written. ``window_hours``: how long after her last word
    one may answer freely, None for ever; ``has_templates``: whether what was approved may leave beyond it.
    ``joins``: whether what is said in one go leaves as one message.
    ``per_second``: messages that the provider takes, ``hands`` of them at once: what a kill may leave in doubt.
    ``is_idempotent``: whether one sent twice under one name arrives once.
    """

    length: int
    buttons: int = 0
    button_length: int = 0
    key_length: int = 90
    media: frozenset[Medium] = field(default_factory=frozenset)
    writes_first: bool = True
    tells_later: bool = True
    window_hours: int | None = None
    has_templates: bool = False
    joins: bool = False
    per_second: float = 10.0
    hands: int = 8
    is_idempotent: bool = False
    # The length from which a message is paid twice, where one is: 160 signs of GSM 03.38, 70 outside of it.
    segment: int | None = None
