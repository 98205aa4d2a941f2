import http.server
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civics.ledger.canonical import canonical_json, read_canonical
from civics.ledger.lines import entry_line
from democratic.config.commands import audit, published
from democratic.config.server.errors import CannotStart
from democratic.thread import actions
from democratic.thread.events import SUPPORTS_COUNTED
from democratic.thread.journal import coalesce_marks, new_epoch
from verifying import verified

FILES = ("entries.jsonl", "openings.jsonl", "heads.jsonl", "key.json", "README.txt")


def _audit(source, capsys, *options) -> tuple[int, str]:
    code = audit.main([str(source), *options])
    return code, capsys.readouterr().out


def test_a_sound_journal_is_told_in_a_few_lines(folder, capsys):
    code, said = _audit(folder, capsys)
    assert code == 0
    assert "entier : 8 faits, 3 têtes signées" in said
    assert "12 vérifiées, 3 effacées ou retirées" in said


def test_an_erasure_leaves_the_audit_sound(town, folder, tmp_path, capsys):
    actions.erase_words(record=town.say("Autre adresse."), clock=town.clock)
    town.seal()
    town.export(folder)
    code, said = _audit(folder, capsys)
    assert (code, "6 effacées" in said) == (0, True)


def test_counts_are_added_up_again_with_those_of_verified_people(town, tmp_path, capsys):
    idea = town.say()
    for _ in range(6):
        actions.support(record=idea, person=verified())
    coalesce_marks(town.clock.now())
    town.seal()
    town.export(tmp_path / "published")
    code, said = _audit(tmp_path / "published", capsys)
    assert (code, "Comptes : 1 additionnés de nouveau" in said) == (0, True)


def test_a_count_that_contradicts_itself_is_found_on_its_line_though_it_is_signed(town, tmp_path, capsys):
    idea = town.say()
    town.tell(SUPPORTS_COUNTED, idea, total=2, verified=9)
    town.seal()
    town.export(tmp_path / "published")
    code, said = _audit(tmp_path / "published", capsys)
    assert code == 1
    assert "entries.jsonl, ligne 2 : ces nombres se contredisent. (9 verified people" in said


