import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.kernel import ids
from democratic.kernel.text import clean_line, clean_text, to_html


def test_ids_made_in_a_row_are_in_order_and_of_version_7():
    made = [ids.uuid7() for _ in range(5000)]
    assert made == sorted(made)
    assert {(each.version, each.variant) for each in made} == {(7, uuid.RFC_4122)}


def test_a_code_is_read_back_however_it_was_typed():
    code = ids.new_code()
    for typed in (code, code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ')} "):
        assert ids.read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "K7P", "K7P-4RMX", "O0O-111", "<script>", "K7P-4R0"])
def test_what_can_not_be_a_code_is_none(typed):
    assert ids.read_code(typed) is None


def test_a_claim_secret_has_at_least_sixty_bits():
    signs = ids.new_claim_secret().replace("-", "")
    assert len(signs) * 4.58 >= 60
    assert ids.read_claim_secret(signs.lower()) == ids.read_claim_secret(signs)


@given(st.text())
def test_a_line_has_no_control_sign_and_cleaning_it_twice_changes_nothing(typed):
    line = clean_line(typed)
    assert not any(unicodedata.category(sign) == "Cc" for sign in line)
    assert clean_line(line) == line


def test_a_name_can_not_rewrite_the_line_around_it():
    assert clean_line("Lina\u202e eriam\u2066\x00") == "Lina eriam"


@pytest.mark.parametrize(
    "typed",
    ["\u200b", "\u2060\u200d", "\u00ad", "\u3164", "\u2800", "\U000e0041", "\u0301", "\ufe0f", " \u200e\n\u202e "],
    ids=[
        "zero width", "joiners", "soft hyphen", "Hangul filler", "empty braille", "tag", "an accent on nothing",
        "variation", "directions",
    ],
)  # fmt: skip
def test_signs_that_nobody_sees_say_nothing(typed):
    assert (clean_line(typed), clean_text(typed)) == ("", "")


@pytest.mark.parametrize("typed", ["!", "7", "是", "👩\u200d🦽", "क्\u200dष", "e\u0301"])
def test_whatever_shows_says_something(typed):
    assert clean_text(typed)


def test_paragraphs_survive_and_heaps_of_empty_lines_do_not():
    assert clean_text("un\r\n\r\n\r\n\r\ndeux\t trois ") == "un\n\ndeux trois"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[ici](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://ailleurs.example/x.png)",
        "<a href='data:text/html,x'>x</a>",
    ],
)
def test_an_officials_markdown_can_not_run(text):
    html = to_html(text)
    assert not any(bad in html for bad in ("<script", "<img", 'href="javascript', 'href="data'))
