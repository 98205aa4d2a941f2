import pytest

from democratic.thread.queries.clauses import fill, joined, listed, rows_of
from democratic.thread.queries.words import query_of


def test_parameters_follow_their_pieces_however_often_they_stand():
    said = fill("{b} and {a} and {b}", a=("x = %s", [1]), b=("y in (%s, %s)", [2, 3]))
    assert said == ("y in (%s, %s) and x = %s and y in (%s, %s)", [2, 3, 1, 2, 3])


def test_nothing_joined_is_true_and_nothing_listed_is_null():
    assert joined([]) == ("true", [])
    assert listed([]) == ("null", [])
    assert joined([("a = %s", [1]), ("b or c", [])]) == ("(a = %s) and (b or c)", [1])


@pytest.mark.django_db
def test_rows_come_back_in_order():
    assert rows_of(fill("select {a}, {b}", a=("%s", [1]), b=("%s", ["deux"]))) == [(1, "deux")]


@pytest.mark.parametrize(
    ("words", "both"),
    [
        ("vélo gratuit", ["vélo gratuit", "vélos gratuit"]),
        ("vélos", ["vélos", "vélo"]),
        ("rentrer", ["rentrer"]),
        ('"mon vélo"', ['"mon vélo"']),
        ("bus -vélo", ["bus -vélo"]),
        ("bus or vélo", ["bus or vélo"]),
    ],
)
def test_a_plural_is_asked_for_beside_its_singular_unless_operators_are_used(words, both):
    assert query_of(words)[1] == both
