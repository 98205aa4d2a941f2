"""When one may write first: never in the evening, on a Sunday or on a public holiday."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from civics.reach.holidays import is_public_holiday

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of the person's own clock: from ``begins`` in the evening to ``ends`` the next morning."""

    begins: int = 20
    ends: int = 10

    def are_on(self, moment: datetime) -> bool:
        day = moment.date()
        is_off = day.weekday() == SUNDAY or is_public_holiday(day)
        return is_off or not self.ends <= moment.hour < self.begins

    def next_moment(self, moment: datetime) -> datetime:
        """``moment`` itself when one may write, else the first minute from which one may. Aware, in her zone."""
        if not self.are_on(moment):
            return moment
        morning = moment.replace(hour=self.ends, minute=0, second=0, microsecond=0)
        if morning <= moment:
            morning += timedelta(days=1)
        while self.are_on(morning):
            morning += timedelta(days=1)
        return morning
