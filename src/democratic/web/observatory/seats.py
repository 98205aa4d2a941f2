"""A member as pages show her: her name, her dates, the act that named her."""

from typing import Any

from democratic.observatory.models import Seat
from democratic.web.formats import day


def member(seat: Seat) -> dict[str, Any]:
    return {
        "name": seat.name,
        "since": day(seat.since),
        "until": day(seat.until) if seat.until else "",
        "term": day(seat.term_ends_on),
        "act": seat.act_reference,
        "act_on": day(seat.act_on),
        "act_url": seat.act_url,
        "reason": seat.end_reason,
        "pk": str(seat.pk),
    }
