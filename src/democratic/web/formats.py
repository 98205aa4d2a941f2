"""Dates, numbers and typography as people read them, in French and in English."""

import datetime as dt
import re

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from democratic.kernel.days import day_in_words
from democratic.kernel.spoken import alike

JOINER = "\u2060"  # a line may end after a dash, whatever follows it (UAX 14)
NBSP = "\u00a0"  # U+202F is in neither font


def day(value: dt.date | None, form: str = "") -> str:
    """« 14 février 2026 ». ``form``: ``short`` drops the year, ``weekday`` adds the day's name."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value).date()
    return day_in_words(value, year=form != "short", weekday=form == "weekday")


def hour(value: dt.datetime) -> str:
    """« 16 h 12 », « 9 h »; 16:12 in English."""
    value = _local(value)
    if not (get_language() or "").startswith("fr"):
        return f"{value.hour}:{value.minute:02}"
    return f"{value.hour}{NBSP}h{NBSP}{value.minute:02}" if value.minute else f"{value.hour}{NBSP}h"


def hours(starts: dt.datetime, ends: dt.datetime) -> str:
    """« 9 h – 12 h », never cut at the end of a line."""
    return f"{hour(starts)}{NBSP}–{JOINER}{NBSP}{hour(ends)}"


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def number(value: int) -> str:
    return grouped(value, get_language() or "")


def grouped(value: int, language: str) -> str:
    return f"{value:,}".replace(",", NBSP if language.startswith("fr") else ",")


def euros(cents: int | None) -> str:
    """Cents to « 146 000 € » or « 12,50 € »; €146,000 in English."""
    if cents is None:
        return ""
    french = (get_language() or "").startswith("fr")
    whole, rest = divmod(abs(cents), 100)
    amount = grouped(whole, get_language() or "") + (f"{',' if french else '.'}{rest:02}" if rest else "")
    sign = "-" if cents < 0 else ""
    return f"{sign}{amount}{NBSP}€" if french else f"{sign}€{amount}"


SPACE = "[ \u00a0\u202f]"
TIGHT = (
    (re.compile(f"{SPACE}+([?!;:»%€])"), f"{NBSP}\\1"),
    (re.compile(f"«{SPACE}*"), f"«{NBSP}"),
    (re.compile(rf"(?<=\d){SPACE}(?=\d{{3}}(?!\d))"), NBSP),
    (re.compile(rf"(?<=\d){SPACE}h(?!\w)"), f"{NBSP}h"),
    (re.compile(rf"(?<=\d{NBSP}h){SPACE}(?=\d\d)"), NBSP),
)


def typo(text: str) -> str:
    """French spaces that may not break a line: before ? ! ; : » % €, after «, inside numbers and hours.

    What is safe stays so, and words keep their language.
    """
    tight = str(text)
    for pattern, replacement in TIGHT:
        tight = pattern.sub(replacement, tight)
    return mark_safe(tight) if isinstance(text, SafeString) else alike(tight, text)  # noqa: S308  only spaces
