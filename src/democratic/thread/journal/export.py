"""The public journal as files that anyone can check, in the format of `civics.ledger.lines`.

Entries are only ever added: a second export to the same folder goes on where the first one ended. Openings
are written anew each time, so that erased words leave the folder with the next export.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from civics.ledger.canonical import canonical_json
from civics.ledger.heads import PublicKey, key_id
from civics.ledger.heads import SignedHead as PublishedHead
from civics.ledger.lines import ENTRIES, HEADS, OPENINGS, entry_line, opening_line
from civics.ledger.readme import README, README_NAME
from civics.ledger.tree import leaf_hash
from democratic.thread.journal.leaves import LEAF_COLUMNS, LEAF_TABLES, read_leaf
from democratic.thread.models import Position, SignedHead, Visibility

KEY = "key.json"
CHUNK = 2000
TAIL_BYTES = 1 << 16

_ENTRIES = f"""
select po.position, po.leaf_hash, {LEAF_COLUMNS} from {LEAF_TABLES}
join thread_position po on po.entry_id = e.id
where po.position >= %s and po.position < %s order by po.position
"""  # noqa: S608 -- constants of ours
# Only what is still shown: words hidden or withdrawn stay closed, as if erased.
_OPENINGS = """
select po.position, o.part, o.salt, o.value::text
from thread_position po
join thread_entry e on e.id = po.entry_id
join thread_opening o on o.entry_id = e.id
left join thread_record r on r.id = e.record_id
left join thread_audience a on a.id = r.audience_id
where po.position >= %s and po.position < %s
  and (e.record_id is null or (r.visibility = %s and a.is_public))
order by po.position, o.part collate "C"
"""


class NothingSigned(Exception):
    """No head is signed with the present key: there is nothing that a reader could check."""


@dataclass(frozen=True, slots=True)
class Exported:
    """``written``: the Entries that this export added to those already in the folder."""

    size: int
    written: int
    openings: int
    heads: int


def export_journal(directory: Path, public_key: PublicKey) -> Exported:
    """All that the last head signed with this key covers. NothingSigned; OSError."""
    size = exportable_size(public_key)
    directory.mkdir(parents=True, exist_ok=True)
    start = _resume(directory / ENTRIES, size)
    with (directory / ENTRIES).open("ab") as file:
        file.writelines(entry_lines(start, size))
        _keep(file)
    openings = _replace(directory / OPENINGS, opening_lines(size))
    heads = _replace(directory / HEADS, head_lines(public_key))
    _replace(directory / KEY, [key_document(public_key)])
    _replace(directory / README_NAME, [README.encode()])
    return Exported(size, size - start, openings, heads)


def exportable_size(public_key: PublicKey) -> int:
    """How many Entries the last head signed with this key covers. NothingSigned."""
    for body in SignedHead.objects.order_by("-size", "-epoch").values_list("body", flat=True).iterator():
        signed = PublishedHead.from_json(body.encode())
        if signed.key == key_id(public_key):
            return signed.head.size
    raise NothingSigned("Aucune tête du journal n'est signée avec la clé actuelle : lancez le séquenceur.")


def entry_lines(start: int, stop: int) -> Iterator[bytes]:
    for rows in _chunks(_ENTRIES, start, stop):
        for position, stored, *columns in rows:
            leaf = read_leaf(tuple(columns)).bytes
            is_whole = leaf_hash(leaf) == bytes(stored)
            yield entry_line(position, leaf) if is_whole else _damaged(position, leaf, bytes(stored))


def _damaged(position: int, leaf: bytes, stored: bytes) -> bytes:
    """An Entry changed behind our back, beside the hash that it had: the audit then names this very line."""
    return canonical_json({"hash": stored.hex(), "leaf": json.loads(leaf), "position": position}) + b"\n"


def opening_lines(stop: int) -> Iterator[bytes]:
    for rows in _chunks(_OPENINGS, 0, stop, Visibility.PUBLIC.value):
        for position, part, salt, value in rows:
            yield opening_line(position, part, bytes(salt), json.loads(value))


def head_lines(public_key: PublicKey) -> Iterator[bytes]:
    """Those of the present key: they cover all that the former ones did."""
    known = key_id(public_key)
    for body in SignedHead.objects.order_by("size", "epoch").values_list("body", flat=True).iterator():
        if PublishedHead.from_json(body.encode()).key == known:
            yield body.encode() + b"\n"


def key_document(public_key: PublicKey) -> bytes:
    fields = {
        "algorithm": "Ed25519",
        "key": key_id(public_key),
        "public_key": public_key.public_bytes_raw().hex(),
    }
    return canonical_json(fields) + b"\n"


def _chunks(query: str, start: int, stop: int, *more: Any) -> Iterator[list[tuple[Any, ...]]]:
    for first in range(start, stop, CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(query, [first, min(first + CHUNK, stop), *more])
            rows = cursor.fetchall()
        yield rows


def _resume(path: Path, size: int) -> int:
    """How many Entries the file holds already; what an interrupted export left half-written is cut off."""
    with suppress(FileNotFoundError):
        with path.open("rb+") as file:
            end, last = _last_whole_line(file)
            held = _held(last)
            if held is not None and held <= size:
                file.truncate(end)
                return held
        path.unlink()
    return 0


def _last_whole_line(file: Any) -> tuple[int, bytes]:
    """Where it ends, and the line; the tail is longer than any line that we write but a monstrous one."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - TAIL_BYTES))
    tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1]
    return length - len(tail) + len(whole), whole[whole.rfind(b"\n", 0, -1) + 1 :]


def _held(last_line: bytes) -> int | None:
    """None when the line is not the one that our journal has at its position."""
    try:
        line = json.loads(last_line)
        position, stated = line["position"], bytes.fromhex(line["hash"])
    except (ValueError, KeyError, TypeError):
        return None
    stored = Position.objects.filter(position=position).values_list("leaf_hash", flat=True).first()
    return position + 1 if stored is not None and bytes(stored) == stated else None


def _replace(path: Path, lines: Iterable[bytes]) -> int:
    """Whole or not at all; how many lines."""
    count = 0
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as file:
        for line in lines:
            file.write(line)
            count += 1
        _keep(file)
    aside.replace(path)
    return count


def _keep(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())
