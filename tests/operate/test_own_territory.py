"""The territory that the page of installation has its reader type opens as it says."""

import re
from pathlib import Path

import pytest

from democratic.communities.models import Official, Service
from democratic.thread.models import Authority, Grant

PAGE = Path(__file__).parents[2] / "docs/operate/install.md"


@pytest.mark.django_db
def test_what_the_page_has_us_type_opens_a_territory_with_its_people():
    (typed,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    exec(typed, {})
    authority = Authority.objects.get(slug="ma-ville")
    assert Service.objects.get(authority=authority).titular is not None
    assert Official.objects.get(authority=authority).person is not None
    assert sorted(Grant.objects.filter(authority=authority).values_list("role", flat=True)) == [
        "agent",
        "official",
    ]
