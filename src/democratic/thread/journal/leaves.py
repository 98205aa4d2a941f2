"""An Entry as the bytes that the tree hashes: the sequencer, the proofs and the export read it here alone."""

import json
from typing import Any, NamedTuple
from uuid import UUID

from civics.ledger.leaf import leaf_bytes

# Only facts that never change: the code of a Record and the slug of an Authority are given once.
LEAF_COLUMNS = (
    "e.id, e.version, a.slug, e.kind, r.code, p.code, e.origin, e.day, e.data::text, e.commitments::text"
)
LEAF_TABLES = """
thread_entry e join thread_authority a on a.id = e.authority_id
left join thread_record r on r.id = e.record_id left join thread_record p on p.id = e.process_id
"""


class Leaf(NamedTuple):
    entry_id: UUID
    bytes: bytes


def read_leaf(row: tuple[Any, ...]) -> Leaf:
    """From LEAF_COLUMNS. ValueError: the Entry holds what no leaf can (see `civics.ledger.leaf`)."""
    entry_id, version, authority, kind, record, process, origin, day, data, commitments = row
    fields = {
        "v": version,
        "authority": authority,
        "kind": kind,
        "record": record,
        "process": process,
        "origin": origin,
        "day": day.isoformat(),
        "data": json.loads(data),
        "commitments": json.loads(commitments),
    }
    return Leaf(entry_id, leaf_bytes(fields))
