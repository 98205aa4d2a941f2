import json
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civics.ledger.canonical import NotCanonical, canonical_json, read_canonical

steady = settings(deadline=None, derandomize=True, max_examples=60)

# RFC 8785, appendix B: the bits of a double, and what ECMAScript writes.
APPENDIX_B = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]

LARGEST_INTEGER = 2**53 - 1

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def double(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


@pytest.mark.parametrize(("bits", "written"), APPENDIX_B)
def test_numbers_are_written_as_in_appendix_b_of_the_rfc(bits, written):
    assert canonical_json(double(bits)) == written.encode()


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_numbers_that_json_lacks_are_refused(bits):
    with pytest.raises(NotCanonical, match="write null"):
        canonical_json(double(bits))


def test_the_rfc_sample_gives_the_bytes_of_its_section_3_2_4():
    sample = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical_json(sample) == (
        b'{"literals":[null,true,false],'
        b'"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_utf16_code_units_as_in_section_3_2_3():
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical_json(names)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_control_characters_are_escaped_shortly_and_nothing_else_is():
    assert canonical_json("\x00\b\t\n\f\r\x1f\x7f/\u2028é") == (
        '"\\u0000\\b\\t\\n\\f\\r\\u001f\x7f/\u2028é"'.encode()
    )


@pytest.mark.parametrize("number", [LARGEST_INTEGER, -LARGEST_INTEGER])
def test_the_largest_safe_integers_are_written(number):
    written = canonical_json(number)
    assert written == str(number).encode()
    assert isinstance(read_canonical(written), int)


def test_an_integer_that_a_double_rounds_is_read_as_that_double():
    read = read_canonical(b"9007199254740992")
    assert isinstance(read, float)
    assert read == 2.0**53


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**400])
def test_integers_that_doubles_cannot_tell_apart_are_refused(number):
    with pytest.raises(NotCanonical, match=r"2\*\*53"):
        canonical_json(number)


@pytest.mark.parametrize("value", ["\ud800", ["ok", "\udfff"], {"\udc00": 1}, {"key": "a\ud83d"}])
def test_half_a_surrogate_pair_is_refused(value):
    with pytest.raises(NotCanonical, match="surrogate"):
        canonical_json(value)


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object(), [1j], {1: "a"}, {None: "a"}])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical_json(value)


def test_a_value_that_holds_itself_is_refused():
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(NotCanonical, match="holds itself"):
        canonical_json(loop)


def test_tuples_are_lists():
    assert canonical_json((1, (2,))) == canonical_json([1, [2]]) == b"[1,[2]]"


@steady
@given(values)
def test_what_is_written_reads_back_as_the_same_value_and_bytes(value):
    written = canonical_json(value)
    assert json.loads(written, parse_int=float) == read_canonical(written) == value
    assert canonical_json(read_canonical(written)) == written


@steady
@given(st.dictionaries(texts, st.integers(0, 9), max_size=6))
def test_the_order_in_which_keys_came_does_not_matter(members):
    assert canonical_json(dict(reversed(members.items()))) == canonical_json(members)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b"[1.0]",
        b"1e2",
        b"-0",
        b"9007199254740993",
        b'"\\u0041"',
        b'"\\ud800"',
        b"NaN",
        b"1e400",
        b"[1]\n",
        b"\xef\xbb\xbf1",
        b'"\xff"',
        '"é"'.encode("utf-16"),
        b"",
        b"[" * 100_000,
        b"1" * 5000,
    ],
)
def test_a_second_spelling_is_refused(raw):
    with pytest.raises(NotCanonical):
        read_canonical(raw)
