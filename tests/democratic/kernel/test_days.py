from datetime import date

import pytest
from django.utils.translation import override

from democratic.kernel.days import day_in_words

FIRST = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [
        ("fr", {}, "1er septembre 2026"),
        ("fr", {"year": False, "weekday": True}, "mardi 1er septembre"),
        ("en", {}, "1 September 2026"),
    ],
)
def test_the_first_of_a_month_is_written_as_people_write_it(language, asked, said):
    with override(language):
        assert day_in_words(FIRST, **asked) == said


def test_the_other_days_are_numbers():
    with override("fr"):
        assert day_in_words(date(2026, 10, 21)) == "21 octobre 2026"
