"""The whole rehearsal, as the worker plays it: a server of its own, pages kept, the installation's database untouched."""

import hashlib
from pathlib import Path

import pytest
from django.db import connection

from democratic.config.commands.rehearse_acts import rehearse_process
from democratic.config.server.errors import CannotStart
from democratic.rehearsal import jobs
from democratic.rehearsal.shelf import ASKED, DONE, FAILED, PLAYING, Shelf, tell_what_was_killed
from installations import url_of

ROOT = Path(__file__).parents[3]


def every_row() -> str:
    """A print of every row of every table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = 'public'"
            " and table_type = 'BASE TABLE' order by 1"
        )
        made = hashlib.sha256()
        for (table,) in cursor.fetchall():
            cursor.execute(f"select md5(t::text) from {table} t order by 1")
            made.update(f"{table}{cursor.fetchall()}".encode())
        return made.hexdigest()


@pytest.fixture
def installation(live_territory, tmp_path, settings, monkeypatch):
    """The database of this test as an installation's own, whose folder is another."""
    tmp_path.chmod(0o755)
    settings.VAR = tmp_path
    monkeypatch.setenv("DATABASE_URL", url_of(connection.settings_dict))
    monkeypatch.setenv("DEMOCRATIC_VAR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    return live_territory


def test_a_rehearsal_leaves_every_row_of_the_installation_as_it_was(installation, capfd):
    before = every_row()
    rehearse_process(installation.process.pk)
    assert every_row() == before
    assert "Le jour du bilan" in capfd.readouterr().out
    shelf = Shelf.of(installation.process.pk)
    assert shelf.state()["state"] == DONE
    by_key = {scene.key: scene for scene in shelf.scenes()}
    assert sum(by_key["ouverture"].voices.values()) == 0
    assert sum(by_key["cloture"].voices.values()) == 200
    assert (by_key["bilan"].waiting, by_key["bilan"].answered) == (0, 200)
    page = shelf.page("bilan", "page")
    assert "Bouger à 15-25" in page
    assert "<form method" not in page


def test_a_rehearsal_that_cannot_be_played_is_told_and_may_be_asked_again(installation):
    """The command refuses the server of these tests, which may lose writes: as good a failure as any."""
    shelf = Shelf.of(installation.process.pk)
    shelf.ask("{}")
    jobs.rehearse(0)
    assert shelf.state()["state"] == FAILED
    shelf.ask("{}")
    assert shelf.state()["state"] == ASKED


def test_a_rehearsal_that_nobody_plays_any_more_has_failed_and_may_be_asked_again(installation):
    shelf = Shelf.of(installation.process.pk)
    shelf.ask("{}")
    shelf.tell(PLAYING, done=2, of=6, scene="Au milieu")
    with shelf.held() as is_ours:
        assert is_ours
        assert tell_what_was_killed() == 0
    assert shelf.state()["state"] == PLAYING
    assert tell_what_was_killed() == 1
    assert shelf.state()["state"] == FAILED
    assert tell_what_was_killed() == 0


def test_one_rehearsal_of_a_process_is_played_at_a_time(installation):
    shelf = Shelf.of(installation.process.pk)
    shelf.ask("{}")
    with shelf.held(), pytest.raises(CannotStart, match="déjà en route"):
        rehearse_process(installation.process.pk)
    assert shelf.script() == "{}"


def test_what_a_killed_writer_left_goes_when_it_is_asked_again(installation):
    shelf = Shelf.of(installation.process.pk)
    shelf.ask("{}")
    (shelf.folder / ".state.json.4242").write_text('{"sta')
    shelf.ask("{}")
    assert {path.name for path in shelf.folder.iterdir()} == {"script.json", "state.json"}
