"""Who we are to the services that ring browsers (RFC 8292): a key of P-256, drawn with the installation's secrets."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings


def private_key() -> ec.EllipticCurvePrivateKey:
    return _read(settings.PUSH_KEY)


def public_key() -> str:
    """An uncompressed point, in base64url without padding: what a page gives the browser that subscribes."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


@lru_cache(maxsize=1)
def _read(pem: str) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("push-key.pem is no key of P-256")
    return key
