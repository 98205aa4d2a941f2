"""The SIRET against its own rule, written another way; what is wrong is said of the right part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.siret import LA_POSTE, Fault, fault_of

TRUE = "73282932000074"
DIGITS = st.integers(0, 9)


def luhn(number):
    """As Luhn's own table: from the right, 0 2 4 6 8 1 3 5 7 9 for every second digit."""
    twice = "0246813579"
    return sum(int(twice[int(d)] if at % 2 else d) for at, d in enumerate(reversed(number)))


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (TRUE, None),
        ("35600000000048", None),  # La Poste's seat, by Luhn
        ("35600000009075", None),  # an office: the plain sum is 35
        ("35600000009076", Fault.NIC),
        ("73282932000075", Fault.NIC),
        ("73282932100074", Fault.SIREN),
        ("7328293200007", Fault.LENGTH),
        ("732829320000741", Fault.LENGTH),
        ("7328293200007O", Fault.NOT_DIGITS),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", Fault.NOT_DIGITS),
        ("²3282932000074", Fault.NOT_DIGITS),
        ("", Fault.NOT_DIGITS),
    ],
)
def test_a_siret_checks_itself(number, fault):
    assert fault_of(number) == fault


@given(st.lists(DIGITS, min_size=14, max_size=14).map(lambda digits: "".join(map(str, digits))))
def test_it_is_right_when_both_sums_are(number):
    is_right = luhn(number[:9]) % 10 == 0 and luhn(number) % 10 == 0
    assert number.startswith(LA_POSTE) or (fault_of(number) is None) == is_right


@given(st.integers(0, 13), DIGITS)
def test_one_digit_mistyped_is_always_seen(at, digit):
    wrong = TRUE[:at] + str(digit) + TRUE[at + 1 :]
    if wrong != TRUE:
        assert fault_of(wrong) == (Fault.SIREN if at < 9 else Fault.NIC)


@given(st.integers(0, 99_999))
def test_an_office_of_the_post_is_right_by_either_sum(nic):
    number = f"{LA_POSTE}{nic:05}"
    is_right = luhn(number) % 10 == 0 or sum(map(int, number)) % 5 == 0
    assert (fault_of(number) is None) == is_right
