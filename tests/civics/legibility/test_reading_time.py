from civics.legibility.reading import WORDS_A_MINUTE, minutes_to_read, seconds_to_read


def test_reading_time_is_never_told_shorter_than_it_is():
    assert minutes_to_read(["mot " * WORDS_A_MINUTE]) == 1
    assert minutes_to_read(["mot " * WORDS_A_MINUTE, "un"]) == 2
    assert minutes_to_read([]) == 1


def test_seconds_count_every_text():
    assert seconds_to_read(["un deux", "trois"]) == seconds_to_read(["un deux trois"]) == 1
