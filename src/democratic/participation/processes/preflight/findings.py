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
