"""How long a recording lasts: read from each container that a voice comes in, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.kernel.files import seconds_of_voice
from democratic.kernel.files.lengths import seconds_of
from sounds import mp3, mp4, ogg_opus, wav, webm

TYPES = ("audio/ogg", "audio/mp4", "audio/mpeg", "audio/wav", "audio/webm")
MADE = {
    "Opus in Ogg": ogg_opus,
    "WAVE": wav,
    "MP3": mp3,
    "MP3 without a name": lambda seconds: mp3(seconds, named=False),
    "M4A": mp4,
    "MP4 in fragments": lambda seconds: mp4(seconds, in_fragments=True),
    "WebM": webm,
    "WebM recorded in one go": lambda seconds: webm(seconds, is_said=False),
}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("seconds", [1, 3, 121])
def test_a_recording_says_how_long_it_lasts(name, seconds):
    assert seconds_of_voice(MADE[name](seconds)) == seconds


@pytest.mark.parametrize("name", MADE)
def test_one_that_is_cut_says_less_or_nothing_and_breaks_nothing(name):
    whole = MADE[name](3)
    for end in range(0, len(whole), 7):
        said = seconds_of_voice(whole[:end])
        assert said is None or 1 <= said <= 3


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "audio/ogg"),
        (b"OggS" + bytes(2000), "audio/ogg"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(50), "audio/mp4"),
        (mp4(0), "audio/mp4"),
        (mp4(90_000), "audio/mp4"),
        (b"ID3\x04\xff\xff\x7f\x7f\x7f\x7f", "audio/mpeg"),
        (b"\xff\xfb\xf0\xc4" * 50, "audio/mpeg"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + bytes(16) + b"data\xff\xff\xff\xff" + bytes(9), "audio/wav"),
        (b"\x1a\x45\xdf\xa3" + bytes(50), "audio/webm"),
        (b"%PDF-1.7", "application/pdf"),
    ],
)  # fmt: skip
def test_one_that_says_nothing_or_what_cannot_be_lasts_a_time_unknown(content, content_type):
    assert seconds_of(content, content_type) is None


@given(st.sampled_from(TYPES), st.binary(max_size=300), st.integers(0, 60))
def test_whatever_is_sent_is_read_without_a_fault(content_type, noise, at):
    made = {"audio/ogg": ogg_opus, "audio/mp4": mp4, "audio/mpeg": mp3, "audio/wav": wav, "audio/webm": webm}
    whole = made[content_type](1)
    for hostile in (noise, whole[:at] + noise, whole[:at] + noise + whole[at + len(noise) :]):
        said = seconds_of(hostile, content_type)
        assert said is None or 1 <= said <= 24 * 3600
