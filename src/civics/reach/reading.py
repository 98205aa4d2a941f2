"""What an answer means at a step: an option, a number, a place, a sentence; or nothing that was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from civics.reach.capabilities import Medium
from civics.reach.flow import NumberStep, Single
from civics.reach.keywords import plain
from civics.reach.places import Place, place_meant
from civics.reach.rendering import Option

_NUMBER = re.compile(r"^\W*(-?\d{1,9})\W*$")
ALIKE = 88  # of 100: « en voitrue » is « en voiture »
LONGEST = 2000  # signs of a contribution by a conversation
ELSEWHERE = "elsewhere"
MEDIA = frozenset(Medium)


@dataclass(frozen=True, slots=True)
class Heard:
    """``choice``: the key of a button that was pressed; ``media``: kinds of what came with the words."""

    text: str = ""
    choice: str = ""
    media: frozenset[Medium] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` when it answers; ``offered`` when it may mean one of these places.

    ``kind``: of the answer, when it is not the step's own: words, where a voice was asked for. ``is_too_long``: it
    would be one, if it were shorter: nothing of what people say is cut.
    """

    value: str = ""
    offered: tuple[str, ...] = ()
    kind: str = ""
    is_too_long: bool = False


def read(step: Single, heard: Heard, options: Sequence[Option], places: Sequence[Place]) -> Reading:
    """``options``: what was offered at this step, the step's own or places that may have been meant."""
    if step.kind in MEDIA and Medium(step.kind) in heard.media:  # whatever is written under it
        return Reading(step.kind)
    if options and (chosen := _chosen(heard, options)):
        return Reading(chosen)
    said = heard.text.strip()
    if step.kind == "place":
        guess = place_meant(said, places)
        return Reading(guess.found, guess.maybe)
    if step.kind in ("text", "voice"):
        return Reading(is_too_long=True) if is_too_long(said) else Reading(said, kind="text")
    if isinstance(step, NumberStep):
        return Reading(_number(step, said))
    return Reading(said[:LONGEST] if step.kind == "hand_over" else "")  # the letter holds all of it


def is_too_long(said: str) -> bool:
    """A line's end is one sign, though a form sends two."""
    return len(said.strip().replace("\r\n", "\n")) > LONGEST


def _number(step: NumberStep, said: str) -> str:
    typed = _NUMBER.match(said)
    if typed is None or not step.least <= int(typed[1]) <= step.most:
        return ""
    return str(int(typed[1]))


def _chosen(heard: Heard, options: Sequence[Option]) -> str:
    """By its button, its rank, its words, their beginning, or almost its words; never when two are as near."""
    keys = {each.key for each in options}
    if heard.choice in keys:
        return heard.choice
    if typed := _NUMBER.match(heard.text):
        rank = int(typed[1])
        return options[rank - 1].key if 1 <= rank <= len(options) else ""
    said = plain(heard.text)
    if not said:
        return ""
    labels = {each.key: plain(each.label) for each in options}
    for is_meant in (
        lambda label: label == said,
        lambda label: label.startswith(said),
        lambda label: fuzz.ratio(label, said) >= ALIKE,
    ):
        meant = [key for key, label in labels.items() if is_meant(label)]
        if meant:
            return meant[0] if len(meant) == 1 else ""
    return ""
