import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from running_product import postgres_at, wait_until

from democratic.config.places import ROOT
from democratic.config.server.binaries import find_binaries
from democratic.config.server.errors import CannotStart
from democratic.config.server.postgres import Postgres
from democratic.config.server.postmaster import read_postmaster
from democratic.config.server.processes import spawn
from democratic.config.server.system_user import make_private, server_user
from democratic.config.server.throwaway import throwaway_postgres

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
DEBIAN = 15


@pytest.fixture(scope="module")
def server():
    with throwaway_postgres() as started:
        yield started


@pytest.fixture
def make_server(open_folder, made_cluster):
    """Durable servers on one data folder made already, all stopped at the end."""
    made = []
    data, passwords = made_cluster
    user = server_user()
    make_private(open_folder / "socket", user)
    subprocess.run(["cp", "-a", data, open_folder / "pg"], check=True)

    def make(**other):
        server = Postgres(
            data_dir=open_folder / "pg",
            socket_dir=open_folder / "socket",
            bin_dir=find_binaries().folder,
            user=user,
            settings={"shared_buffers": "32MB"},
            **(passwords | other),
        )
        made.append(server)
        return server

    yield make
    for server in made:
        server.stop()


def ask(url, question):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(question).fetchone()[0]


def keep(url, row):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table if not exists kept (row text)")
        connection.execute("insert into kept values (%s)", [row])


def kill(server):
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()


def test_nothing_listens_on_a_network(server):
    assert ask(server.url(), "show listen_addresses") == ""
    assert (
        ask(server.admin_url, "select string_agg(distinct auth_method, '') from pg_hba_file_rules")
        == "scram-sha-256"
    )


def test_only_the_servers_own_account_enters_the_socket_folder(server):
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700


def test_a_wrong_password_is_refused(server):
    wrong = server.url().replace(server.password, "devine")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_the_products_role_is_no_superuser_but_makes_what_it_needs(server):
    assert ask(server.url(), "show is_superuser") == "off"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for extension in ("pg_trgm", "unaccent", "citext", "btree_gin"):
            connection.execute(f"create extension {extension}")
        connection.execute("create role ballot_box")
        connection.execute("create database another")
        connection.execute("drop database another")


def test_text_is_utf_8_and_sorts_the_same_on_any_machine(server):
    assert ask(server.url(), "show server_encoding") == "UTF8"
    assert (
        ask(server.url(), "select string_agg(c, '' order by c) from unnest('{é,b,a,Z}'::text[]) c") == "Zabé"
    )


def test_a_url_for_another_database_of_the_same_server(server):
    assert ask(server.url("postgres"), "select current_database()") == "postgres"


@as_root
def test_root_gives_its_rights_up(server):
    owner = Path(f"/proc/{server.process.pid}").stat().st_uid
    assert owner == server.user.uid != 0
    assert server.data_dir.stat().st_uid == owner


def test_people_s_words_stay_out_of_the_log(server):
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("create table told (words text unique)")
        connection.execute("insert into told values ('un secret')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into told values ('un secret')")
    log = server.log.read_text()
    assert "duplicate key" in log
    assert "un secret" not in log


def test_what_was_acknowledged_survives_kill_9(make_server):
    server = make_server()
    server.start()
    for number in range(3):
        keep(server.url(), str(number))
        kill(server)
        server.start()
    assert ask(server.url(), "select string_agg(row, '') from kept") == "012"


