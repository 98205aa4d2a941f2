import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from democratic.kernel.push_key import private_key, public_key

CURVE = ec.SECP256R1()
HALF_A_DAY = 43_200  # seconds; a service refuses more than a day
SECRET = 16  # bytes that a browser draws


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
    """By a key that serves once."""
    once = ec.generate_private_key(CURVE)
    body: bytes = http_ece.encrypt(words, private_key=once, dh=to.key, auth_secret=to.secret)
    return body


def signed_as_us(endpoint: str, contact: str, now: datetime) -> str:
    """For this service alone, and for half a day."""
    place = urlsplit(endpoint)
    until = int(now.timestamp()) + HALF_A_DAY
    claims = {"aud": f"{place.scheme}://{place.netloc}", "exp": until, "sub": contact}
    token = jwt.encode(claims, private_key(), algorithm="ES256")
    return f"vapid t={token}, k={public_key()}"


def _bytes(written: str) -> bytes:
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))
