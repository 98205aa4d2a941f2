"""What the pre-flight says, and where it is mended."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class Part(StrEnum):
    """Where a finding is mended."""

    QUESTION = "question"
    PROMISE = "promesse"
    DATES = "dates"
    PRIVACY = "vie-privee"
    WORK = "travail"
    MANDATE = "commande"
    SERVICE = "service"
    APPEARANCE = "apparence"
    FILES = "fichiers"
    POLLS = "questions"


@dataclass(frozen=True, slots=True)
class Finding:
    """``blocks``: nothing is published as long as it stands. Otherwise it is advice."""

    part: Part
    blocks: bool
    title: str | Promise
    told: str | Promise


_OF_THE_PROMISE = {"asks", "use_of_input", "not_negotiable"}


def part_of_text(name: str) -> Part:
    """Where the text of that field is written."""
    return Part.PROMISE if name in _OF_THE_PROMISE else Part.QUESTION
