import json
import os
import select
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from democratic.config.commands import audit, journal
from democratic.config.server.errors import CannotStart
from democratic.thread.journal import CHANNEL
from democratic.thread.models import Cursor, Position, RecordFigures
from democratic.thread.views import FIGURES

PATIENCE = 30


@pytest.fixture(autouse=True)
def _installation_key(monkeypatch, tmp_path, signer):
    monkeypatch.setenv("DEMOCRATIC_VAR", str(tmp_path / "var"))
    monkeypatch.setattr("democratic.config.commands.journal_acts.installation_signer", lambda: signer)


def test_status_says_what_waits_and_what_lags(town, capsys):
    town.say()
    town.sequence()
    town.say()
    assert journal.main(["status"]) == 0
    said = capsys.readouterr().out
    assert "1 numérotés, 1 en attente" in said
    assert "jamais vu" in said
    assert "figures : 1 faits de retard" in said


def test_head_prints_the_last_signed_head(town, capsys):
    with pytest.raises(CannotStart, match="Aucune tête"):
        journal.main(["head"])
    town.say()
    town.seal()
    assert journal.main(["head"]) == 0
    assert json.loads(capsys.readouterr().out)["head"]["size"] == 1


def test_replay_reads_a_view_again_and_refuses_an_effect(town, settings, capsys):
    town.say()
    town.drain(FIGURES)
    RecordFigures.objects.update(supports=12)
    assert journal.main(["replay", "figures"]) == 0
    assert "1 faits relus" in capsys.readouterr().out
    assert RecordFigures.objects.get().supports == 0
    settings.PROJECTIONS = ["democratic.notices.effects.NOTICES"]
    with pytest.raises(CannotStart, match="deux fois"):
        journal.main(["replay", "notices"])
    with pytest.raises(CannotStart, match="Aucune vue"):
        journal.main(["replay", "figure"])


def test_a_new_epoch_is_opened_by_command(town, capsys):
    assert journal.main(["new-epoch", "--reason", "La base a été restaurée."]) == 0
    assert "époque 2" in capsys.readouterr().out
    with pytest.raises(CannotStart, match="motif"):
        journal.main(["new-epoch", "--reason", " "])


def test_what_export_writes_audit_accepts(town, tmp_path, capsys):
    with pytest.raises(CannotStart, match="séquenceur"):
        journal.main(["export", str(tmp_path / "published")])
    town.say()
    town.seal()
    assert journal.main(["export", str(tmp_path / "published")]) == 0
    assert audit.main([str(tmp_path / "published")]) == 0
    assert "1 faits" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["dance"], ["replay"], ["new-epoch"], ["export"]])
def test_unusable_arguments_are_refused_in_one_line(argv):
    with pytest.raises(CannotStart) as refused:
        journal.main(argv)
    assert "\n" not in str(refused.value)


RUN = "from democratic.config.commands.sequencer import main; raise SystemExit(main([]))"


@contextmanager
def _sequencer(var):
    found = connection.settings_dict
    name, host = quote(found["NAME"]), quote(found["HOST"], safe="")
    account = f"{quote(found['USER'])}:{quote(found['PASSWORD'], safe='')}"
    url = f"postgresql://{account}@/{name}?host={host}&port={found['PORT'] or 5432}"
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        env={**os.environ, "DATABASE_URL": url, "DEMOCRATIC_VAR": str(var), "PYTHONPATH": "src"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _wait_for_batch(listener) -> str:
    notice = next(iter(listener.notifies(timeout=PATIENCE, stop_after=1)), None)
    assert notice, "no batch was notified"
    return notice.payload


def test_the_sequencer_runs_survives_a_lost_connection_and_stops_when_asked(live_town, tmp_path):
    parameters = connection.get_connection_params()
    wanted = parameters.keys() & {"dbname", "user", "password", "host", "port"}
    listener = psycopg.connect(**{key: parameters[key] for key in wanted}, autocommit=True)
    with listener, _sequencer(tmp_path / "var") as process:
        listener.execute(f"listen {CHANNEL}")
        live_town.say()
        assert _wait_for_batch(listener) == "1"
        listener.execute(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted"
            " and database = (select oid from pg_database where datname = current_database())"
        )
        live_town.say()
        assert _wait_for_batch(listener) == "2"
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "the database does not answer" in said
    assert Position.objects.count() == 2
    assert (tmp_path / "var" / "head.json").exists()
    assert Cursor.objects.filter(name="sequencer").exists()


def test_a_second_sequencer_stands_by(live_town, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [0x6A6F75726E616C])
    try:
        with _sequencer(tmp_path / "var") as process:
            ready, _, _ = select.select([process.stderr], [], [], PATIENCE)
            assert ready
            assert "stands by" in process.stderr.readline()
            live_town.say()
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE)
            assert process.returncode == 0
        assert not Position.objects.exists()
    finally:
        connection.close()
