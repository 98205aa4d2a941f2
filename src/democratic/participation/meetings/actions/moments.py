"""When and where a meeting is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.thread.models import Origin

PLACE_LIMIT, ACCESS_LIMIT = 160, 200


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where; ``seats`` are the origins by which one can take part."""

    starts_at: datetime
    ends_at: datetime
    place: str
    access: str = ""
    seats: Sequence[Origin] = (Origin.ROOM,)

    def columns(self) -> dict[str, Any]:
        """Refuses what makes no sense."""
        if self.ends_at <= self.starts_at:
            raise Refusal(_("Une rencontre finit après avoir commencé."), field="ends_at")
        return {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "place": clean_line(self.place)[:PLACE_LIMIT],
            "access": clean_line(self.access)[:ACCESS_LIMIT],
            "seats": [str(seat) for seat in self.seats],
        }
