"""Meetings as tests prepare them, and who registers for them."""

from datetime import UTC, datetime, timedelta

from democratic.participation.meetings.actions import (
    Convened,
    Means,
    Moment,
    announce_prepared,
    arrange_meeting,
    prepare_meeting,
)
from democratic.participation.meetings.arrivals.models import Registration, Seat
from democratic.participation.meetings.arrivals.registering import Wish, register
from democratic.participation.meetings.models import Meeting
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Origin
from factories import NOW, Territory

STARTS = datetime(2026, 3, 19, 18, tzinfo=UTC)  # a Thursday, eighteen days after NOW
BOTH = (Origin.ROOM, Origin.REMOTE)


def moment(**more: object) -> Moment:
    more.setdefault("starts_at", STARTS)
    more.setdefault("ends_at", more["starts_at"] + timedelta(hours=2))
    more.setdefault("place", "Salle des fêtes, Vaubrun")
    more.setdefault("seats", BOTH)
    return Moment(**more)


def drafted(territory: Territory, convened: Convened | None = None, **more: object) -> Meeting:
    return prepare_meeting(
        convened=convened or Convened(territory.authority, territory.process),
        words=Words(title="Quel bus le soir ?", text="Deux tracés à comparer."),
        moment=moment(**more),
        author=territory.agent.person,
        clock=territory.clock,
    )


def announced(territory: Territory, convened: Convened | None = None, **more: object) -> Meeting:
    means = more.pop("means", None)
    meeting = announce_prepared(meeting=drafted(territory, convened, **more), clock=territory.clock)
    return arranged(territory, meeting, means) if means else meeting


def arranged(territory: Territory, meeting: Meeting, means: Means) -> Meeting:
    return arrange_meeting(meeting=meeting, means=means, clock=territory.clock)


def open_to(territory: Territory, room: int | None = None, **more: object) -> Meeting:
    """Announced; one may register for it."""
    more.setdefault("means", Means(takes_registrations=True, room_capacity=room))
    return announced(territory, **more)


def registered(
    territory: Territory, meeting: Meeting, person: Person | None = None, **more: object
) -> Registration:
    clock = more.pop("clock", territory.clock)
    more.setdefault("seat", Seat.ROOM)
    return register(meeting=meeting, person=person or welcome_guest(), wish=Wish(**more), clock=clock)


__all__ = ["NOW", "announced", "arranged", "drafted", "moment", "open_to", "registered"]
