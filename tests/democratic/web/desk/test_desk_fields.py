"""What the desk's forms take: words that people can read, days of this century, numbers that a column holds."""

import pytest

from democratic.web.desk.forms.answering import ThemeForm


@pytest.mark.parametrize("unseen", ["\u200b", "\u200e\u202e", "\u3164", "\u2800"])
def test_a_title_that_nobody_can_see_is_missing(unseen):
    form = ThemeForm({"title": unseen, "text": ""})
    assert not form.is_valid()
    assert list(form.errors) == ["title"]
