"""What a form or a script typed, as a voice: judged in one place, however it comes."""

from collections.abc import Sequence

from democratic.kernel.text import clean_line
from democratic.participation.meetings.soundings.models import SoundingKind
from democratic.participation.meetings.soundings.voting import Given

MOST_GIVEN, LONGEST_RANK = 30, 3


def typed_in(kind: str, fields: Sequence[str]) -> Given:
    """What was left empty is not given. What is no rank becomes 0, which nobody proposed."""
    typed = [each.strip() for each in fields[:MOST_GIVEN] if each.strip()]
    if kind == SoundingKind.WORDS:
        return [word for word in map(clean_line, typed) if word]
    return [
        int(each) if each.isascii() and each.isdecimal() and len(each) < LONGEST_RANK else 0 for each in typed
    ]
