"""Days as people write them: « 1er septembre 2026 », where a format of Django's says « 1 septembre 2026 »."""

from datetime import date
from functools import lru_cache

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language


def day_in_words(on: date, *, year: bool = True, weekday: bool = False) -> str:
    """In the language that is active."""
    return _in_words(on, year, weekday, get_language() or "")


@lru_cache(maxsize=1024)
def _in_words(on: date, year: bool, weekday: bool, language: str) -> str:  # noqa: FBT001  a cache's key
    said = "1er" if on.day == 1 and language.startswith("fr") else str(on.day)
    said = f"{said} {MONTHS[on.month]}"
    if year:
        said = f"{said} {on.year}"
    return f"{WEEKDAYS[on.weekday()]} {said}" if weekday else said
