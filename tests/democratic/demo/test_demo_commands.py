"""``bin/democratic demo``: what it refuses, and what it leaves behind when it stops in the middle."""

import pytest
from django.db import connection

from democratic.config.commands import demo, demo_acts
from democratic.config.places import places
from democratic.config.server.errors import CannotStart
from democratic.demo import load, purge
from democratic.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.models import Person
from democratic.thread.actions import open_authority
from democratic.thread.journal.sequencer import SEQUENCER_LOCK
from democratic.thread.models import Authority, Entry


@pytest.fixture(autouse=True)
def var(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("DEMOCRATIC_VAR", str(tmp_path))
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def real_town(db) -> Authority:
    return open_authority(slug="clairval", name="Clairval", kind_label="la Ville", host="clairval.example")


@pytest.fixture
def demo_town(db) -> Authority:
    return open_authority(slug="val-dorbe", name="Val-d’Orbe", kind_label="le Département", is_demo=True)


@pytest.fixture
def migrated(monkeypatch) -> list[list[str]]:
    calls: list[list[str]] = []
    monkeypatch.setattr(demo_acts.migrate, "main", calls.append)
    monkeypatch.setattr(demo_acts, "connection", type("Kept", (), {"close": staticmethod(lambda: None)}))
    return calls


@pytest.fixture
def sequencer_lock(db):
    """drop_demo takes it for the session, which outlives the test."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s)", [SEQUENCER_LOCK])


def has_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('thread_authority') is not null")
        return cursor.fetchone()[0]


def test_a_load_into_someone_s_territory_is_refused_and_names_it(real_town):
    with pytest.raises(CannotStart, match="Clairval"):
        demo.main(["load"])
    assert Authority.objects.get() == real_town


def test_a_load_if_empty_into_someone_s_territory_does_nothing(real_town, capsys):
    assert demo.main(["load", "--if-empty"]) == 0
    assert "Rien à faire" in capsys.readouterr().out
    assert not Person.objects.exists()


def test_a_second_load_does_nothing(demo_town, capsys):
    assert demo.main(["load"]) == 0
    assert "Val-d’Orbe" in capsys.readouterr().out
    assert not Person.objects.exists()


class Killed(BaseException):
    pass


def test_a_load_that_is_killed_in_the_middle_leaves_nothing(db):
    def die_at_the_listening(line: str) -> None:
        if "3/8" in line:
            raise Killed

    with pytest.raises(Killed):
        load.load_demo(clock=DATABASE_CLOCK, tell=die_at_the_listening)
    assert not Authority.objects.exists()
    assert not Person.objects.exists()
    assert not Entry.objects.exists()


def test_a_purge_of_someone_s_territory_is_refused_and_touches_nothing(real_town, demo_town):
    with pytest.raises(CannotStart, match="Clairval"):
        demo.main(["purge"])
    assert Authority.objects.count() == 2


def test_a_purge_where_there_is_nothing_is_refused(db):
    with pytest.raises(CannotStart, match="rien à purger"):
        demo.main(["purge"])


def test_a_purge_while_a_sequencer_runs_is_refused(demo_town, monkeypatch):
    monkeypatch.setattr(purge, "hold_sequencer_lock", lambda: False)
    with pytest.raises(CannotStart, match="Arrêtez"):
        demo.main(["purge"])
    assert has_tables()


def test_a_purge_drops_every_table_then_migrates_and_forgets_what_was_signed_and_loaded(
    demo_town, var, migrated, sequencer_lock
):
    connection.check_constraints()  # what this test's own transaction still owes would forbid the drop
    places().prepare()
    kept = [var / "head.json", var / "run" / "demo"]
    for path in kept:
        path.write_text("{}")
    assert demo.main(["purge"]) == 0
    assert not has_tables()
    assert migrated == [[]]
    assert not any(path.exists() for path in kept)


def test_the_accounts_are_printed_with_their_password(demo_town, capsys):
    demo.main(["accounts"])
    out = capsys.readouterr().out
    assert DEMO_PASSWORD in out
    assert all(each.email in out and each.name in out for each in DEMO_ACCOUNTS)


def test_no_account_is_printed_where_there_is_no_demonstration(real_town, capsys):
    demo.main(["accounts"])
    assert DEMO_PASSWORD not in capsys.readouterr().out


def test_an_act_that_does_not_exist_is_refused_in_one_line():
    with pytest.raises(CannotStart, match="--help"):
        demo.main(["unload"])
