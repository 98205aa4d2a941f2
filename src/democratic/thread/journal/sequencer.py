"""The one program that gives Entries their position. It alone notifies, once a batch."""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from civics.ledger.tree import Node, leaf_hash
from democratic.thread.journal.heads import StoredHead, lock_head, swap_head
from democratic.thread.journal.leaves import LEAF_COLUMNS, LEAF_TABLES, Leaf, read_leaf
from democratic.thread.journal.outside import refuse_if_behind

logger = logging.getLogger(__name__)

CHANNEL = "journal"
BATCH = 2000

# Any number of ours: advisory locks are counted apart in each database.
SEQUENCER_LOCK = 0x6A6F75726E616C  # "journal"

_TAKE = f"""
with taken as (
  delete from thread_pendingentry where entry_id in (
    select entry_id from thread_pendingentry order by entry_id limit %s)
  returning entry_id)
select {LEAF_COLUMNS} from {LEAF_TABLES} join taken on taken.entry_id = e.id order by e.id
"""  # noqa: S608 -- constants of ours
_POSITIONS = "copy thread_position (position, entry_id, leaf_hash) from stdin (format binary)"
_NODES = "copy thread_treenode (level, index, hash) from stdin (format binary)"

_told: set[UUID] = set()


def hold_sequencer_lock() -> bool:
    """Held by this database session until it ends: False when another sequencer holds it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [SEQUENCER_LOCK])
        return bool(cursor.fetchone()[0])


def has_pending() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from thread_pendingentry)")
        return bool(cursor.fetchone()[0])


@transaction.atomic
def sequence_once(batch: int = BATCH) -> int:
    """Give up to ``batch`` waiting Entries their positions, in entry order; how many got one.

    All of it or nothing. BehindOutsideHead: the waiting Entries go on waiting.
    """
    head = lock_head()
    refuse_if_behind(head)
    leaves = _take(batch)
    if not leaves:
        return 0
    hashes = [leaf_hash(leaf.bytes) for leaf in leaves]
    frontier, nodes = head.frontier.extend(hashes)
    _write_positions(head.size, leaves, hashes)
    _write_nodes(nodes)
    swap_head(head, StoredHead(head.epoch, frontier))
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, str(frontier.size)])
    return len(leaves)


def _take(batch: int) -> list[Leaf]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [batch])
        rows = cursor.fetchall()
    leaves, unreadable = [], []
    for row in rows:
        try:
            leaves.append(read_leaf(row))
        except ValueError as refusal:
            unreadable.append(row[0])
            _tell_once(row[0], refusal)
    if unreadable:
        _put_back(unreadable)
    return leaves


def _put_back(entries: list[UUID]) -> None:
    """An Entry that no leaf can hold waits for a corrected program; the others do not wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("insert into thread_pendingentry select unnest(%s::uuid[])", [entries])


def _tell_once(entry_id: UUID, refusal: ValueError) -> None:
    if entry_id not in _told:
        _told.add(entry_id)
        logger.error("entry %s cannot be given a position: %s", entry_id, refusal)


def _write_positions(first: int, leaves: Sequence[Leaf], hashes: Sequence[bytes]) -> None:
    rows = (
        (first + place, leaf.entry_id, digest)
        for place, (leaf, digest) in enumerate(zip(leaves, hashes, strict=True))
    )
    _copy(_POSITIONS, ("int8", "uuid", "bytea"), rows)


def _write_nodes(nodes: Sequence[Node]) -> None:
    _copy(_NODES, ("int2", "int8", "bytea"), ((node.level, node.index, node.hash) for node in nodes))


def _copy(statement: str, types: Sequence[str], rows: Any) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
