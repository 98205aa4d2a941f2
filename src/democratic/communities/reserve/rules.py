"""When a reserve opens: from the first day of the sixth month before that of the vote (Code électoral, L.52-1)."""

from datetime import date, timedelta

MONTHS_BEFORE = 6
MONTHS_OF_A_YEAR = 12
SECOND_ROUND = timedelta(days=7)


def opens_before(votes_on: date) -> date:
    """Departments vote in March 2028: from the first of September 2027."""
    months = votes_on.year * MONTHS_OF_A_YEAR + votes_on.month - 1 - MONTHS_BEFORE
    return date(months // MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR + 1, 1)


def closes_after(votes_on: date) -> date:
    """The day of a second round, a week later; nobody yet knows whether there is one."""
    return votes_on + SECOND_ROUND
