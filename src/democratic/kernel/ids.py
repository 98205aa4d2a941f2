"""Identifiers: UUIDv7 for rows, short unambiguous codes for people, secrets for claims."""

import os
import secrets
import threading
import time
import uuid
from datetime import UTC, datetime

# No 0/O, 1/I/L, 5/S, 8/B, U/V, 2/Z: a code is read aloud in the street and typed with cold hands.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
CODE_LENGTH = 6
_SECRET_LENGTH = 15  # 15 signs of 24: 68 bits, and 60 are enough against guessing

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """RFC 9562 version 7, strictly increasing within a process; made here, as PostgreSQL 15 can't."""
    global _last  # noqa: PLW0603  one counter a process, under its lock
    with _lock:
        # 48 bits of milliseconds and 12 of their fraction, as RFC 9562 §6.2 method 3 allows.
        stamp = time.time_ns() * 4096 // 1_000_000
        _last = stamp = max(stamp, _last + 1)
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
    return uuid.UUID(int=value)


def made_at(made: uuid.UUID) -> datetime:
    """When this identifier was made, as version 7 keeps it."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)


def new_code() -> str:
    """A public code such as ``K7P-4RM``: 191 million of them; the caller retries on a collision."""
    signs = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return f"{signs[:3]}-{signs[3:]}"


def read_code(typed: str) -> str | None:
    """The code that someone typed, spaces, case and dash forgiven; None when it can't be one."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != CODE_LENGTH or any(sign not in CODE_ALPHABET for sign in signs):
        return None
    return f"{signs[:3]}-{signs[3:]}"


def new_claim_secret() -> str:
    """A claim secret such as ``7QK3M-…-…``, 68 bits, shown once to the author and stored hashed."""
    signs = "".join(secrets.choice(CODE_ALPHABET) for _ in range(_SECRET_LENGTH))
    return "-".join(signs[i : i + 5] for i in range(0, _SECRET_LENGTH, 5))


def read_claim_secret(typed: str) -> str:
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return "-".join(signs[i : i + 5] for i in range(0, len(signs), 5))
