"""One question on any channel: buttons where there are some, a numbered list elsewhere; never longer than it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from civics.reach.capabilities import Capabilities


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Say:
    """What is said, and what may be answered with one tap. ``step`` is empty for what asks nothing."""

    text: str
    options: tuple[Option, ...] = ()
    step: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message as a channel carries it."""

    text: str
    buttons: tuple[Option, ...] = ()


def joined(says: Sequence[Say]) -> list[Say]:
    """As few as can be: nothing follows what may be answered with a tap."""
    one: list[Say] = []
    for say in says:
        if one and not one[-1].options:
            before = one.pop()
            one.append(Say(f"{before.text}\n\n{say.text}", say.options, say.step))
        else:
            one.append(say)
    return one


def parcels_of(say: Say, can: Capabilities) -> list[Parcel]:
    """At least one. Buttons stand under the last; a list that doesn't fit buttons is numbered, and so answered."""
    named = _named(say)
    fits = len(named) <= can.buttons and all(
        len(each.label) <= can.button_length and len(each.key.encode()) <= can.key_length for each in named
    )
    buttons = named if fits else ()
    text = say.text if fits else _numbered(say)
    parts = _cut(text, can.length)
    return [Parcel(part) for part in parts[:-1]] + [Parcel(parts[-1], buttons)]


def _named(say: Say) -> tuple[Option, ...]:
    """Each with its step: a button that is pressed late answers nothing else."""
    if not say.step:
        return say.options
    return tuple(Option(f"{say.step}:{each.key}", each.label) for each in say.options)


def _numbered(say: Say) -> str:
    lines = [f"{rank}. {each.label}" for rank, each in enumerate(say.options, start=1)]
    return "\n".join([say.text, *lines])


def _cut(text: str, length: int) -> list[str]:
    """At a line's end when there is one in the second half, else between two words, else where it must."""
    parts = []
    while len(text) > length:
        head = text[: length + 1]
        at = max(head.rfind("\n", length // 2), -1)
        if at < 0:
            at = head.rfind(" ", length // 2)
        at = length if at <= 0 else at
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text]
