import json
import os
import struct
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from democratic.kernel.push_key import private_key, public_key

CURVE = ec.SECP256R1()
HALF_A_DAY = 43_200  # seconds; a service refuses more than a day
SECRET = 16  # bytes that a browser draws
RECORD = 4096  # bytes, the only record's: what a service must take
LAST = b"\x02"  # what pads the last record of a message


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser is reached, its public key (an uncompressed point of P-256) and the secret that it shares."""

    endpoint: str
    key: bytes
    secret: bytes

    @classmethod
    def read(cls, written: str) -> Self:
        """ValueError for what no browser gives."""
        try:
            said = json.loads(written)
            read = cls(str(said["endpoint"]), _bytes(said["keys"]["p256dh"]), _bytes(said["keys"]["auth"]))
        except (KeyError, TypeError, AttributeError) as fault:
            raise ValueError(f"no {fault}") from fault
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, read.key)
        if len(read.secret) != SECRET:
            raise ValueError("a secret of another length")
        return read


def sealed(words: bytes, to: Subscription) -> bytes:
    """By a key and a salt that serve once."""
    return sealed_by(ec.generate_private_key(CURVE), os.urandom(16), words, to)


def sealed_by(once: ec.EllipticCurvePrivateKey, salt: bytes, words: bytes, to: Subscription) -> bytes:
    """One record of the encoding ``aes128gcm`` (RFC 8188, 2), by the keys of RFC 8291, 3.4."""
    ours = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to.key))
    secret = _drawn(shared, to.secret, b"WebPush: info\0" + to.key + ours, 32)
    key = _drawn(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _drawn(secret, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack("!LB", RECORD, len(ours)) + ours
    return header + AESGCM(key).encrypt(nonce, words + LAST, None)


def _drawn(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def signed_as_us(endpoint: str, contact: str, now: datetime) -> str:
    """For this service alone, and for half a day."""
    place = urlsplit(endpoint)
    until = int(now.timestamp()) + HALF_A_DAY
    claims = {"aud": f"{place.scheme}://{place.netloc}", "exp": until, "sub": contact}
    token = jwt.encode(claims, private_key(), algorithm="ES256")
    return f"vapid t={token}, k={public_key()}"


def _bytes(written: str) -> bytes:
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))