def test_an_epoch_opened_after_a_restore_is_accepted(town, tmp_path, restored, capsys):
    town.say()
    town.seal()
    with restored():
        town.say()
        town.seal()
    new_epoch(reason="La base a été restaurée.", clock=town.clock)
    town.say()
    town.seal()
    town.export(tmp_path / "published")
    code, said = _audit(tmp_path / "published", capsys)
    assert (code, "3 faits, 2 têtes" in said) == (0, True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_byte_changed_anywhere_is_found_on_its_line(folder, capsys, data):
    path = folder / data.draw(st.sampled_from(FILES))
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = bytearray(whole)
    changed[place] ^= flip
    path.write_bytes(changed)
    try:
        code, said = _audit(folder, capsys)
    finally:
        path.write_bytes(whole)
    line = whole[:place].count(b"\n") + 1
    assert code == 1
    assert f"{path.name}, ligne {line} :" in said


def test_an_entry_that_was_taken_out_is_missed_on_its_line(folder, capsys):
    path = folder / "entries.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:1] + lines[2:]))
    code, said = _audit(folder, capsys)
    assert (code, "entries.jsonl, ligne 2 :" in said) == (1, True)


def test_an_entry_changed_in_the_database_is_found_on_its_line(town, folder, tmp_path, tampered, capsys):
    tampered(
        "thread_entry",
        """update thread_entry set data = data || '{"alignment": 1}' where data @> '{"alignment": -1}'""",
    )
    town.export(tmp_path / "again")
    code, said = _audit(tmp_path / "again", capsys)
    assert (code, "entries.jsonl, ligne 4 :" in said) == (1, True)


def test_an_opening_changed_in_the_database_is_found_on_its_line(town, folder, tmp_path, tampered, capsys):
    tampered(
        "thread_opening",
        """update thread_opening set value = '"Très bien."' where value = '"Trop cher."'""",
    )
    town.export(tmp_path / "again")
    code, said = _audit(tmp_path / "again", capsys)
    assert (code, "openings.jsonl, ligne 5 :" in said) == (1, True)


def test_an_entry_changed_with_its_hash_is_found_between_two_heads(folder, capsys):
    """The one who tampers knows the tree, but has not the key."""
    path = folder / "entries.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    fields = read_canonical(lines[5].strip())
    fields["leaf"]["origin"] = "paper"
    lines[5] = entry_line(fields["position"], canonical_json(fields["leaf"]))
    path.write_bytes(b"".join(lines))
    code, said = _audit(folder, capsys)
    assert (code, "entries.jsonl, lignes 5 à 8 :" in said) == (1, True)


def test_the_key_that_was_kept_is_compared(town, folder, capsys):
    key = town.signer.public_key.public_bytes_raw().hex()
    assert _audit(folder, capsys, "--key", key)[0] == 0
    code, said = _audit(folder, capsys, "--key", "0" * 64)
    assert (code, "key.json, ligne 1" in said) == (1, True)


def test_a_readme_that_is_not_ours_is_told_and_the_journal_is_checked_all_the_same(folder, capsys):
    readme = folder / "README.txt"
    readme.write_text(readme.read_text().replace("import hashlib, json", "import hashlib, json, os"))
    code, said = _audit(folder, capsys)
    assert code == 1
    assert "README.txt, ligne 21 : ce n'est pas celui que ce programme écrit" in said
    assert "Le journal est entier" in said


@pytest.mark.parametrize("missing", FILES)
def test_a_folder_that_lacks_a_file_cannot_be_checked(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(CannotStart, match=missing):
        audit.main([str(folder)])


@pytest.mark.parametrize("argv", [[], ["/nowhere/at/all"], ["a", "b"], ["--unknown"]])
def test_arguments_that_say_nothing_are_refused(argv):
    with pytest.raises(CannotStart) as refused:
        audit.main(argv)
    assert refused.value.exit_code == 2


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Tests say what they see themselves."""


class _Elsewhere(_Quiet):
    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", f"/elsewhere{self.path}")
        self.end_headers()


@contextmanager
def _served(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_published_address_is_audited_as_a_folder_is(folder, capsys):
    with _served(partial(_Quiet, directory=str(folder))) as address:
        assert _audit(f"{address}/", capsys)[0] == 0
        path = folder / "openings.jsonl"
        path.write_bytes(path.read_bytes().replace(b"Trop", b"Trap"))
        code, said = _audit(address, capsys)
    assert (code, "openings.jsonl, ligne 5 :" in said) == (1, True)


def test_what_a_growing_journal_added_after_its_last_head_is_left_aside(town, folder, capsys):
    heads = (folder / "heads.jsonl").read_bytes()
    town.say("Entre deux lectures.")
    town.seal()
    town.export(folder)
    (folder / "heads.jsonl").write_bytes(heads)
    with _served(partial(_Quiet, directory=str(folder))) as address:
        code, said = _audit(address, capsys)
    assert (code, "8 faits" in said) == (0, True)
    assert _audit(folder, capsys)[0] == 1


def test_a_redirection_is_not_followed(folder):
    with _served(_Elsewhere) as address, pytest.raises(CannotStart, match="302"):
        audit.main([address])


def test_a_file_larger_than_what_was_allowed_is_refused(folder):
    with (
        _served(partial(_Quiet, directory=str(folder))) as address,
        pytest.raises(CannotStart, match="dépasse"),
    ):
        published.download(address, folder, limit=100)


def test_an_address_that_does_not_answer_is_said_so():
    with _served(_Quiet) as address:
        pass
    for source in (address, "http://[", "http://127.0.0.1:99999"):
        with pytest.raises(CannotStart, match="ne se laisse pas lire"):
            audit.main([source])


ALONE = """
import sys
from democratic.config.commands.audit import main

code = main([sys.argv[1]])
assert not {name.split(".")[0] for name in sys.modules} & {"django", "psycopg"}
sys.exit(code)
"""


def test_the_audit_needs_neither_django_nor_a_database(folder):
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(folder)],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
