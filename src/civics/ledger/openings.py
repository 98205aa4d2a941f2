"""Salted commitments: the journal hashes these instead of words, so that the words can be erased.

A commitment is SHA-256(0x02 || salt || canonical JSON of the value). The first byte keeps it apart
from the tree's own hashes, which begin with 0x00 (leaf) and 0x01 (node). Without the 16 random
bytes of the salt, nobody can find a short text again by trying.
"""

from hashlib import sha256

from civics.ledger.canonical import NotCanonical, canonical_json

COMMITMENT_PREFIX = b"\x02"
COMMITMENT_BYTES = 32
SALT_BYTES = 16


def commit(salt: bytes, value: object) -> bytes:
    if len(salt) != SALT_BYTES:
        raise ValueError(f"The salt has {len(salt)} bytes: give {SALT_BYTES} random ones.")
    return sha256(COMMITMENT_PREFIX + salt + canonical_json(value)).digest()


def verify_opening(commitment: bytes, salt: bytes, value: object) -> bool:
    """False, never an exception, for a salt or a value that no commitment can have."""
    try:
        return len(salt) == SALT_BYTES and commit(salt, value) == commitment
    except NotCanonical:
        return False
