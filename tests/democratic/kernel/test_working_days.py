"""Days on which offices work, in France."""

from datetime import date

import pytest

from civics.reach.holidays import easter
from democratic.kernel.working_days import is_working, working_day_near


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1943, (4, 25)), (2000, (4, 23)), (2008, (3, 23)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter_is_the_sunday_of_the_calendar(year, sunday):
    assert easter(year) == date(year, *sunday)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 11, 1), date(2026, 11, 2)),  # All Saints, a Sunday
        (date(2027, 1, 1), date(2027, 1, 4)),  # New Year's Day, then a weekend
        (date(2026, 5, 1), date(2026, 5, 4)),
        (date(2024, 4, 1), date(2024, 4, 2)),  # Easter Monday
        (date(2026, 5, 14), date(2026, 5, 15)),  # Ascension
        (date(2026, 2, 28), date(2026, 2, 27)),  # a Saturday with which the month ends: the day before
    ],
)
def test_a_day_off_gives_way_to_the_next_working_day_of_its_month(asked, given):
    assert working_day_near(asked) == given
    assert is_working(given)
