"""A stream sealed with a passphrase: scrypt, then ChaCha20-Poly1305 in pieces of one mebibyte.

Each piece is sealed under its number and a mark of the last one (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015): a piece that is missing, moved or changed, and an end that is not the end, are refused.
"""

import hmac
import os
from dataclasses import dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"democraTIC sealed 1\n"
PIECE, TAG = 1 << 20, 16
COST, COSTLIEST = 17, 20  # powers of two: 128 MiB of memory to try one passphrase; more than a GiB is refused
SALT, CHECK = 16, 16
HEADER = len(MAGIC) + 1 + SALT + CHECK


class NotSealed(Exception):
    """Not a stream of ours."""


class WrongPassphrase(Exception):
    """It is one of ours, and another passphrase sealed it."""


class SealBroken(Exception):
    """A piece is not the one that was sealed. At the end of the stream, its end may be what is missing."""

    def __init__(self, piece: int, *, is_at_end: bool) -> None:
        super().__init__(piece)
        self.piece, self.is_at_end = piece, is_at_end


@dataclass(frozen=True, slots=True)
class _Key:
    """The stream's key with the header that it stands for, which every piece vouches for."""

    cipher: ChaCha20Poly1305
    header: bytes

    @classmethod
    def made(cls, passphrase: bytes, cost: int) -> "_Key":
        salt = os.urandom(SALT)
        key, check = _derive(passphrase, salt, cost)
        return cls(ChaCha20Poly1305(key), MAGIC + bytes([cost]) + salt + check)

    @classmethod
    def read(cls, passphrase: bytes, source: IO[bytes]) -> "_Key":
        header = source.read(HEADER)
        if len(header) != HEADER or not header.startswith(MAGIC) or header[len(MAGIC)] > COSTLIEST:
            raise NotSealed
        cost, salt, check = header[len(MAGIC)], header[len(MAGIC) + 1 : -CHECK], header[-CHECK:]
        key, found = _derive(passphrase, salt, cost)
        if not hmac.compare_digest(check, found):
            raise WrongPassphrase
        return cls(ChaCha20Poly1305(key), header)


def _derive(passphrase: bytes, salt: bytes, cost: int) -> tuple[bytes, bytes]:
    """The key, and the half by which a wrong passphrase is told from an altered piece."""
    both = Scrypt(salt=salt, length=32 + CHECK, n=1 << cost, r=8, p=1).derive(passphrase)
    return both[:32], both[32:]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


class SealedWriter:
    """A file to write to: what is written is on ``target`` sealed. ``close`` seals the end, and not ``target``."""

    def __init__(self, target: IO[bytes], passphrase: bytes, *, cost: int = COST) -> None:
        self._key = _Key.made(passphrase, cost)
        self._target, self._waiting, self._number = target, bytearray(), 0
        target.write(self._key.header)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:  # a full piece waits: it may be the last
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Nothing is sealed before its piece is full."""

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._target.write(self._key.cipher.encrypt(nonce, piece, self._key.header))
        self._number += 1


class SealedReader:
    """A file to read from. NotSealed, WrongPassphrase at once; SealBroken where it is reached."""

    def __init__(self, source: IO[bytes], passphrase: bytes) -> None:
        self._key = _Key.read(passphrase, source)
        self._source, self._number = source, 0
        self._ahead = source.read(PIECE + TAG)
        self._open, self._is_over = bytearray(), False

    def read(self, size: int = -1) -> bytes:
        while not self._is_over and (size < 0 or len(self._open) < size):
            self._open += self._next()
        taken = bytes(self._open if size < 0 else self._open[:size])
        del self._open[: len(taken)]
        return taken

    def _next(self) -> bytes:
        sealed, self._ahead = self._ahead, self._source.read(PIECE + TAG)
        self._is_over = not self._ahead
        nonce = _nonce(self._number, is_last=self._is_over)
        try:
            piece = self._key.cipher.decrypt(nonce, sealed, self._key.header)
        except InvalidTag:
            raise SealBroken(self._number, is_at_end=self._is_over) from None
        self._number += 1
        return piece
