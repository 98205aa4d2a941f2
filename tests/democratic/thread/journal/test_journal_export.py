import json
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from civics.ledger.readme import README
from democratic.thread import actions
from democratic.thread.journal import Signer, export, new_epoch, sign_now
from democratic.thread.journal.export import NothingSigned, export_journal
from democratic.thread.models import Record, Visibility


def _lines(directory, name) -> list:
    return [json.loads(line) for line in (directory / name).read_bytes().splitlines()]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "published"


def test_what_is_exported_is_what_the_last_signed_head_covers(town, folder):
    idea = town.say()
    town.comment(idea)
    town.seal()
    town.say()
    town.sequence()
    done = town.export(folder)
    assert (done.size, done.written, done.openings, done.heads) == (2, 2, 4, 1)
    entries = _lines(folder, "entries.jsonl")
    assert [entry["position"] for entry in entries] == [0, 1]
    assert entries[0]["leaf"]["record"] == idea.code
    assert {path.name for path in folder.iterdir()} == {
        "entries.jsonl",
        "openings.jsonl",
        "heads.jsonl",
        "key.json",
        "README.txt",
    }


def test_no_word_and_no_hour_stands_in_the_entries(town, folder):
    town.say("Des vélos à louer.")
    town.seal()
    town.export(folder)
    entries = (folder / "entries.jsonl").read_text()
    assert "vélos" not in entries
    assert "Lina" not in entries
    assert "10:15" not in entries
    assert "vélos" in (folder / "openings.jsonl").read_text()


def test_words_that_are_no_longer_shown_are_not_exported(town, folder):
    hidden, withdrawn, shown = town.say("masqué"), town.say("retiré"), town.say("montré")
    Record.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)
    actions.withdraw_own(record=withdrawn, clock=town.clock)
    town.seal()
    town.export(folder)
    said = {line["value"] for line in _lines(folder, "openings.jsonl") if line["part"] == "text"}
    assert (said, shown.visibility) == ({"montré"}, "public")


def test_words_for_a_closed_audience_are_not_exported(town, folder):
    audience = town.authority.audiences.create(name="Forum des jeunes")
    town.say("entre nous", audience=audience)
    town.seal()
    town.export(folder)
    assert (folder / "openings.jsonl").read_bytes() == b""


def test_words_of_the_installation_itself_are_exported(town, folder):
    new_epoch(reason="La clé a changé.", clock=town.clock)
    town.seal()
    town.export(folder)
    assert [line["value"] for line in _lines(folder, "openings.jsonl")] == ["La clé a changé."]


def test_an_export_goes_on_where_the_last_one_ended(town, folder):
    town.say()
    town.seal()
    town.export(folder)
    first = (folder / "entries.jsonl").read_bytes()
    town.say()
    town.say()
    town.seal()
    done = town.export(folder)
    assert (done.size, done.written) == (3, 2)
    assert (folder / "entries.jsonl").read_bytes().startswith(first)
    assert len(_lines(folder, "entries.jsonl")) == 3


@pytest.mark.parametrize("cut", [1, 20, 400])
def test_an_export_that_was_interrupted_is_taken_up_again(town, folder, cut):
    for _ in range(4):
        town.say()
    town.seal()
    town.export(folder)
    whole = (folder / "entries.jsonl").read_bytes()
    (folder / "entries.jsonl").write_bytes(whole[:-cut])
    assert town.export(folder).written >= 1
    assert (folder / "entries.jsonl").read_bytes() == whole


@pytest.mark.parametrize("found", [b"", b"\n", b"nothing of ours\n", b'{"position":0,"hash":"00"}\n', b"cut"])
def test_a_file_that_is_not_the_beginning_of_this_journal_is_written_anew(town, folder, found):
    town.say()
    town.seal()
    folder.mkdir()
    (folder / "entries.jsonl").write_bytes(found)
    assert town.export(folder).written == 1
    assert len(_lines(folder, "entries.jsonl")) == 1


def test_words_erased_since_leave_the_folder_with_the_next_export(town, folder):
    idea = town.say("à effacer")
    town.say("à garder")
    town.seal()
    town.export(folder)
    actions.erase_words(record=idea, clock=town.clock)
    town.seal()
    town.export(folder)
    words = (folder / "openings.jsonl").read_text()
    assert "à effacer" not in words
    assert "à garder" in words


def test_a_long_journal_is_read_piece_by_piece(town, folder, monkeypatch):
    for _ in range(5):
        town.say()
    town.seal()
    town.export(folder / "at once")
    monkeypatch.setattr(export, "CHUNK", 2)
    town.export(folder / "in pieces")
    for name in ("entries.jsonl", "openings.jsonl"):
        assert (folder / "in pieces" / name).read_bytes() == (folder / "at once" / name).read_bytes()


def test_a_journal_that_nobody_signed_is_not_published(town, folder):
    town.say()
    town.sequence()
    with pytest.raises(NothingSigned):
        town.export(folder)


def test_a_new_key_publishes_the_heads_that_it_signed(town, folder):
    town.say()
    town.seal()
    other = Signer("journal.example", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    with pytest.raises(NothingSigned):
        export_journal(folder, other.public_key)
    town.say()
    town.sequence()
    sign_now(other, town.clock.now())
    assert export_journal(folder, other.public_key).heads == 1


def _verify_as_the_readme_says(folder) -> subprocess.CompletedProcess:
    script = README.split("--- verifier.py ---\n")[1].split("--- fin ---")[0]
    (folder / "verifier.py").write_text(script)
    return subprocess.run(
        [sys.executable, "-I", "verifier.py"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("count", [1, 6])
def test_the_readme_s_twenty_lines_verify_an_export(town, folder, count):
    for number in range(count):
        town.say(f"Idée n° {number} : « à l’école »")
    town.seal()
    town.export(folder)
    done = _verify_as_the_readme_says(folder)
    assert (done.returncode, done.stdout.strip()) == (0, f"{count} faits vérifiés")


CHANGES = [
    ("entries.jsonl", b'"web"', b'"sms"'),
    ("openings.jsonl", b"bus", b"car"),
    ("heads.jsonl", b'root":"', b'root":"0'),
]


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_the_readme_s_twenty_lines_find_a_change(town, folder, name, old, new):
    for _ in range(3):
        town.say()
    town.seal()
    town.export(folder)
    path = folder / name
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    done = _verify_as_the_readme_says(folder)
    assert done.returncode == 1
    assert "AssertionError" in done.stderr
