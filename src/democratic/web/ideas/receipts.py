"""The claim secret on its way to its author: sealed in the address of her confirmation, for a quarter of an hour."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

LIFE_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class OpenedReceipt:
    """``secret`` is empty once its time is over: it is never shown twice to who comes later."""

    code: str
    secret: str


def _seal() -> Fernet:
    """A key of its own, made of the installation's: what opens receipts opens nothing else."""
    digest = hashlib.blake2b(
        b"democratic.receipt", key=hashlib.sha512(settings.SECRET_KEY.encode()).digest(), digest_size=32
    )
    return Fernet(base64.urlsafe_b64encode(digest.digest()))


def seal_receipt(code: str, secret: str, *, now: datetime) -> str:
    said = json.dumps([code, secret]).encode()
    return _seal().encrypt_at_time(said, int(now.timestamp())).decode()


def open_receipt(code: str, token: str, *, now: datetime) -> OpenedReceipt | None:
    """None when it was not sealed here, or for another code."""
    seal, moment = _seal(), int(now.timestamp())
    try:
        sealed_at = seal.extract_timestamp(token)
        sealed_code, secret = json.loads(seal.decrypt(token))
    except (InvalidToken, ValueError):
        return None
    if sealed_code != code:
        return None
    is_fresh = 0 <= moment - sealed_at <= LIFE_SECONDS
    return OpenedReceipt(code, secret if is_fresh else "")
