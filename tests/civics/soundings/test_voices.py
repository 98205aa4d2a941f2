"""What one voice may say."""

import pytest

from civics.soundings.voices import Asked, Kind, VoiceRefused, read_voice

THREE = {"options": 3, "most": 2}


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (Kind.SINGLE, [2], (2,)),
        (Kind.MULTIPLE, [3, 1], (1, 3)),
        (Kind.RANKING, [3, 1], (3, 1)),
        (Kind.SCALE, [2], (2,)),
        (Kind.CONSENT, [3], (3,)),
        (Kind.WORDS, ["  Un   bus "], ("Un bus",)),
    ],
)
def test_what_may_be_said_is_kept_in_one_form(kind, given, kept):
    assert read_voice(Asked(kind, **THREE), given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "key"),
    [
        (Kind.SINGLE, [], "empty"),
        (Kind.SINGLE, [1, 2], "too_many"),
        (Kind.SINGLE, [4], "not_proposed"),
        (Kind.SINGLE, [0], "not_proposed"),
        (Kind.SINGLE, [True], "not_proposed"),
        (Kind.SINGLE, ["1"], "not_proposed"),
        (Kind.MULTIPLE, [1, 2, 3], "too_many"),
        (Kind.MULTIPLE, [1, 1], "twice"),
        (Kind.RANKING, [2, 2], "twice"),
        (Kind.SCALE, [3], "not_proposed"),
        (Kind.CONSENT, [4], "not_proposed"),
        (Kind.WORDS, [" "], "empty"),
        (Kind.WORDS, [3], "empty"),
        (Kind.WORDS, ["x" * 41], "too_long"),
        (Kind.WORDS, ["Bus", "bus"], "twice"),
    ],
)
def test_what_may_not_be_said_is_refused_with_its_key(kind, given, key):
    with pytest.raises(VoiceRefused) as refused:
        read_voice(Asked(kind, **THREE), given)
    assert refused.value.key == key
