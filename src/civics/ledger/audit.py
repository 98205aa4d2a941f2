"""The whole journal recomputed from its published files, in one pass and in little memory.

Lines are given as a binary file yields them, line feeds included. Position by position, each entry is
hashed, its openings are checked against its commitments, and each head is compared with the root of
the tree as it then stands: heads go on by epoch and size, each once, and the last one covers all.
Files that were all cut at one same earlier head are a sound, older journal: only a head kept elsewhere
tells (`Report.size` and `Report.root` are what to compare). So for a head that was left out between two
others: heads do not name one another, and what it covered is covered by the next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from civics.ledger.heads import PublicKey, SignedHead, verify_head
from civics.ledger.lines import (
    ENTRIES,
    HEADS,
    OPENINGS,
    EntryLine,
    OpeningLine,
    read_entry_line,
    read_opening_line,
    without_line_feed,
)
from civics.ledger.openings import COMMITMENT_BYTES, verify_opening
from civics.ledger.scalars import read_hex
from civics.ledger.tree import Frontier

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class WrongLine:
    """`line` is physical, from 1; `last_line` is another when hashes cannot tell which one of a range."""

    file: str
    line: int
    last_line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was recomputed, up to the first wrong line if there is one: sound only when there is none."""

    size: int
    root: bytes
    openings: int
    heads: int
    wrong: WrongLine | None

    @property
    def is_sound(self) -> bool:
        return self.wrong is None


def audit_lines(
    entries: Iterable[bytes], openings: Iterable[bytes], heads: Iterable[bytes], public_key: PublicKey
) -> Report:
    audit = _Audit(public_key)
    wrong = None
    try:
        audit.run(entries, openings, heads)
    except _Found as found:
        wrong = found.wrong
    return Report(audit.frontier.size, audit.frontier.root, audit.openings, audit.heads, wrong)


class _Found(Exception):
    def __init__(self, file: str, line: int, reason: str, *, last_line: int | None = None) -> None:
        super().__init__(reason)
        self.wrong = WrongLine(file, line, last_line or line, reason)


class _Reader(Generic[Line]):
    """One file with its next line always in hand, read and numbered; `current` is None at the end."""

    def __init__(self, file: str, lines: Iterable[bytes], read: Callable[[bytes], Line]) -> None:
        self._file, self._lines, self._read = file, iter(lines), read
        self.number = 0
        self.current: Line | None = None
        self.advance()

    def advance(self) -> None:
        self.number += 1
        line = next(self._lines, None)
        try:
            self.current = None if line is None else self._read(line)
        except ValueError as refusal:
            raise self.found(str(refusal)) from refusal

    def found(self, reason: str) -> _Found:
        return _Found(self._file, self.number, reason)


class _Audit:
    def __init__(self, public_key: PublicKey) -> None:
        self._public_key = public_key
        self._last_opening = (-1, "")
        self._last_head: SignedHead | None = None
        self.frontier = Frontier()
        self.openings = 0
        self.heads = 0

    def run(self, entries: Iterable[bytes], openings: Iterable[bytes], heads: Iterable[bytes]) -> None:
        read_head = partial(_read_head_line, public_key=self._public_key)
        head_lines = _Reader(HEADS, heads, read_head)
        opening_lines = _Reader(OPENINGS, openings, read_opening_line)
        entry_lines = _Reader(ENTRIES, entries, read_entry_line)
        self._check_heads(head_lines)
        while entry := entry_lines.current:
            if entry.position != self.frontier.size:
                raise entry_lines.found(f"The position should be {self.frontier.size}.")
            self._check_openings(opening_lines, entry)
            self.frontier, _ = self.frontier.extend([entry.hash])
            self._check_heads(head_lines)
            entry_lines.advance()
        self._check_ends(head_lines, opening_lines)

    def _check_openings(self, lines: _Reader[OpeningLine], entry: EntryLine) -> None:
        while (opening := lines.current) and opening.position <= entry.position:
            if (opening.position, opening.part) <= self._last_opening:
                raise lines.found("Openings go by position, then by part, each once.")
            if opening.part not in entry.leaf["commitments"]:
                raise lines.found(f"Entry {entry.position} has no part {opening.part!r} to open.")
            commitment = read_hex(entry.leaf["commitments"][opening.part], COMMITMENT_BYTES)
            if not verify_opening(commitment, opening.salt, opening.value):
                raise lines.found(f"These are not the words that entry {entry.position} committed to.")
            self._last_opening = (opening.position, opening.part)
            self.openings += 1
            lines.advance()

    def _check_heads(self, lines: _Reader[SignedHead]) -> None:
        while (signed := lines.current) and signed.head.size <= self.frontier.size:
            if signed.head.size < self.frontier.size:
                raise lines.found("This head is smaller than the one before it.")
            if self._last_head and signed.head.epoch < self._last_head.head.epoch:
                raise lines.found("This head is of an earlier epoch than the one before it.")
            if signed.head.root != self.frontier.root:
                raise self._root_mismatch(lines)
            if self._last_head and _stands(signed) == _stands(self._last_head):
                raise lines.found("This head is signed once more: each epoch and size has one head.")
            self._last_head = signed
            self.heads += 1
            lines.advance()

    def _root_mismatch(self, lines: _Reader[SignedHead]) -> _Found:
        """The head is truly signed, and the one before it agreed: what changed lies between them."""
        size, agreed = self.frontier.size, self._agreed_size
        if size == agreed:
            return lines.found(f"Another root is signed for the same {size} entries.")
        return _Found(
            ENTRIES,
            agreed + 1,
            f"One of these lines was changed together with its hash: the head signed in line {lines.number} "
            f"of {HEADS} is the first that does not agree with them.",
            last_line=size,
        )

    @property
    def _agreed_size(self) -> int:
        return self._last_head.head.size if self._last_head else 0

    def _check_ends(self, heads: _Reader[SignedHead], openings: _Reader[OpeningLine]) -> None:
        size = self.frontier.size
        if signed := heads.current:
            reason = f"The line is missing: line {heads.number} of {HEADS} signs {signed.head.size} entries."
            raise _Found(ENTRIES, size + 1, reason, last_line=signed.head.size)
        if self._last_head is None:
            raise heads.found("There is no signed head: nothing says what the journal was.")
        if self._agreed_size < size:
            raise _Found(ENTRIES, self._agreed_size + 1, "No head signs these lines.", last_line=size)
        if opening := openings.current:
            raise openings.found(f"There is no entry {opening.position} to open.")


def _stands(signed: SignedHead) -> tuple[int, int]:
    return signed.head.epoch, signed.head.size


def _read_head_line(line: bytes, *, public_key: PublicKey) -> SignedHead:
    signed = SignedHead.from_json(without_line_feed(line))
    if not verify_head(signed, public_key):
        raise ValueError("The signature is not that of the published key over this head.")
    return signed
