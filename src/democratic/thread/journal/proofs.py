"""Proofs for a reader who holds a signed head: this Entry is in it; that older head is its beginning."""

from dataclasses import dataclass

from django.db import connection

from civics.ledger.heads import SignedHead as PublishedHead
from civics.ledger.proofs import consistency_proof, inclusion_nodes, inclusion_proof
from civics.ledger.tree import Position
from democratic.thread.journal.heads import stored_nodes
from democratic.thread.journal.leaves import LEAF_COLUMNS, LEAF_TABLES, read_leaf
from democratic.thread.models import Record, SignedHead

_PLACES = f"""
select po.position, {LEAF_COLUMNS} from {LEAF_TABLES}
join thread_position po on po.entry_id = e.id
where e.record_id = %s and po.position < %s order by po.position
"""  # noqa: S608 -- constants of ours


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """What `civics.ledger.proofs.verify_inclusion` asks for, but for the root, which the head states."""

    position: int
    leaf: bytes
    size: int
    path: list[bytes]


def latest_signed_head() -> PublishedHead | None:
    row = SignedHead.objects.order_by("-epoch", "-size").first()
    return PublishedHead.from_json(row.body.encode()) if row else None


def proofs_of(record: Record, size: int) -> list[InclusionProof]:
    """One for each of the record's Entries among the first ``size`` of the journal."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [record.pk, size])
        places = [(row[0], read_leaf(row[1:]).bytes) for row in cursor.fetchall()]
    nodes = stored_nodes(_nodes_for([position for position, _ in places], size))
    return [
        InclusionProof(position, leaf, size, inclusion_proof(position, size, lambda _wanted: nodes))
        for position, leaf in places
    ]


def consistency_between(old_size: int, new_size: int) -> list[bytes]:
    """ValueError: the journal has not had these sizes, or not in this order."""
    return consistency_proof(old_size, new_size, stored_nodes)


def _nodes_for(positions: list[int], size: int) -> list[Position]:
    """Those of all the proofs together: one question to the database."""
    return sorted(
        {node for position in positions for each in inclusion_nodes(position, size) for node in each}
    )
