"""Captions from files that others wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.captions.webvtt import (
    LONGEST_TEXT,
    MOST_CUES,
    MOST_PROBLEMS,
    Cue,
    Problem,
    Why,
    cut,
    decode,
    read_captions,
    write_captions,
)

GOOD = """WEBVTT - le débat

NOTE
écrit par une machine --> puis relu
00:01 --> 00:02
pas une ligne

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:03.500 align:start
<v Odile Vasseur>Bonjour &amp; <b>bienvenue</b>
à toutes et à tous.

01:02.000 --> 01:04.000
Le dernier bus part trop tôt.
"""


def said(text):
    return [cue.text for cue in read_captions(text).cues]


def test_cues_are_read_without_styles_notes_names_or_tags():
    found = read_captions(GOOD)
    assert found.cues == [
        Cue(1000, 3500, "Bonjour & bienvenue à toutes et à tous."),
        Cue(62_000, 64_000, "Le dernier bus part trop tôt."),
    ]
    assert (found.wrong, found.is_cut) == (0, False)


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_kept():
    found = read_captions(
        "WEBVTT\n\nsans heure\n\n00:61.000 --> 00:62.000\nnon\n\n00:05.000 --> 00:04.000\nà rebours\n\n"
        "00:06.000 --> 00:07.000\n\n00:08.000 --> 00:09.000\noui\n"
    )
    assert [cue.text for cue in found.cues] == ["oui"]
    assert found.problems == [
        Problem(3, Why.NO_TIME),
        Problem(5, Why.BAD_TIME),
        Problem(8, Why.ENDS_BEFORE),
        Problem(11, Why.EMPTY),
    ]


def test_the_comma_and_the_numbers_of_subrip_are_read():
    assert said(
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nOui.\r\n\r\n2\r\n00:00:03,5 --> 00:00:04,0\r\nNon."
    ) == [
        "Oui.",
        "Non.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_the_encoding_of_any_editor(encoding):
    assert said(decode(GOOD.encode(encoding)))[1] == "Le dernier bus part trop tôt."


def test_six_hours_are_read_whole_and_a_flood_is_cut_and_said():
    def at(seconds):
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    def file(n):
        cues = (f"{at(3 * i)}.000 --> {at(3 * i + 2)}.900\nPhrase {i}.\n" for i in range(n))
        return "WEBVTT\n\n" + "\n".join(cues)

    whole = read_captions(file(7200))
    assert (len(whole.cues), whole.wrong, whole.is_cut) == (7200, 0, False)
    assert read_captions("\n\n".join(f"0:01.0 --> 0:02.0\n{i}" for i in range(MOST_CUES + 5))).is_cut


def test_what_would_run_in_a_page_is_words_or_nothing():
    assert said("00:01.000 --> 00:02.000\n<script>alert(1)</script> &lt;b&gt;") == ["alert(1) <b>"]
    assert said("00:01.000 --> 00:02.000\n" + "<" * 100_000 + "x")[0].startswith("<<<")


def test_only_the_first_problems_are_named_and_all_are_counted():
    found = read_captions("rien\n\n" * 500)
    assert (len(found.problems), found.wrong) == (MOST_PROBLEMS, 500)


def test_a_long_cue_is_cut_between_words():
    pieces = cut("mot " * 400 + "x" * (LONGEST_TEXT + 3))
    assert all(0 < len(piece) <= LONGEST_TEXT for piece in pieces)
    assert not any(piece.startswith("ot ") for piece in pieces)
    assert cut("") == []


def test_what_is_written_is_read_back():
    cues = [Cue(0, 1500, "Un < deux & trois --> quatre"), Cue(3_600_000, 3_601_001, "Après une heure.")]
    assert read_captions("".join(write_captions(cues))).cues == cues


@given(st.text() | st.lists(st.sampled_from(["-->", "00:01.0 --> 00:02.0", "", "NOTE", "x"])).map("\n".join))
def test_no_file_is_an_error(text):
    found = read_captions(text)
    assert all(cue.text and cue.starts < cue.ends and len(cue.text) <= LONGEST_TEXT for cue in found.cues)


@given(st.binary())
def test_no_bytes_are_an_error(raw):
    read_captions(decode(raw))
