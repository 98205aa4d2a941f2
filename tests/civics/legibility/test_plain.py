from hypothesis import given
from hypothesis import strategies as st

from civics.legibility.plain import plainness


def test_words_and_sentences_of_a_plain_text_are_counted():
    found = plainness("Dites ce qui vous manque. Une phrase suffit !\nL’arrêt ferme à 18 h.")
    assert (found.words, found.sentences) == (5 + 3 + 6, 3)


def test_an_empty_text_has_no_sentence_and_is_plain():
    assert plainness(" …  ").mean == 0
    assert plainness("").is_plain


def test_a_number_with_a_point_and_an_initial_end_no_sentence():
    assert plainness("M. Aubrier paie 3.50 euros.").sentences == 1


def test_a_long_sentence_is_not_plain():
    assert plainness("mot " * 13 + ".").is_plain
    assert not plainness("mot " * 14 + ".").is_plain


def test_a_text_of_more_than_120_words_is_not_short():
    assert plainness("Un mot. " * 60).is_short
    assert not plainness("Un mot. " * 60 + "Encore.").is_short


@given(st.lists(st.text(alphabet="abcdé", min_size=2, max_size=6), min_size=1, max_size=40))
def test_the_order_of_sentences_never_changes_the_mean(words):
    sentences = [f"{word} {word}." for word in words]
    assert plainness(" ".join(sentences)) == plainness(" ".join(reversed(sentences)))
