"""Days on which offices work in France: not at the weekend, not on a public holiday (Code du travail, L3133-1)."""

from datetime import date, timedelta

from civics.reach.holidays import is_public_holiday

SATURDAY = 5


def is_working(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_public_holiday(day)


def working_day_near(day: date) -> date:
    """That day, or the first one after it on which offices work; the last before it when its month ends first."""
    after = day
    while not is_working(after):
        after += timedelta(days=1)
    if after.month == day.month:
        return after
    while not is_working(day):
        day -= timedelta(days=1)
    return day
