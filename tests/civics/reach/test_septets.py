"""What a text message is billed for, against the tables of 3GPP TS 23.038 and the parts of TS 23.040."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.reach.sms import GSM, in_gsm, length_of, thrifty


@pytest.mark.parametrize(
    ("text", "units", "parts", "is_gsm"),
    [
        ("", 0, 1, True),
        ("a" * 160, 160, 1, True),
        ("a" * 161, 161, 2, True),
        ("a" * 306, 306, 2, True),
        ("a" * 307, 307, 3, True),
        ("€" * 80, 160, 1, True),  # each costs an escape
        ("€" * 81, 162, 2, True),
        ("é" * 160, 160, 1, True),
        ("ê" * 70, 70, 1, False),
        ("ê" + "a" * 70, 71, 2, False),
        ("🙂" * 35, 70, 1, False),  # two units of 16 bits each
        ("م" * 71, 71, 2, False),
    ],
)
def test_a_message_is_counted_as_it_is_billed(text, units, parts, is_gsm):
    found = length_of(text)
    assert (found.units, found.parts, found.is_gsm) == (units, parts, is_gsm)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Forêt, ça, où", "Foret, ca, où"),
        ("« Qu’en dites-vous\u00a0? » Cœur…", '" Qu\'en dites-vous ? " Coeur...'),
        ("«\u00a0Oui\u00a0»", '"Oui"'),
        ("مساء", "مساء"),
    ],
)
def test_french_is_written_with_the_signs_that_cost_least(written, sent):
    assert in_gsm(written) == sent


@given(st.text(alphabet=st.characters(codec="latin-1", categories=("L", "P", "N", "Zs"))))
def test_what_was_folded_is_folded_for_good(text):
    once = in_gsm(text)
    assert in_gsm(once) == once


@given(st.text(alphabet="".join(sorted(GSM - {"\n"}))))
def test_what_is_of_the_alphabet_already_stays_as_it_is(text):
    assert in_gsm(text) == text


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Où dort-on ? À l’hôtel", "Où dort-on ? À l’hôtel"),  # one message either way
        ("L’hôtel" + "a" * 70, "L'hotel" + "a" * 70),
        ("L’hôtel 🙂" + "a" * 70, "L’hôtel 🙂" + "a" * 70),  # two either way
    ],
)
def test_signs_are_folded_where_it_saves_a_message_alone(written, sent):
    assert thrifty(written) == sent
