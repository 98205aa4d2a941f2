from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civics.ledger.canonical import NotCanonical
from civics.ledger.openings import commit, verify_opening
from civics.ledger.tree import leaf_hash, node_hash

steady = settings(deadline=None, derandomize=True, max_examples=40)

SALT = bytes(range(16))


def test_a_commitment_can_be_recomputed_with_the_standard_library_alone():
    assert commit(SALT, {"b": "un bus le soir", "a": 1}) == (
        sha256(b"\x02" + SALT + b'{"a":1,"b":"un bus le soir"}').digest()
    )


@steady
@given(st.binary(min_size=16, max_size=16), st.text(st.characters(exclude_categories=["Cs"])))
def test_an_opening_fits_its_commitment_and_no_other_value_does(salt, text):
    commitment = commit(salt, text)
    assert verify_opening(commitment, salt, text)
    assert not verify_opening(commitment, salt, text + " ")
    assert not verify_opening(commitment, bytes([salt[0] ^ 1]) + salt[1:], text)


def test_the_same_words_under_two_salts_do_not_look_alike():
    assert commit(SALT, "oui") != commit(SALT[::-1], "oui")


def test_a_commitment_is_never_a_hash_of_the_tree():
    """The same 64 bytes, committed to or joined as a node, give different hashes."""
    value = "x" * 46  # with its quotes 48 bytes, after 16 of salt
    joined = SALT + b'"' + value.encode() + b'"'
    assert commit(SALT, value) not in (node_hash(joined[:32], joined[32:]), leaf_hash(joined))


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(17)])
def test_a_salt_of_another_length_is_refused(salt):
    with pytest.raises(ValueError, match="16 random"):
        commit(salt, "oui")
    assert not verify_opening(bytes(32), salt, "oui")


def test_words_that_have_no_canonical_form_are_refused():
    with pytest.raises(NotCanonical):
        commit(SALT, "\ud800")
    assert not verify_opening(bytes(32), SALT, "\ud800")
