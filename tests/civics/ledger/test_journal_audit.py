"""A published journal of 60 entries: sound as it is, wrong at the right line once anything changes."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from civics.ledger.audit import WrongLine, audit_lines
from civics.ledger.canonical import canonical_json
from civics.ledger.heads import Head, sign_head
from civics.ledger.leaf import leaf_bytes
from civics.ledger.lines import ENTRIES, HEADS, OPENINGS, entry_line, opening_line
from civics.ledger.openings import commit
from civics.ledger.tree import leaf_hash, root

SIZE = 60
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
EPOCH_OF_SIZE = {0: 1, 7: 1, 20: 2, 33: 2, 46: 3, SIZE: 3}
FILES = [ENTRIES, OPENINGS, HEADS]


@dataclass(frozen=True)
class Journal:
    entries: list[bytes]
    openings: list[bytes]
    heads: list[bytes]

    def audit(self):
        return audit_lines(self.entries, self.openings, self.heads, KEY.public_key())

    def file(self, name):
        return b"".join(self.lines(name))

    def lines(self, name):
        return {ENTRIES: self.entries, OPENINGS: self.openings, HEADS: self.heads}[name]

    def with_file(self, name, content):
        return replace(self, **{name.removesuffix(".jsonl"): list(BytesIO(content))})

    def with_line(self, name, number, line):
        lines = list(self.lines(name))
        lines[number - 1 : number] = line
        return self.with_file(name, b"".join(lines))


def salt_of(position, part):
    return sha256(f"{position} {part}".encode()).digest()[:16]


def words_of(position):
    """One entry in three says nothing in words, and the others have a title and a text."""
    return {} if position % 3 == 2 else {"title": f"Idée n° {position}", "text": {"fr": f"« {position} »"}}


def leaf_at(position, **changes):
    commitments = {part: commit(salt_of(position, part), said) for part, said in words_of(position).items()}
    fields = {
        "v": 1,
        "authority": "val-d-orbe",
        "kind": "idea_posted",
        "record": f"K7P-{position:03}",
        "process": "mobilite-des-jeunes" if position % 2 else None,
        "origin": "street",
        "day": "2026-05-12",
        "data": {"minutes": position / 8},
        "commitments": {part: commitment.hex() for part, commitment in commitments.items()},
    }
    return leaf_bytes(fields | changes)


def head_line(leaves, size, *, epoch=1, key=KEY):
    made = Head("val-d-orbe.example", epoch, size, root(map(leaf_hash, leaves[:size])), "2026-05-12")
    return sign_head(made, key).to_json() + b"\n"


def journal_of(leaves):
    return Journal(
        [entry_line(position, leaf) for position, leaf in enumerate(leaves)],
        [
            opening_line(position, part, salt_of(position, part), said)
            for position in range(len(leaves))
            for part, said in sorted(words_of(position).items())
        ],
        [head_line(leaves, size, epoch=epoch) for size, epoch in EPOCH_OF_SIZE.items()],
    )


LEAVES = [leaf_at(position) for position in range(SIZE)]
JOURNAL = journal_of(LEAVES)


def wrong_place(journal):
    wrong = journal.audit().wrong
    return wrong and (wrong.file, wrong.line, wrong.last_line)


def check_flipped(name, offset, bit):
    content = bytearray(JOURNAL.file(name))
    line = content.count(b"\n", 0, offset) + 1
    content[offset] ^= bit
    assert wrong_place(JOURNAL.with_file(name, content)) == (name, line, line), (name, offset, bit)


def test_a_journal_as_published_is_sound():
    report = JOURNAL.audit()
    assert report.is_sound
    assert (report.size, report.root) == (SIZE, root(map(leaf_hash, LEAVES)))
    assert (report.openings, report.heads) == (len(JOURNAL.openings), len(JOURNAL.heads)) == (80, 6)


def test_an_entry_line_is_canonical_json_around_the_exact_leaf_bytes():
    line = JOURNAL.entries[3]
    assert LEAVES[3] in line
    assert canonical_json(json.loads(line)) + b"\n" == line


@pytest.mark.parametrize("name", FILES)
def test_each_byte_of_a_line_is_watched(name):
    start = len(JOURNAL.lines(name)[0])
    for offset in range(start, start + len(JOURNAL.lines(name)[1])):
        check_flipped(name, offset, 1 << offset % 8)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_anywhere_is_named_by_file_and_line(name):
    size = len(JOURNAL.file(name))
    for offset in range(0, size, size // 40):
        check_flipped(name, offset, 1 << offset % 8)


@pytest.mark.parametrize("name", FILES)
def test_a_last_line_that_is_cut_is_named(name):
    last = len(JOURNAL.lines(name))
    cut = JOURNAL.with_file(name, JOURNAL.file(name)[:-1])
    assert wrong_place(cut) == (name, last, last)


@pytest.mark.prove
@pytest.mark.parametrize("name", FILES)
def test_every_byte_of_every_file_is_watched(name):
    for offset in range(len(JOURNAL.file(name))):
        check_flipped(name, offset, 0x20 if offset % 2 else 1 << offset % 8)


def test_an_entry_changed_with_its_hash_is_placed_between_two_heads():
    forged = list(LEAVES)
    forged[25] = leaf_at(25, data={"minutes": 99})
    report = replace(journal_of(forged), heads=JOURNAL.heads).audit()
    assert report.wrong == WrongLine(ENTRIES, 21, 33, report.wrong.reason)
    assert "line 4 of heads.jsonl is the first that does not agree" in report.wrong.reason


@pytest.mark.parametrize("number", [1, 30, 59])
def test_a_removed_entry_is_named_where_it_stood(number):
    assert wrong_place(JOURNAL.with_line(ENTRIES, number, [])) == (ENTRIES, number, number)


@pytest.mark.parametrize("number", [1, 30, SIZE])
def test_a_doubled_entry_is_named(number):
    doubled = JOURNAL.with_line(ENTRIES, number, [JOURNAL.entries[number - 1]] * 2)
    assert wrong_place(doubled) == (ENTRIES, number + 1, number + 1)


def test_swapped_entries_are_named():
    swapped = JOURNAL.with_line(ENTRIES, 4, [JOURNAL.entries[4]])
    assert wrong_place(swapped) == (ENTRIES, 4, 4)


def test_an_entry_slipped_in_under_the_right_position_breaks_the_next_signed_root():
    leaves = [*LEAVES[:40], leaf_at(7), *LEAVES[40:]]
    assert wrong_place(replace(journal_of(leaves), heads=JOURNAL.heads, openings=[])) == (ENTRIES, 34, 46)


def test_entries_cut_off_the_end_are_missed():
    assert wrong_place(replace(JOURNAL, entries=JOURNAL.entries[:50])) == (ENTRIES, 51, 60)


def test_entries_that_no_head_signs_are_not_taken_for_proved():
    assert wrong_place(replace(JOURNAL, heads=JOURNAL.heads[:-1])) == (ENTRIES, 47, 60)


def test_all_files_cut_at_an_earlier_head_are_that_older_journal():
    openings = [line for line in JOURNAL.openings if json.loads(line)["position"] < 33]
    report = Journal(JOURNAL.entries[:33], openings, JOURNAL.heads[:4]).audit()
    assert report.is_sound
    assert report.size == 33


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_erased_words_leave_the_journal_sound(kept):
    report = replace(JOURNAL, openings=JOURNAL.openings[kept::3]).audit()
    assert report.is_sound
    assert report.openings == len(JOURNAL.openings[kept::3])


def test_words_put_under_another_entry_are_named():
    line = opening_line(0, "title", salt_of(1, "title"), words_of(1)["title"])
    assert wrong_place(JOURNAL.with_line(OPENINGS, 2, [line])) == (OPENINGS, 2, 2)


def test_an_opening_of_a_part_that_was_never_committed_to_is_named():
    line = opening_line(2, "title", salt_of(2, "title"), "glissé après coup")
    assert wrong_place(JOURNAL.with_line(OPENINGS, 4, [JOURNAL.openings[3], line])) == (OPENINGS, 5, 5)


def test_an_opening_of_an_entry_that_does_not_exist_is_named():
    line = opening_line(SIZE, "title", salt_of(0, "title"), "trop loin")
    added = replace(JOURNAL, openings=[*JOURNAL.openings, line])
    assert wrong_place(added) == (OPENINGS, 81, 81)


def test_doubled_and_disordered_openings_are_named():
    doubled = JOURNAL.with_line(OPENINGS, 3, [JOURNAL.openings[2]] * 2)
    assert wrong_place(doubled) == (OPENINGS, 4, 4)
    late = replace(JOURNAL, openings=[*JOURNAL.openings[1:], JOURNAL.openings[0]])
    assert wrong_place(late) == (OPENINGS, 80, 80)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (canonical_json({"part": 1, "position": 0, "salt": "00" * 16, "value": 1}), "part"),
        (canonical_json({"part": "text", "position": -1, "salt": "00" * 16, "value": 1}), "position"),
        (canonical_json({"part": "text", "position": 0, "salt": "0", "value": 1}), "16 bytes"),
        (canonical_json({"part": "text", "position": 0, "value": 1}), "keys"),
        (b"[]", "keys"),
        (b"", "not JSON"),
    ],
)
def test_a_line_that_is_no_opening_is_named_with_its_reason(line, reason):
    wrong = replace(JOURNAL, openings=[line + b"\n"]).audit().wrong
    assert (wrong.file, wrong.line) == (OPENINGS, 1)
    assert reason in wrong.reason


def line_with(**changes):
    fields = json.loads(JOURNAL.entries[0]) | changes
    return canonical_json(fields) + b"\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (line_with(leaf=[]), "not an object"),
        (line_with(leaf={}), "hash that stands beside it"),
        (line_with(leaf={}, hash=leaf_hash(b"{}").hex()), "lacks"),
        (line_with(position="0"), "position"),
        (line_with(position=1), "should be 0"),
        (line_with(hash=None), "32 bytes"),
        (line_with(more=1), "keys"),
        (JOURNAL.entries[0].replace(b'"hash":', b'"hash": '), "canonical"),
    ],
)
def test_a_line_that_is_no_entry_is_named_with_its_reason(line, reason):
    wrong = JOURNAL.with_line(ENTRIES, 1, [line]).audit().wrong
    assert (wrong.file, wrong.line) == (ENTRIES, 1)
    assert reason in wrong.reason


def test_a_head_signed_with_another_key_is_named():
    stranger = JOURNAL.with_line(HEADS, 3, [head_line(LEAVES, 20, epoch=2, key=OTHER_KEY)])
    assert wrong_place(stranger) == (HEADS, 3, 3)


def test_two_truly_signed_heads_of_one_size_cannot_differ():
    forged = [*LEAVES[:19], leaf_at(0)]
    fork = JOURNAL.with_line(HEADS, 3, [JOURNAL.heads[2], head_line(forged, 20, epoch=2)])
    assert wrong_place(fork) == (HEADS, 4, 4)
    assert "Another root" in fork.audit().wrong.reason


def test_a_head_is_there_once():
    repeated = JOURNAL.with_line(HEADS, 3, [JOURNAL.heads[2]] * 2)
    assert wrong_place(repeated) == (HEADS, 4, 4)
    later = head_line(LEAVES, 20, epoch=2).replace(b"2026-05-12", b"2026-05-13")
    assert wrong_place(JOURNAL.with_line(HEADS, 3, [JOURNAL.heads[2], later])) == (HEADS, 4, 4)


def test_an_epoch_may_begin_at_the_size_where_the_one_before_it_ended():
    assert JOURNAL.with_line(HEADS, 3, [head_line(LEAVES, 20, epoch=1), JOURNAL.heads[2]]).audit().is_sound


def test_swapped_heads_are_named():
    swapped = JOURNAL.with_line(HEADS, 3, [JOURNAL.heads[3], JOURNAL.heads[2]])
    assert wrong_place(swapped)[0] == HEADS


def test_a_head_left_out_between_two_others_cannot_be_known():
    """The next one covers what it covered: only who kept it can tell."""
    assert replace(JOURNAL, heads=[*JOURNAL.heads[:2], *JOURNAL.heads[3:]]).audit().is_sound


def test_heads_that_shrink_or_go_back_an_epoch_are_named():
    shrunk = JOURNAL.with_line(HEADS, 4, [head_line(LEAVES, 12, epoch=2)])
    assert wrong_place(shrunk) == (HEADS, 4, 4)
    older = JOURNAL.with_line(HEADS, 4, [head_line(LEAVES, 33, epoch=1)])
    assert wrong_place(older) == (HEADS, 4, 4)


def test_a_journal_without_heads_is_not_sound():
    assert wrong_place(replace(JOURNAL, heads=[])) == (HEADS, 1, 1)
    assert wrong_place(Journal([], [], [])) == (HEADS, 1, 1)


def test_an_empty_journal_needs_only_its_signed_head():
    assert Journal([], [], [head_line([], 0)]).audit().is_sound


def test_lines_may_come_one_at_a_time():
    """A journal is larger than memory: nothing asks for the length, or twice."""
    report = audit_lines(iter(JOURNAL.entries), iter(JOURNAL.openings), iter(JOURNAL.heads), KEY.public_key())
    assert report.is_sound
