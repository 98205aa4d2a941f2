"""What every act of a house begins with: its row's lock, then the day that it is."""

from dataclasses import dataclass
from datetime import date, datetime

from democratic.communities.houses.models import House
from democratic.kernel.clock import Clock, local_day
from democratic.thread.actions.records import refuse_if_withdrawn
from democratic.thread.models import Record


@dataclass(frozen=True, slots=True)
class Held:
    """A house under its lock, and the moment read after it."""

    house: House
    record: Record
    now: datetime
    today: date


def hold(house: House, clock: Clock) -> Held:
    rows = House.objects.select_for_update(of=("self",)).select_related(
        "organisation__record__authority", "respondent", "service"
    )
    locked = rows.get(pk=house.pk)
    record = locked.organisation.record
    refuse_if_withdrawn(record)
    now = clock.now()
    return Held(locked, record, now, local_day(now, record.authority.time_zone))
