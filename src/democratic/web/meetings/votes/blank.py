"""The form of one vote: blank, as all may be shown it, or with what she gave."""

from typing import Any

from civics.soundings.voices import POSITIONS, Position
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.web.meetings.votes.places import giving_path, objection_path
from democratic.web.meetings.votes.words import labels_of

OBJECTION = POSITIONS.index(Position.OBJECTION) + 1


def form_of(sounding: Sounding, given: list[Any]) -> dict[str, Any]:
    """With its words and options. ``objection``: in a round of consent, where one is put in words."""
    is_consent = sounding.kind == SoundingKind.CONSENT
    return {
        "code": sounding.record.code,
        "title": sounding.record.title,
        "text": sounding.record.text,
        "kind": sounding.kind,
        "most": sounding.most,
        "lowest": sounding.lowest,
        "highest": sounding.highest,
        "choices": [(rank, label, rank in given) for rank, label in labels_of(sounding).items()],
        "places": _places(sounding, given) if sounding.kind == SoundingKind.RANKING else [],
        "words": _words(sounding, given) if sounding.kind == SoundingKind.WORDS else [],
        "objection": objection_path(sounding) if is_consent else "",
        "objection_rank": OBJECTION,
        "is_objecting": is_consent and given == [OBJECTION],
        "action": giving_path(sounding),
    }


def _places(sounding: Sounding, given: list[int]) -> list[tuple[int, int]]:
    """Place, and the rank of the option that she put there; 0 for none."""
    return [(place, given[place - 1] if place <= len(given) else 0) for place in range(1, sounding.most + 1)]


def _words(sounding: Sounding, given: list[str]) -> list[tuple[int, str]]:
    return [(n, given[n - 1] if n <= len(given) else "") for n in range(1, sounding.most + 1)]
