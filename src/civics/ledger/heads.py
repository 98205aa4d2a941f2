"""Signed tree heads: what the journal was, stated by who keeps it, so that it cannot be denied later.

The signed bytes are plain canonical JSON and say what they are (`kind`), so that no other text signed
with the same key can pass for a head.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from civics.ledger.canonical import canonical_json, read_canonical
from civics.ledger.scalars import is_count, is_day, is_name, read_hex
from civics.ledger.tree import HASH_BYTES

PublicKey: TypeAlias = Ed25519PublicKey
PrivateKey: TypeAlias = Ed25519PrivateKey

HEAD_KIND = "tree_head"
HEAD_VERSION = 1
SIGNATURE_BYTES = 64
KEY_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Head:
    """`signed_on` is a day: a finer time beside a size would date people's acts to the minute."""

    origin: str
    epoch: int
    size: int
    root: bytes
    signed_on: str

    def __post_init__(self) -> None:
        if not is_name(self.origin):
            raise ValueError("The head's origin must be the name of the journal.")
        if not (is_count(self.epoch) and is_count(self.size)):
            raise ValueError("The head's epoch and size must be whole numbers from 0.")
        if len(self.root) != HASH_BYTES:
            raise ValueError(f"The head's root must have {HASH_BYTES} bytes.")
        if not is_day(self.signed_on):
            raise ValueError("The head's signed_on must be a day as YYYY-MM-DD.")

    def to_json(self) -> bytes:
        """The bytes that are signed."""
        return canonical_json(self.as_fields())

    def as_fields(self) -> dict[str, object]:
        return {
            "kind": HEAD_KIND,
            "v": HEAD_VERSION,
            "origin": self.origin,
            "epoch": self.epoch,
            "size": self.size,
            "root": self.root.hex(),
            "signed_on": self.signed_on,
        }


@dataclass(frozen=True, slots=True)
class SignedHead:
    head: Head
    key: str
    signature: bytes

    def to_json(self) -> bytes:
        return canonical_json(
            {"head": self.head.as_fields(), "key": self.key, "signature": self.signature.hex()}
        )

    @classmethod
    def from_json(cls, raw: bytes) -> "SignedHead":
        """ValueError for anything that `to_json` would not write, byte for byte."""
        match read_canonical(raw):
            case {"head": dict(fields), "key": str(key), "signature": str(signature)}:
                read = cls(_read_head(fields), key, read_hex(signature, SIGNATURE_BYTES))
                if read.to_json() == raw:
                    return read
        raise ValueError("This is not a signed head: its keys are head, key and signature.")


def sign_head(head: Head, private_key: PrivateKey) -> SignedHead:
    return SignedHead(head, key_id(private_key.public_key()), private_key.sign(head.to_json()))


def verify_head(signed: SignedHead, public_key: PublicKey) -> bool:
    if signed.key != key_id(public_key):
        return False
    try:
        public_key.verify(signed.signature, signed.head.to_json())
    except InvalidSignature:
        return False
    return True


def key_id(public_key: PublicKey) -> str:
    """Tells keys apart for a reader; it proves nothing, only the signature does."""
    return sha256(public_key.public_bytes_raw()).digest()[:KEY_ID_BYTES].hex()


def read_public_key(raw: bytes) -> PublicKey:
    """From the 32 bytes that an authority publishes."""
    return Ed25519PublicKey.from_public_bytes(raw)


def _read_head(fields: dict[str, Any]) -> Head:
    if fields.get("kind") != HEAD_KIND or fields.get("v") != HEAD_VERSION:
        raise ValueError(f"This is not a {HEAD_KIND} of version {HEAD_VERSION}.")
    try:
        return Head(
            origin=fields["origin"],
            epoch=fields["epoch"],
            size=fields["size"],
            root=read_hex(fields["root"], HASH_BYTES),
            signed_on=fields["signed_on"],
        )
    except KeyError as missing:
        raise ValueError(f"The head lacks {missing.args[0]}.") from missing
