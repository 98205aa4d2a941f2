"""A browser that subscribed to notifications, and the service that rings it, written from RFC 8030, 8291 and 8292."""

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def written(raw):
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(words):
    return urlsafe_b64decode(words + "=" * (-len(words) % 4))


class Browser:
    """What a browser draws when somebody subscribes, and what it does of what comes."""

    def __init__(self, endpoint):
        self.private, self.secret = ec.generate_private_key(CURVE), b"s" * 16
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": written(point), "auth": written(self.secret)}
        self.subscription = json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def opens(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret))


def push_service(asked, provider):
    """RFC 8030: POST, a TTL, 201 and where the message is; RFC 8292: who signs; RFC 8291: at most 4,096 bytes."""
    scheme, _, rest = asked.headers.get("authorization", "").partition(" ")
    given = dict(each.strip().split("=", 1) for each in rest.split(","))
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, read(given["k"]))
    claims = jwt.decode(given["t"], key, algorithms=["ES256"], audience=provider.url)
    if scheme != "vapid" or not claims["sub"].startswith(("mailto:", "https:")):
        return 401, b""
    if not time.time() < claims["exp"] <= time.time() + 86_400:
        return 401, b""
    if (
        asked.method != "POST"
        or not asked.headers.get("ttl", "").isdecimal()
        or len(asked.headers["topic"]) > 32
    ):
        return 400, b""
    if asked.headers["content-encoding"] != "aes128gcm" or len(asked.body) > 4096:
        return 413, b""
    provider.kept["sent"].append(asked)
    return 201, b""
