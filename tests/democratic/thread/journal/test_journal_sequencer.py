import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from civics.ledger.tree import leaf_hash
from democratic.thread.events import SUPPORTS_COUNTED
from democratic.thread.journal import CHANNEL, hold_sequencer_lock, sequence_once, sequencer
from democratic.thread.journal.heads import HeadDamaged, read_head, root_at
from democratic.thread.journal.leaves import LEAF_COLUMNS, LEAF_TABLES, read_leaf
from democratic.thread.journal.sequencer import SEQUENCER_LOCK
from democratic.thread.models import Entry, Head, PendingEntry, Position, TreeNode

JOIN_SECONDS = 60


def _close_after(work):
    """Threads have connections of their own, which nobody else closes."""

    def run(*args):
        try:
            return work(*args)
        finally:
            connection.close()

    return run


def _leaves_of_entries() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {LEAF_COLUMNS} from {LEAF_TABLES} join thread_position po on po.entry_id = e.id"
            " order by po.position"
        )
        return [leaf_hash(read_leaf(row).bytes) for row in cursor.fetchall()]


def test_waiting_entries_get_contiguous_positions_in_the_order_of_their_ids(town, root_of_leaves):
    for _ in range(5):
        town.say()
    assert (sequence_once(3), sequence_once(3), sequence_once(3)) == (3, 2, 0)
    assert root_of_leaves() == read_head().root
    entries = list(Position.objects.order_by("position").values_list("entry_id", flat=True))
    assert entries == sorted(Entry.objects.values_list("pk", flat=True))
    assert not PendingEntry.objects.exists()


def test_leaf_hashes_are_those_of_the_entries(town):
    idea = town.say()
    town.comment(idea, 1)
    town.sequence()
    stored = [
        bytes(each) for each in Position.objects.order_by("position").values_list("leaf_hash", flat=True)
    ]
    assert stored == _leaves_of_entries()


@pytest.mark.parametrize("batch", [1, 2, 7, 100])
def test_the_tree_does_not_depend_on_the_size_of_batches(town, root_of_leaves, batch):
    for _ in range(9):
        town.say()
    town.sequence(batch)
    assert root_of_leaves() == read_head().root == root_at(9)
    assert TreeNode.objects.count() == 9 + 4 + 2 + 1


def test_a_head_that_a_flush_took_is_made_again(town, root_of_leaves):
    Head.objects.all().delete()
    town.say()
    assert sequence_once() == 1
    assert root_of_leaves() == read_head().root


def test_concurrent_writers_lose_and_double_nothing(live_town, root_of_leaves):
    idea = live_town.say()
    writers, each_writes = 6, 8
    written = threading.Event()

    @_close_after
    def write(_):
        for _ in range(each_writes):
            live_town.comment(idea)

    @_close_after
    def sequence():
        positioned = 0
        while True:
            is_last = written.is_set()
            positioned += sequence_once(5)
            if is_last and not PendingEntry.objects.exists():
                return positioned

    with ThreadPoolExecutor(writers + 1) as pool:
        sequencing = pool.submit(sequence)
        list(pool.map(write, range(writers), timeout=JOIN_SECONDS))
        written.set()
        assert sequencing.result(timeout=JOIN_SECONDS) == writers * each_writes + 1
    assert root_of_leaves() == read_head().root
    assert Position.objects.count() == Entry.objects.count() == writers * each_writes + 1


def test_two_sequencers_never_give_an_entry_two_positions(live_town, root_of_leaves):
    for _ in range(40):
        live_town.say()
    start = threading.Barrier(2)

    @_close_after
    def sequence(_):
        start.wait(JOIN_SECONDS)
        return [sequence_once(3) for _ in range(20)]

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(sequence, range(2), timeout=JOIN_SECONDS))
    assert sum(map(sum, done)) == 40
    assert root_of_leaves() == read_head().root


@pytest.mark.parametrize("step", ["_write_positions", "_write_nodes", "swap_head"])
def test_a_crash_between_two_steps_leaves_nothing_half_done(town, monkeypatch, root_of_leaves, step):
    town.say()
    town.sequence()
    before = read_head()
    town.say()

    def crash(*_):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(sequencer, step, crash)
        with pytest.raises(RuntimeError):
            sequence_once()
    assert read_head() == before
    assert (Position.objects.count(), TreeNode.objects.count(), PendingEntry.objects.count()) == (1, 1, 1)
    assert sequence_once() == 1
    assert root_of_leaves() == read_head().root


def test_only_one_session_holds_the_sequencer_s_lock(live_town):
    assert hold_sequencer_lock()
    with ThreadPoolExecutor(1) as pool:
        assert not pool.submit(_close_after(hold_sequencer_lock)).result(JOIN_SECONDS)
    connection.close()  # as a kill -9 does
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_close_after(_hold_once_the_other_is_gone)).result(JOIN_SECONDS)


def _hold_once_the_other_is_gone():
    """A server under load may notice a moment later that a session has ended."""
    with connection.cursor() as cursor:
        cursor.execute(f"set statement_timeout = '30s'; select pg_advisory_lock({SEQUENCER_LOCK})")
        cursor.execute("select pg_advisory_unlock(%s)", [SEQUENCER_LOCK])
    return hold_sequencer_lock()


def test_an_entry_that_no_leaf_can_hold_waits_without_keeping_the_others(town, caplog, monkeypatch):
    # An action refuses it; an older version, or a hand in the database, might not have.
    monkeypatch.setattr("democratic.thread.actions.entries.canonical_json", lambda _value: b"")
    idea = town.say()
    town.tell(SUPPORTS_COUNTED, idea, total=2**60)
    town.say()
    assert sequence_once() == 2
    assert sequence_once() == 0
    assert PendingEntry.objects.get().entry.kind == SUPPORTS_COUNTED.kind
    assert caplog.text.count("cannot be given a position") == 1


def test_each_batch_is_notified_once_when_it_is_committed(live_town):
    live_town.say()
    live_town.say()
    with connection.cursor() as cursor:
        cursor.execute(f"listen {CHANNEL}")
    sequence_once(1)
    sequence_once(1)
    sequence_once(1)
    heard = list(connection.connection.notifies(timeout=0))
    assert [notice.payload for notice in heard] == ["1", "2"]


@pytest.mark.parametrize("change", [{"size": 2}, {"root": b"\x00" * 32}, {"frontier": []}])
def test_a_head_that_does_not_hold_together_is_refused(town, change):
    town.say()
    town.sequence()
    Head.objects.update(**change)
    town.say()
    with pytest.raises(HeadDamaged):
        sequence_once()


@pytest.mark.parametrize(
    "statement",
    [
        "update thread_entry set kind = 'autre'",
        "delete from thread_entry",
        "update thread_position set position = position + 1",
        "delete from thread_position",
        "update thread_signedhead set size = 0",
        "delete from thread_signedhead",
    ],
)
def test_sql_cannot_change_what_was_published(town, statement):
    town.say()
    town.seal()
    refused = pytest.raises(DatabaseError, match="insert-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_sql_cannot_rewrite_an_opening(town):
    town.say()
    refused = pytest.raises(DatabaseError, match="never rewritten")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("""update thread_opening set value = '"autre chose"'""")
