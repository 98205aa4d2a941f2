from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import caches

from democratic.thread.journal import Signer, sequence_once, sign_now

SEALED_AT = datetime(2026, 3, 1, 10, 15, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(b"\x0b" * 32)


@pytest.fixture
def seal(settings, tmp_path) -> Callable[[], int]:
    """Number and sign all that waits, as the sequencer does; the size. Pages drawn before are forgotten."""
    settings.VAR = tmp_path / "var"
    settings.JOURNAL_PUBLIC_KEY = KEY.public_key().public_bytes_raw().hex()

    def run() -> int:
        while sequence_once(2000):
            pass
        caches["fragments"].clear()
        head = sign_now(Signer("journal.example", KEY), SEALED_AT)
        return head.head.size

    return run
