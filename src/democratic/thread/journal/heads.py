"""The one row on which the sequencer compares and swaps, and the nodes stored under it."""

from dataclasses import dataclass

from django.db import connection

from civics.ledger.tree import EMPTY_ROOT, Frontier, Position, frontier_nodes
from democratic.thread.models import Head


class HeadDamaged(Exception):
    """The stored head does not hold together: the database must be restored."""


@dataclass(frozen=True, slots=True)
class StoredHead:
    epoch: int
    frontier: Frontier

    @property
    def size(self) -> int:
        return self.frontier.size

    @property
    def root(self) -> bytes:
        return self.frontier.root

    @property
    def nodes(self) -> dict[Position, bytes]:
        return dict(zip(frontier_nodes(self.size), self.frontier.hashes, strict=True))


def ensure_head() -> None:
    Head.objects.bulk_create([Head(root=EMPTY_ROOT)], ignore_conflicts=True)


def read_head() -> StoredHead:
    row = Head.objects.first()
    return StoredHead(1, Frontier()) if row is None else _stored(row)


def lock_head() -> StoredHead:
    """Until the end of the caller's transaction, nobody else moves the head. HeadDamaged."""
    row = Head.objects.select_for_update().first()
    if row is None:
        ensure_head()
        row = Head.objects.select_for_update().get()
    head = _stored(row)
    if stored_nodes(frontier_nodes(head.size)) != head.nodes:
        raise HeadDamaged("The head is not that of the nodes stored under it.")
    return head


def swap_head(old: StoredHead, new: StoredHead) -> None:
    """HeadDamaged: it is no longer the one that was read, though we hold its lock."""
    swapped = Head.objects.filter(epoch=old.epoch, size=old.size, root=old.root).update(
        epoch=new.epoch,
        size=new.size,
        root=new.root,
        frontier=[each.hex() for each in new.frontier.hashes],
    )
    if swapped != 1:
        raise HeadDamaged("The head moved under its lock: another program writes to it.")


def _stored(row: Head) -> StoredHead:
    try:
        head = StoredHead(row.epoch, Frontier(row.size, tuple(bytes.fromhex(each) for each in row.frontier)))
    except ValueError as refusal:
        raise HeadDamaged(str(refusal)) from refusal
    if head.root != bytes(row.root):
        raise HeadDamaged("The head's root is not that of its own frontier.")
    return head


_NODES = """
select level, index, hash from thread_treenode
join unnest(%s::smallint[], %s::bigint[]) as wanted(level, index) using (level, index)
"""


def stored_nodes(positions: list[Position]) -> dict[Position, bytes]:
    """A `civics.ledger.tree.Lookup`: one question, for O(log size) nodes."""
    levels, indexes = [level for level, _ in positions], [index for _, index in positions]
    with connection.cursor() as cursor:
        cursor.execute(_NODES, [levels, indexes])
        return {(level, index): bytes(node) for level, index, node in cursor.fetchall()}


def root_at(size: int) -> bytes:
    """The root that the tree had. ValueError: it has not had that many leaves yet."""
    return Frontier.stored(size, stored_nodes).root
