"""A published folder tampered with in many places, always the same ones: each is told, by file and line."""

import re
from collections.abc import Iterator
from hashlib import sha256

import pytest

from democratic.config.commands import audit

FILES = ("entries.jsonl", "openings.jsonl", "heads.jsonl", "key.json", "README.txt")
TOLD = re.compile(r"✗ (\S+), lignes? (\d+)")
TIMES = 60


def pick(*seed: object, below: int) -> int:
    """Any number, and the same one each time."""
    return int.from_bytes(sha256(repr(seed).encode()).digest()[:8]) % below


def flipped(name: str, whole: bytes) -> Iterator[bytes]:
    for nth in range(TIMES):
        changed = bytearray(whole)
        changed[pick("place", name, nth, below=len(whole))] ^= 1 + pick("byte", name, nth, below=255)
        yield bytes(changed)


def cut(name: str, whole: bytes) -> Iterator[bytes]:
    for nth in range(TIMES):
        yield whole[: pick("cut", name, nth, below=len(whole))]


def repeated(_name: str, whole: bytes) -> Iterator[bytes]:
    lines = whole.splitlines(keepends=True)
    for at, line in enumerate(lines):
        yield b"".join([*lines[:at], line, *lines[at:]])


def dropped(_name: str, whole: bytes) -> Iterator[bytes]:
    lines = whole.splitlines(keepends=True)
    for at in range(len(lines)):
        yield b"".join([*lines[:at], *lines[at + 1 :]])


def swapped(name: str, whole: bytes) -> Iterator[bytes]:
    lines = whole.splitlines(keepends=True)
    for first in range(len(lines) - 1):
        moved = list(lines)
        second = first + 1 + pick("swap", name, first, below=len(lines) - first - 1)
        moved[first], moved[second] = moved[second], moved[first]
        yield b"".join(moved)


def is_legitimate(name: str, whole: bytes, changed: bytes) -> bool:
    """Words that were erased; a head that nobody kept, between two others or before them."""
    lines, left = whole.splitlines(keepends=True), changed.splitlines(keepends=True)
    is_some = len(left) < len(lines) and [line for line in lines if line in left] == left
    return is_some and (name == "openings.jsonl" or (name == "heads.jsonl" and left[-1:] == lines[-1:]))


@pytest.mark.parametrize("tamper", [flipped, cut, repeated, dropped, swapped])
@pytest.mark.parametrize("name", FILES)
def test_what_is_tampered_with_is_told_by_file_and_line(folder, capsys, name, tamper):
    path = folder / name
    whole, untold = path.read_bytes(), []
    for changed in tamper(name, whole):
        if changed == whole:
            continue  # two lines alike
        path.write_bytes(changed)
        code, told = audit.main([str(folder)]), TOLD.search(capsys.readouterr().out)
        if is_legitimate(name, whole, changed):
            assert code == 0
        elif code != 1 or told is None or told[1] not in FILES:
            untold.append((code, changed))
    assert untold == []
