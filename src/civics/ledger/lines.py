"""The published files, line by line: each is canonical JSON (RFC 8785) and ends with a line feed.

entries.jsonl    {"hash":"<64 hex>","leaf":{...},"position":0}     every entry, from position 0
openings.jsonl   {"part":"title","position":0,"salt":"<32 hex>","value":...}
                 by position, then part in code points; an erased opening is absent
heads.jsonl      {"head":{...},"key":"...","signature":"<128 hex>"} oldest first

An entry carries its own leaf hash, so that a changed leaf is found on its very line, and not only
somewhere under a root that no longer agrees.
"""

from dataclasses import dataclass
from typing import Any

from civics.ledger.canonical import canonical_json, read_canonical
from civics.ledger.leaf import check_leaf, is_object
from civics.ledger.openings import SALT_BYTES
from civics.ledger.scalars import is_count, is_name, read_hex
from civics.ledger.tree import HASH_BYTES, leaf_hash

ENTRIES = "entries.jsonl"
OPENINGS = "openings.jsonl"
HEADS = "heads.jsonl"

LINE_FEED = b"\n"


@dataclass(frozen=True, slots=True)
class EntryLine:
    position: int
    leaf: dict[str, Any]
    hash: bytes


@dataclass(frozen=True, slots=True)
class OpeningLine:
    position: int
    part: str
    salt: bytes
    value: Any


def entry_line(position: int, leaf: bytes) -> bytes:
    """`leaf` goes in as it was hashed: it is canonical already (see `leaf.leaf_bytes`)."""
    return b'{"hash":"%s","leaf":%s,"position":%d}\n' % (leaf_hash(leaf).hex().encode(), leaf, position)


def opening_line(position: int, part: str, salt: bytes, value: object) -> bytes:
    fields = {"part": part, "position": position, "salt": salt.hex(), "value": value}
    return canonical_json(fields) + LINE_FEED


def without_line_feed(line: bytes) -> bytes:
    if not line.endswith(LINE_FEED):
        raise ValueError("The line is cut: it does not end with a line feed.")
    return line.removesuffix(LINE_FEED)


def read_entry_line(line: bytes) -> EntryLine:
    """ValueError says why the line cannot be one, a hash that is not its leaf's included."""
    fields = _read_fields(line, "hash", "leaf", "position")
    leaf, stated = fields["leaf"], read_hex(fields["hash"], HASH_BYTES)
    if not is_object(leaf):
        raise ValueError("The leaf is not an object.")
    if leaf_hash(_leaf_within(line)) != stated:
        raise ValueError("The leaf does not have the hash that stands beside it.")
    check_leaf(leaf)
    return EntryLine(_read_position(fields), leaf, stated)


def read_opening_line(line: bytes) -> OpeningLine:
    fields = _read_fields(line, "part", "position", "salt", "value")
    if not is_name(fields["part"]):
        raise ValueError("The part is not a text.")
    salt = read_hex(fields["salt"], SALT_BYTES)
    return OpeningLine(_read_position(fields), fields["part"], salt, fields["value"])


def _leaf_within(line: bytes) -> bytes:
    """The leaf's own bytes: in canonical form the hash stands before it, and the position after."""
    start = line.index(b'"leaf":') + len(b'"leaf":')
    return line[start : line.rindex(b',"position":')]


def _read_fields(line: bytes, *expected: str) -> dict[str, Any]:
    fields = read_canonical(without_line_feed(line))
    if not is_object(fields) or set(fields) != set(expected):
        raise ValueError(f"The line's keys are not {', '.join(expected)}.")
    return fields


def _read_position(fields: dict[str, Any]) -> int:
    position = fields["position"]
    if not is_count(position):
        raise ValueError("The position is not a whole number from 0.")
    return int(position)
