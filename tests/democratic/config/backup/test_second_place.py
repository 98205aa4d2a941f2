"""The second place: what follows into it, what leaves it, and what a restore takes from it."""

import json

import pytest
from django.db import transaction

from democratic.config.backup import following, replay
from democratic.config.backup.following import FolderFollower, Follower
from democratic.config.backup.place import SecondPlace, base_name, forget_old_bases, second_place, segments
from democratic.config.commands import archiver, restore
from democratic.config.places import Places
from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.erasures import keep_erasures_outside, read_register
from democratic.kernel.models import Erasure
from democratic.thread.actions import erase_words
from democratic.thread.models import Record


@pytest.fixture
def second(tmp_path):
    return SecondPlace(tmp_path / "second").prepare()


def segment(number):
    return f"0000000100000000{number:08X}"


class Server:
    """Stands for the server's answers about its log: how far it is, and whether the receiver has come so far."""

    def __init__(self, *, has_arrived):
        self.has_arrived = has_arrived

    def execute(self, question, _values=()):
        self.answer = (self.has_arrived,) if "pg_stat_replication" in question else ("0/1000",)
        return self

    def fetchone(self):
        return self.answer


def test_only_the_last_two_bases_stay_with_the_log_that_they_need(second):
    for number in range(1, 10):
        (second.wal / segment(number)).touch()
    (second.wal / f"{segment(10)}.partial").touch()
    for day, number in ((1, 2), (2, 5), (3, 8)):
        (second.bases / base_name(f"2026-03-0{day}T04:00:00Z", segment(number))).touch()
    assert forget_old_bases(second) == 5
    assert [path.name.split(".")[1] for path in sorted(second.bases.iterdir())] == [segment(5), segment(8)]
    assert [path.name[:24] for path in segments(second)] == [segment(n) for n in range(5, 11)]


def test_one_base_takes_nothing_away_but_the_log_before_it(second):
    for number in (1, 2, 3):
        (second.wal / segment(number)).touch()
    (second.bases / base_name("2026-03-01T04:00:00Z", segment(2))).touch()
    assert forget_old_bases(second) == 1
    assert forget_old_bases(second) == 0


def test_files_follow_once_and_leave_with_the_original(tmp_path, second):
    place = Places(tmp_path / "var")
    follower = FolderFollower(place, second)
    original = place.files / "ab" / ("ab" * 32)
    original.parent.mkdir(parents=True)
    original.write_bytes(b"a photo")
    follower.go_round()
    copy = second.files / "ab" / original.name
    assert copy.read_bytes() == b"a photo"
    original.unlink()
    follower.go_round()
    assert not copy.exists()


def test_a_head_is_copied_only_once_the_log_behind_it_has_arrived(tmp_path, second):
    place = Places(tmp_path / "var").prepare()
    follower = Follower(place, second, "", FolderFollower(place, second))
    server = Server(has_arrived=False)
    place.head.write_bytes(b"a head")
    for _ in range(3):
        follower._follow_head(server)
    assert not second.head.exists()
    server.has_arrived = True
    follower._follow_head(server)
    assert second.head.read_bytes() == b"a head"


def test_a_copy_that_stops_halfway_leaves_the_one_before(tmp_path, monkeypatch):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    monkeypatch.setattr(following.shutil, "copyfileobj", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        following.copy_whole(source, target)
    assert target.read_bytes() == b"old"


def test_the_parts_of_a_base_are_read_as_one_file(tmp_path):
    parts = [
        ("about.json", b"x"),
        ("database/000000", b"abc"),
        ("database/000001", b"defg"),
        ("files/00", b"y"),
    ]
    opened = []
    for name, content in parts:
        path = tmp_path / name.replace("/", "-")
        path.write_bytes(content)
        opened.append((name, path.open("rb")))
    whole = replay._Parts(iter(opened))
    assert [whole.read(2), whole.read(4), whole.read()] == [b"ab", b"cdef", b"g"]
    for _name, file in opened:
        file.close()


def test_without_a_second_place_nothing_is_followed_and_it_says_so(monkeypatch, capsys):
    monkeypatch.delenv("DEMOCRATIC_ARCHIVE", raising=False)
    assert second_place() is None
    with pytest.raises(CannotStart, match="DEMOCRATIC_ARCHIVE"):
        archiver.main([])


def test_a_moment_goes_with_a_base_alone(installation, tmp_path, monkeypatch):
    made = installation.back_up(tmp_path / "kept")
    words = [
        str(made.path),
        "--into",
        str(tmp_path / "new"),
        "--passphrase-file",
        str(installation.passphrase_file),
    ]
    monkeypatch.setenv("DEMOCRATIC_VAR", str(tmp_path / "new"))
    with pytest.raises(CannotStart, match="vont avec une base"):
        restore.main([*words, "--until", "2026-03-01 10:00+01"])


# The register that follows.


def test_an_erasure_is_in_the_register_once_and_without_a_word(territory, settings):
    territory.say("Mon adresse est 3 rue du Lac.")
    record = Record.objects.filter(kind="idea").latest("pk")
    erase_words(record=record, clock=DATABASE_CLOCK)
    assert keep_erasures_outside() == 1
    assert keep_erasures_outside() == 0
    path = settings.VAR / "erasures.jsonl"
    assert list(read_register(path)) == [("words", record.pk)]
    assert "Lac" not in path.read_text()
    assert json.loads(path.read_text()).keys() == {"kind", "target"}


def test_half_a_line_left_by_a_power_cut_is_written_again(territory, settings):
    path = settings.VAR / "erasures.jsonl"
    path.write_text('{"kind": "words", "target": "01a2')
    territory.say("Un mot.")
    record = Record.objects.filter(kind="idea").latest("pk")
    erase_words(record=record, clock=DATABASE_CLOCK)
    keep_erasures_outside()
    assert list(read_register(path)) == [("words", record.pk)]


def test_what_is_undone_is_not_in_the_register(territory):
    territory.say("Un mot.")
    record = Record.objects.filter(kind="idea").latest("pk")
    with transaction.atomic():
        erase_words(record=record, clock=DATABASE_CLOCK)
        transaction.set_rollback(True)
    assert Erasure.objects.count() == 0
