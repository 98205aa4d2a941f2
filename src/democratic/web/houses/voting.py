"""One drawing for every question to all members: what one said, how many spoke, when it is counted."""

from typing import Any

from django.utils.translation import gettext as _

from democratic.communities.houses.models import Adoption, AdoptionVoice
from democratic.communities.houses.queries import Presence, members_at_home
from democratic.web.formats import day
from democratic.web.houses.told import counts_in_words


def asked_of_all(presence: Presence, adoption: Adoption | None, base: str) -> dict[str, Any] | None:
    """For houses/asked.html. ``base``: under which one speaks and counts. How many spoke, never who said what."""
    if adoption is None or adoption.counted_on is not None:
        return None
    mine = adoption.voices.filter(member=presence.member).values_list("position", flat=True).first()
    return {
        "way": adoption.get_way_display(),
        "until": day(adoption.closes_on),
        "spoken": adoption.voices.count(),
        "members": members_at_home(presence.house).count(),
        "positions": [(value, label, value == mine) for value, label in AdoptionVoice.Position.choices],
        "said": bool(mine),
        "may_speak": presence.member is not None,
        "say_url": f"{base}/voix",
        "count_url": f"{base}/compter",
    }


def outcome_of(adoption: Adoption | None) -> str:
    if adoption is None or adoption.counted_on is None:
        return ""
    said = _("Adopté le %(day)s.") if adoption.is_adopted else _("Pas adopté, le %(day)s.")
    return f"{said % {'day': day(adoption.counted_on)}} {counts_in_words(adoption)}"
