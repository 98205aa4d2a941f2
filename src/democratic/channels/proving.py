"""What is alike in connectors whose provider calls us: know it first, then read what it published that it says."""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Any, ClassVar

from democratic.messaging.ports import Hook, Unreadable


class Called:
    """Until a connector says otherwise: no server of its provider's own was met here, and it expects no words back."""

    is_real: ClassVar = False
    is_pulled: ClassVar = False

    def reply(self, hook: Hook) -> tuple[str, str]:  # noqa: ARG002  the port's own shape
        return "application/json", "{}"


def is_same(given: str, expected: str) -> bool:
    """In constant time. Never when nothing is expected: a channel without its secret opens to nobody."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def hmac_sha256(key: bytes, words: bytes) -> bytes:
    return hmac.new(key, words, sha256).digest()


def object_in(hook: Hook) -> dict[str, Any]:
    try:
        read = json.loads(hook.body)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("no JSON") from fault
    if not isinstance(read, dict):
        raise Unreadable("no object")
    return read


@contextmanager
def as_published() -> Iterator[None]:
    """What is not where the provider says that it is makes the whole unreadable. Its place is told, never its words."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise Unreadable(f"no {fault}" if isinstance(fault, KeyError) else type(fault).__name__) from fault


@contextmanager
def passing_over() -> Iterator[None]:
    """Of what we ask for: one that is not as published is left out, or it would be asked for again for ever."""
    with suppress(Unreadable), as_published():
        yield