def test_it_restarts_while_the_connections_of_the_killed_one_still_end(make_server):
    server = make_server()
    server.start()
    busy = subprocess.Popen(
        [server.bin_dir / "psql", server.url(), "-c", "select count(*) from generate_series(1, 100000000)"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    working = "select count(*) from pg_stat_activity where query like 'select count(*) from generate%'"
    wait_until(lambda: ask(server.url(), working))
    kill(server)
    server.start()
    assert ask(server.url(), "select 1") == 1
    busy.wait(20)


def test_a_server_left_by_a_killed_life_is_stopped_cleanly_and_replaced(make_server):
    forgotten, ours = make_server(), make_server()
    forgotten.start()
    keep(forgotten.url(), "avant")
    ours.start()
    assert forgotten.process.wait(5) == 0
    assert "database system is shut down" in ours.log.read_text()
    assert ask(ours.url(), "select row from kept") == "avant"
    assert read_postmaster(ours.data_dir).pid == ours.process.pid


def test_a_program_that_bears_the_number_of_the_dead_server_is_no_obstacle(make_server):
    server = make_server()
    server.start()
    keep(server.url(), "avant")
    kill(server)
    wait_until(lambda: not postgres_at(server.data_dir))
    stranger = spawn(["/bin/sleep", "60"], user=server.user)
    try:
        for note in (server.data_dir / "postmaster.pid", server.socket_dir / ".s.PGSQL.5432.lock"):
            _, rest = note.read_text().split("\n", 1)
            note.write_text(f"{stranger.pid}\n{rest}")
        server.start()
        assert ask(server.url(), "select row from kept") == "avant"
    finally:
        stranger.kill()
        stranger.wait()


def test_killed_while_it_is_made_the_next_start_makes_it(make_server):
    def cut_short(_):
        raise InterruptedError

    server = make_server()
    shutil.rmtree(server.data_dir)
    with pytest.raises(InterruptedError):
        server.start(pause=cut_short)
    assert not server.data_dir.exists()
    (server.data_dir.parent / "pg.123.new").mkdir()
    server.start()
    assert ask(server.url(), "select 1") == 1
    assert sorted(path.name for path in server.data_dir.parent.glob("pg*")) == ["pg"]


def test_a_role_or_database_that_was_never_made_is_made_at_the_next_start(make_server):
    server = make_server()
    server.start()
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute("drop database democratic")
        connection.execute("drop role democratic")
    server.stop()
    server.start()
    assert ask(server.url(), "select current_user") == "democratic"


def test_lost_passwords_are_said_in_one_line(make_server):
    server = make_server()
    server.start()
    server.stop()
    lost = make_server(password="autre", admin_password="autre")
    with pytest.raises(CannotStart, match="remettez var/secrets"):
        lost.start()


def test_a_server_that_cannot_start_says_why(make_server):
    server = make_server()
    server.start()
    server.stop()
    with (server.data_dir / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(CannotStart, match=r"PostgreSQL ne démarre pas : .*postgresql\.conf") as refusal:
        server.start(retry_for=0)
    assert "\n" not in str(refusal.value)


def test_a_full_disk_is_named_as_such(make_server):
    server = make_server()
    server.log.write_text('FATAL:  could not write to file "pg_wal/xlogtemp.29": No space left on device\n')
    assert server.why_not().startswith("Le disque est plein")


@pytest.mark.skipif(
    not Path(f"/usr/lib/postgresql/{DEBIAN}/bin").exists(), reason="Debian's server is not here"
)
def test_debians_server_serves_as_well():
    with throwaway_postgres(major=DEBIAN) as server:
        assert ask(server.url(), "show server_version").startswith(f"{DEBIAN}.")
        assert ask(server.url(), "select lower('É')") == "é"


def test_a_throwaway_server_leaves_nothing_behind():
    with throwaway_postgres() as server:
        folder = server.data_dir.parent
        assert ask(server.url(), "show fsync") == "off"
    assert not folder.exists()
    assert not postgres_at(server.data_dir)


def test_a_durable_throwaway_keeps_its_promises_on():
    with throwaway_postgres(durable=True, settings={"work_mem": "8MB"}) as server:
        assert ask(server.url(), "show fsync") == "on"
        assert ask(server.url(), "show work_mem") == "8MB"


def test_a_command_runs_on_a_throwaway_server_and_its_code_is_ours():
    code = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']).close(); raise SystemExit(7)"
    argv = [sys.executable, "-m", "democratic.config.server.throwaway", sys.executable, "-c", code]
    assert (
        subprocess.run(
            argv, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False, timeout=60
        ).returncode
        == 7
    )
