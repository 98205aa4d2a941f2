"""Dates, numbers, spaces, origins and states, as people read them."""

import datetime as dt

import pytest
from django.template import engines
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from democratic.kernel.spoken import Spoken
from democratic.thread.models import Origin
from democratic.web import drawings, formats, icons, words

SPACE = "\u00a0"


def drawn(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("form", "french", "english"),
    [
        ("", "14 février 2026", "14 February 2026"),
        ("short", "14 février", "14 February"),
        ("weekday", "samedi 14 février 2026", "Saturday 14 February 2026"),
    ],
)
def test_a_day_is_said_in_words_in_both_languages(form, french, english):
    value = dt.date(2026, 2, 14)
    assert formats.day(value, form) == french
    with translation.override("en"):
        assert formats.day(value, form) == english


def test_the_first_of_a_month_is_premier():
    assert formats.day(dt.date(2026, 10, 1)) == "1er octobre 2026"


def test_the_day_of_a_moment_is_the_local_one():
    late = dt.datetime(2026, 2, 14, 23, 30, tzinfo=dt.UTC)
    with timezone.override("Europe/Paris"):
        assert formats.day(late) == "15 février 2026"
        assert formats.hour(late) == f"0{SPACE}h{SPACE}30"


def test_no_date_is_nothing():
    assert drawn("[{{ when|day }}]", when=None) == "[]"


def test_a_full_hour_has_no_minutes():
    assert formats.hour(dt.datetime(2026, 2, 14, 9, 0)) == f"9{SPACE}h"  # noqa: DTZ001 - a wall clock
    with translation.override("en"):
        assert formats.hour(dt.datetime(2026, 2, 14, 9, 0)) == "9:00"  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (14_600_000, f"146{SPACE}000{SPACE}€", "€146,000"),
        (1250, f"12,50{SPACE}€", "€12.50"),
        (0, f"0{SPACE}€", "€0"),
        (-5, f"-0,05{SPACE}€", "-€0.05"),
        (None, "", ""),
    ],
)
def test_cents_are_shown_in_euros(cents, french, english):
    assert formats.euros(cents) == french
    with translation.override("en"):
        assert formats.euros(cents) == english


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Et alors ?", f"Et alors{SPACE}?"),
        ("« oui »", f"«{SPACE}oui{SPACE}»"),
        ("«oui»", f"«{SPACE}oui»"),
        ("à 18 h 50.", f"à 18{SPACE}h{SPACE}50."),
        ("840 000 € ; 37 %", f"840{SPACE}000{SPACE}€{SPACE}; 37{SPACE}%"),
        ("12\u202fmois\u202f!", f"12\u202fmois{SPACE}!"),
        ("http://x.example/a?b: 2 haies", "http://x.example/a?b: 2 haies"),
    ],
)
def test_french_spaces_do_not_break_lines(typed, shown):
    assert formats.typo(typed) == shown


@given(st.text(alphabet="aé 1?»«:h%\u202f\u00a0"))
def test_setting_the_spaces_twice_changes_nothing_more(text):
    once = formats.typo(text)
    assert formats.typo(once) == once


def test_words_of_people_stay_escaped_through_the_typography():
    assert drawn("{{ text|typo }}", text="<b>non ?</b>") == f"&lt;b&gt;non{SPACE}?&lt;/b&gt;"


def test_every_origin_has_a_word_and_a_shape_of_its_own():
    assert set(words.ORIGINS) == set(words.ORIGIN_ICONS) == set(Origin.values)
    assert len(set(words.ORIGIN_ICONS.values())) == len(Origin.values)


def test_an_origin_shows_its_count_before_its_word():
    html = drawn('{% origin "street" n=1284 %}')
    assert f"<b>1{SPACE}284</b> dans la rue" in html
    assert "#i-walk" in html


def test_the_same_state_has_the_word_of_what_it_is_about():
    assert "Retenu<" in drawn('{% state "kept" %}')
    assert "Tenu<" in drawn('{% state "kept" "commitment" %}')
    assert "Réponse attendue<" in drawn('{% stamp "due" %}')
    assert "stamp--seal" in drawn('{% stamp "part" seal=True %}')


@pytest.mark.parametrize("tag", ["state", "stamp"])
def test_a_label_given_as_safe_html_never_makes_the_same_words_safe_for_someone_else(tag):
    trusted, typed = mark_safe("<i>x</i>"), "<i>x</i>"
    assert "<i>" in drawn("{% " + tag + ' "kept" label=label %}', label=trusted)
    assert "<i>" not in drawn("{% " + tag + ' "kept" label=label %}', label=typed)


def test_an_unknown_icon_is_refused():
    with pytest.raises(LookupError):
        icons.symbol("i-nothing")


def test_for_and_against_are_said_and_neutral_is_silent():
    assert "Pour" in drawn("{% stance 1 %}")
    assert "Contre" in drawn("{% stance -1 %}")
    assert drawn("{% stance 0 %}") == ""


@given(st.lists(st.integers(0, 90), max_size=6).map(tuple))
def test_one_voice_one_strand_as_long_as_they_can_be_told_apart(groups):
    if sum(groups) <= drawings.MOST_STRANDS:
        assert "".join(drawings.strand_paths(groups)).count("M") == sum(groups)


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=12).map(tuple))
def test_strands_stay_in_the_picture_and_few_enough(groups):
    paths = drawings.strand_paths(groups)
    strands = [strand for path in paths for strand in path.split("M") if strand]
    assert len(strands) <= drawings.MOST_STRANDS + len(groups)
    assert all(0 <= float(strand.split(" ")[0]) <= drawings.WIDTH for strand in strands)
    assert len(paths) == sum(group > 0 for group in groups)


def test_a_crowd_says_how_many_voices_a_strand_stands_for():
    assert "Un trait pour 25 voix" in drawn("{% strands 10000 %}")
    assert "Un trait, une voix" in drawn("{% strands 318 %}")


def test_the_code_to_scan_has_its_three_corners():
    path, side = drawings.qr_path("https://participer.valdorbe.example/K7P-4RM")
    assert path.startswith("M0 0h7v1h-7z")
    assert f"M{side - 7} 0h7" in path
    assert f"M0 {side - 1}h7" in path


def test_a_range_of_numbers_in_a_large_title_stays_on_its_line_and_all_is_escaped():
    large = "{{ title|headline }}"
    assert drawn(large, title="À 15-25 ans <b>") == 'À <span class="nowrap">15-25</span> ans &lt;b&gt;'
    assert drawn(large, title=Spoken("À 15-25 ans", "en")) == (
        '<bdi lang="en">À <span class="nowrap">15-25</span> ans</bdi>'
    )
