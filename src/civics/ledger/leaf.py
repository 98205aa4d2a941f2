"""What a public entry says, as the exact bytes that the tree hashes.

Words and names never stand in a leaf: it holds commitments to them (see `openings`), so that
erasing the words leaves every hash, proof and signature valid.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from civics.ledger.canonical import canonical_json
from civics.ledger.openings import COMMITMENT_BYTES
from civics.ledger.scalars import is_count, is_day, is_hex, is_name


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_name_or_none(value: object) -> bool:
    return value is None or is_name(value)


def _is_version(value: object) -> bool:
    return is_count(value, least=1)


def _is_commitments(value: object) -> bool:
    return is_object(value) and all(
        is_name(part) and is_hex(commitment, COMMITMENT_BYTES) for part, commitment in value.items()
    )


FIELDS: dict[str, tuple[Callable[[object], bool], str]] = {
    "v": (_is_version, "the version of the kind, a whole number from 1"),
    "authority": (is_name, "a text"),
    "kind": (is_name, "a text"),
    "record": (_is_name_or_none, "a text or null"),
    "process": (_is_name_or_none, "a text or null"),
    "origin": (is_name, "a text"),
    "day": (is_day, "a day as YYYY-MM-DD, never a finer time"),
    "data": (is_object, "an object"),
    "commitments": (_is_commitments, "an object of parts, each with 64 lowercase hexadecimal digits"),
}


def leaf_bytes(fields: Mapping[str, object]) -> bytes:
    """Canonical JSON of exactly the keys of FIELDS; ValueError says which one is wrong."""
    check_leaf(fields)
    return canonical_json(dict(fields))


def check_leaf(fields: Mapping[str, object]) -> None:
    if missing := sorted(FIELDS.keys() - fields.keys()):
        raise ValueError(f"The leaf lacks {', '.join(missing)}.")
    if unknown := sorted(fields.keys() - FIELDS.keys()):
        raise ValueError(f"A leaf has no {', '.join(unknown)}: put it in data, or commit to it.")
    for name, (is_right, expected) in FIELDS.items():
        if not is_right(fields[name]):
            raise ValueError(f"The leaf's {name} must be {expected}.")
