"""What everyone reads of a count."""

from civics.disclosure.counts import LEAST
from democratic.communities.houses.models import Adoption


def counts_told(adoption: Adoption) -> dict[str, int]:
    """Empty below five voices: what each said could be guessed, so only the outcome is told."""
    yes, no, neither = adoption.yes or 0, adoption.no or 0, adoption.neither or 0
    if yes + no + neither < LEAST:
        return {}
    return {"yes": yes, "no": no, "neither": neither, "members": adoption.members or 0}
