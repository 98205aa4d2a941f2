from datetime import date

from democratic.communities.accessibility.models import AccessibilityDeclaration
from democratic.thread.models import Authority

VALID_YEARS = 3


def declarations_of(authority: Authority) -> list[AccessibilityDeclaration]:
    """The one that stands first, then those before it."""
    return list(AccessibilityDeclaration.objects.filter(authority=authority).order_by("-version"))


def valid_until(declaration: AccessibilityDeclaration) -> date:
    """Three years, or until the site changes in substance (arrêté du 20 septembre 2019, article 3)."""
    return years_from(declaration.declared_on, VALID_YEARS)


def years_from(day: date, years: int) -> date:
    """The same day, so many years after (or before): the 29th of February has no other anniversary than the 28th."""
    leap = day.month == 2 and day.day == 29  # noqa: PLR2004
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def is_due_again(declarations: list[AccessibilityDeclaration], today: date) -> bool:
    """Nothing was declared, or what was is not valid any more."""
    return not declarations or valid_until(declarations[0]) < today
