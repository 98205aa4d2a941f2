"""Days on which nobody works in France (Code du travail, L3133-1)."""

from datetime import date

_FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def easter(year: int) -> date:
    """The Gregorian Sunday, after the anonymous computus (Meeus, Astronomical Algorithms, chapter 8)."""
    century, in_century = divmod(year, 100)
    lunar = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - lunar - in_century % 4) % 7
    shift = (year % 19 + 11 * lunar + 22 * weekday) // 451
    month, day = divmod(lunar + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def is_public_holiday(day: date) -> bool:
    return (day.month, day.day) in _FIXED or (day - easter(day.year)).days in _AFTER_EASTER
