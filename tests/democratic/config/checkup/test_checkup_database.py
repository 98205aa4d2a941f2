"""Real servers with an operator's settings, each unsafe in its own way."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from democratic.config.checkup.database import look_at_database
from democratic.config.checkup.findings import State
from democratic.config.server.throwaway import throwaway_postgres


@pytest.fixture(scope="module")
def safe():
    with throwaway_postgres(durable=True) as server:
        yield server.url()


@pytest.fixture
def sql(safe):
    """Say it to the safe server; taken back at the end."""
    with psycopg.connect(safe, autocommit=True) as connection, ExitStack() as undo:

        def run(statement, back):
            undo.callback(connection.execute, back)
            connection.execute(statement)

        yield run


def found(url, **options):
    return {each.name: each for each in look_at_database(url, **options)}


def test_a_safe_server_is_well_in_every_respect(safe):
    assert {each.state for each in found(safe).values()} == {State.OK}


def test_each_setting_that_loses_writes_is_refused_by_name():
    with throwaway_postgres() as server:
        refused = [each.name for each in found(server.url()).values() if each.state is State.REFUSED]
    assert refused == ["fsync", "full_page_writes", "synchronous_commit"]


@pytest.mark.parametrize(
    ("scope", "where"),
    [
        ("role democratic", "pour ce rôle"),
        ("database democratic", "pour cette base"),
        ("role democratic in database democratic", "pour ce rôle dans cette base"),
    ],
)
def test_a_role_or_a_base_that_turns_it_off_is_named(safe, sql, scope, where):
    sql(f"alter {scope} set synchronous_commit = off", f"alter {scope} reset synchronous_commit")
    refusal = found(safe)["synchronous_commit"]
    assert refusal.state is State.REFUSED
    assert refusal.text.endswith(f"synchronous_commit = off {where}.")


@pytest.mark.parametrize("seconds", [300, -300])
def test_a_clock_that_is_not_the_base_s_is_refused(safe, seconds):
    clock = found(safe, now=lambda: datetime.now(UTC) + timedelta(seconds=seconds))["clock"]
    assert (clock.state, "300 s" in clock.text) == (State.REFUSED, True)


@pytest.mark.parametrize(("ahead", "state"), [("1 hour", State.REFUSED), ("-1 day", State.OK)])
def test_a_head_signed_later_than_now_says_that_the_clock_went_back(safe, sql, ahead, state):
    sql(
        f"create table thread_signedhead as select now() + interval '{ahead}' as signed_at",
        "drop table thread_signedhead",
    )
    assert found(safe)["time_jump_database"].state is state


def test_a_journal_without_a_head_is_well(safe, sql):
    sql("create table thread_signedhead (signed_at timestamptz)", "drop table thread_signedhead")
    assert found(safe)["time_jump_database"].state is State.OK


@pytest.mark.parametrize(("is_demo", "state"), [("true", State.REFUSED), ("false", State.OK)])
def test_a_demonstration_is_refused(safe, sql, is_demo, state):
    sql(f"create table thread_authority as select {is_demo} as is_demo", "drop table thread_authority")
    assert found(safe)["demonstration"].state is state


def test_a_base_with_few_free_connections_is_a_warning():
    with throwaway_postgres(durable=True, settings={"max_connections": "15"}) as server:
        assert found(server.url())["connections"].state is State.WARNING


def test_a_base_that_does_not_answer_is_refused_without_its_password():
    (refusal,) = look_at_database("postgresql://moi:motdepasse@127.0.0.1:1/x")
    assert (refusal.name, refusal.state) == ("database", State.REFUSED)
    assert "motdepasse" not in refusal.text
