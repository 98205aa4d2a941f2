"""Secrets of this installation: made once, one file each in var/secrets (folder 0700, files 0600)."""

import os
import re
import secrets as randomness
from collections.abc import Callable
from pathlib import Path
from typing import Any

from democratic.config.places import places

SIGNING_KEY, PUSH_KEY = "signing-key.pem", "push-key.pem"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.pem)?")


def secret(name: str, nbytes: int = 32) -> str:
    """The secret of that name, made of ``nbytes`` random bytes the first time it is asked for."""
    return _read_or_make(name, lambda: randomness.token_urlsafe(nbytes))


def signing_key() -> str:
    """The Ed25519 private key that signs the journal's heads, in PEM (PKCS#8)."""
    return _read_or_make(SIGNING_KEY, _new_signing_key)


def public_signing_key() -> str:
    """The public half, 32 bytes in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  heavy
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    private = load_pem_private_key(signing_key().encode(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError(f"{SIGNING_KEY} is not an Ed25519 key: put the right one back, or rotate it")
    return private.public_key().public_bytes_raw().hex()


def push_key() -> str:
    """The P-256 private key by which browsers' push services know this installation (RFC 8292), in PEM (PKCS#8)."""
    return _read_or_make(PUSH_KEY, _new_push_key)


def previous(name: str) -> str | None:
    """The value that the last rotation replaced, for what it signed or sealed."""
    try:
        return _path(name).with_name(f"{name}.previous").read_text().strip()
    except FileNotFoundError:
        return None


def rotate(name: str, nbytes: int = 32) -> str:
    """A new value from now on; the old one is kept as ``NAME.previous``."""
    path = _path(name)
    value = _MAKERS[name]() if name in _MAKERS else randomness.token_urlsafe(nbytes)
    made = _written_aside(path, value)
    if path.exists():
        # A second name first, a rename after: at every moment both names hold a whole value.
        kept = path.with_name(f"{name}.{os.getpid()}.kept")
        kept.hardlink_to(path)
        kept.replace(path.with_name(f"{name}.previous"))
    made.replace(path)
    return value


def _read_or_make(name: str, make: Callable[[], str]) -> str:
    path = _path(name)
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        made = _written_aside(path, make())
    try:
        # A link fails where a rename would replace: of two makers, both read the first one's value.
        path.hardlink_to(made)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_text().strip()


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError(f"not a secret's name: {name!r}")
    return places().secrets / name


def _written_aside(path: Path, value: str) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{randomness.token_hex(8)}.new")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    return aside


def _new_signing_key() -> str:
    # Loaded here: every start reads secrets, only the first one makes a key.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return _pem(Ed25519PrivateKey.generate())


def _new_push_key() -> str:
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415  likewise

    return _pem(ec.generate_private_key(ec.SECP256R1()))


def _pem(key: Any) -> str:
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415  likewise
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    private: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private.decode().strip()


_MAKERS = {SIGNING_KEY: _new_signing_key, PUSH_KEY: _new_push_key}
