import dataclasses
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from civics.ledger.canonical import canonical_json
from civics.ledger.heads import Head, SignedHead, key_id, read_public_key, sign_head, verify_head
from civics.ledger.tree import leaf_hash

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
HEAD = Head("val-d-orbe.example", 1, 7, leaf_hash(b"root"), "2026-05-12")

CHANGES = [
    {"origin": "other.example"},
    {"epoch": 2},
    {"size": 8},
    {"root": leaf_hash(b"other")},
    {"signed_on": "2026-05-13"},
]
NOT_HEADS = [
    {"origin": ""},
    {"epoch": -1},
    {"epoch": True},
    {"size": -1},
    {"size": 1.5},
    {"root": b"short"},
    {"signed_on": "2026-05-12T10:00:00Z"},
    {"signed_on": "2026-02-30"},
    {"signed_on": "20260512"},
]


def changed_json(change):
    """A head signed, then its JSON edited by hand and written canonically again."""
    fields = json.loads(sign_head(HEAD, KEY).to_json())
    change(fields)
    return canonical_json(fields)


def test_the_signed_bytes_are_canonical_json_that_says_what_it_is():
    assert json.loads(HEAD.to_json()) == {
        "kind": "tree_head",
        "v": 1,
        "origin": "val-d-orbe.example",
        "epoch": 1,
        "size": 7,
        "root": HEAD.root.hex(),
        "signed_on": "2026-05-12",
    }
    assert HEAD.to_json() == canonical_json(json.loads(HEAD.to_json()))


def test_a_head_is_verified_with_the_key_that_signed_it():
    assert verify_head(sign_head(HEAD, KEY), PUBLIC)


def test_a_head_is_not_verified_with_another_key():
    signed = sign_head(HEAD, KEY)
    assert not verify_head(signed, OTHER)
    assert not verify_head(dataclasses.replace(signed, key=key_id(OTHER)), OTHER)


def test_a_head_that_names_another_key_is_not_verified():
    assert not verify_head(dataclasses.replace(sign_head(HEAD, KEY), key=key_id(OTHER)), PUBLIC)


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_to_a_head_breaks_its_signature(change):
    signed = sign_head(HEAD, KEY)
    assert not verify_head(dataclasses.replace(signed, head=dataclasses.replace(HEAD, **change)), PUBLIC)


def test_a_changed_or_empty_signature_is_not_verified():
    signed = sign_head(HEAD, KEY)
    changed = bytes([signed.signature[0] ^ 1]) + signed.signature[1:]
    assert not verify_head(dataclasses.replace(signed, signature=changed), PUBLIC)
    assert not verify_head(dataclasses.replace(signed, signature=b""), PUBLIC)


def test_a_signed_head_comes_back_from_its_json():
    signed = sign_head(HEAD, KEY)
    assert SignedHead.from_json(signed.to_json()) == signed
    assert verify_head(SignedHead.from_json(signed.to_json()), PUBLIC)


def test_the_public_key_comes_back_from_its_published_bytes():
    assert verify_head(sign_head(HEAD, KEY), read_public_key(PUBLIC.public_bytes_raw()))


def test_keys_are_told_apart_by_their_id():
    assert key_id(PUBLIC) != key_id(OTHER)
    assert key_id(PUBLIC) == key_id(KEY.public_key())


@pytest.mark.parametrize("change", NOT_HEADS)
def test_a_head_that_cannot_be_is_refused(change):
    with pytest.raises(ValueError, match="The head's"):
        dataclasses.replace(HEAD, **change)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda fields: fields.pop("key"), "not a signed head"),
        (lambda fields: fields.update(key=1), "not a signed head"),
        (lambda fields: fields.update(more=1), "not a signed head"),
        (lambda fields: fields.update(head=[]), "not a signed head"),
        (lambda fields: fields.update(signature=fields["signature"].upper()), "lowercase"),
        (lambda fields: fields.update(signature=fields["signature"][2:]), "64 bytes"),
        (lambda fields: fields["head"].update(kind="receipt"), "not a tree_head"),
        (lambda fields: fields["head"].update(v=2), "version 1"),
        (lambda fields: fields["head"].update(v=True), "not a signed head"),
        (lambda fields: fields["head"].update(more=1), "not a signed head"),
        (lambda fields: fields["head"].pop("size"), "lacks size"),
        (lambda fields: fields["head"].update(root=None), "32 bytes"),
        (lambda fields: fields["head"].update(size="7"), "whole numbers"),
    ],
)
def test_json_that_is_no_signed_head_is_refused(change, reason):
    with pytest.raises(ValueError, match=reason):
        SignedHead.from_json(changed_json(change))


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{}"])
def test_bytes_that_are_no_signed_head_are_refused(raw):
    with pytest.raises(ValueError, match="not"):
        SignedHead.from_json(raw)
