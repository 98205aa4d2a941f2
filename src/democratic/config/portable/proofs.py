"""An authority's entries as the former installation's journal held them: each under its last signed head.

Their positions there are not contiguous, as other authorities speak in the same journal; so each travels with its
inclusion proof (RFC 9162). A leaf does not hold its position: the same entry has the same hash in the next journal.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from civics.ledger.canonical import canonical_json
from civics.ledger.heads import PublicKey, SignedHead, verify_head
from civics.ledger.leaf import leaf_bytes
from civics.ledger.proofs import inclusion_nodes, inclusion_proof, verify_inclusion
from civics.ledger.tree import leaf_hash
from democratic.thread.journal.heads import stored_nodes
from democratic.thread.journal.leaves import LEAF_COLUMNS, LEAF_TABLES, read_leaf
from democratic.thread.models import Authority

CHUNK = 200
_PLACES = f"""
select po.position, {LEAF_COLUMNS} from {LEAF_TABLES}
join thread_position po on po.entry_id = e.id
where e.authority_id = %s and po.position > %s and po.position < %s order by po.position limit {CHUNK}
"""  # noqa: S608 -- constants of ours


class Proved(NamedTuple):
    entry: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class NotProved(Exception):
    """The line, and why its entry is not in the journal that the head states."""

    line: int
    reason: str


def proof_lines(authority: Authority, size: int) -> Iterator[bytes]:
    last = -1
    while places := _places(authority, last, size):
        recipes = [
            node for position, _ in places for each in inclusion_nodes(position, size) for node in each
        ]
        nodes = stored_nodes(sorted(set(recipes)))
        for position, leaf in places:
            path = inclusion_proof(position, size, lambda _wanted, nodes=nodes: nodes)  # type: ignore[misc]
            fields = {
                "entry": str(leaf.entry_id),
                "leaf": json.loads(leaf.bytes),
                "path": [each.hex() for each in path],
                "position": position,
            }
            yield canonical_json(fields) + b"\n"
        last = places[-1][0]


def _places(authority: Authority, after: int, size: int) -> list[tuple[int, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [authority.pk, after, size])
        return [(row[0], read_leaf(row[1:])) for row in cursor.fetchall()]


def check_proofs(lines: Iterator[bytes], signed: SignedHead, key: PublicKey) -> Iterator[Proved]:
    """Each entry, once it is known to be under the head. NotProved."""
    if not verify_head(signed, key):
        raise NotProved(0, "the head is not signed with this key")
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
            digest = leaf_hash(leaf_bytes(fields["leaf"]))
            path = [bytes.fromhex(each) for each in fields["path"]]
            entry, position = str(fields["entry"]), int(fields["position"])
        except (ValueError, KeyError, TypeError) as fault:
            raise NotProved(number, str(fault)) from fault
        if not verify_inclusion(digest, position, signed.head.size, path, signed.head.root):
            raise NotProved(number, "its proof does not lead to the head")
        yield Proved(entry, digest)
