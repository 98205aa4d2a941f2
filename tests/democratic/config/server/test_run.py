"""``bin/run`` whole: a real database, a real supervisor, stand-ins for our own programs."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from running_product import Product, finish, free_port, postgres_at, wait_until
from stand_in import ACCOUNTS

from democratic.config.server.postmaster import read_postmaster


@pytest.fixture
def running(product):
    process = product.run_until_ready()
    product.main = process
    return product


def row_kept(product, row=None):
    with psycopg.connect(product.cli("db", "url").stdout.strip(), autocommit=True) as connection:
        connection.execute("create table if not exists kept (row text)")
        if row:
            connection.execute("insert into kept values (%s)", [row])
        return connection.execute("select string_agg(row, ',') from kept").fetchone()[0]


def kill(pid):
    os.kill(pid, signal.SIGKILL)


def test_from_nothing_to_the_first_page_and_back(fresh_product):
    process = fresh_product.run_until_ready()
    assert fresh_product.page()
    process.terminate()
    code, output = finish(process)
    assert code == 0
    assert output.splitlines()[-1] == "Tout est arrêté ; rien n'est perdu. À bientôt."
    assert not fresh_product.leftovers()
    for step in (
        "2/6 Base de données…",
        "3/6",
        "4/6",
        "5/6",
        "6/6 C'est prêt : http://127.0.0.1:",
        ACCOUNTS,
    ):
        assert step in output
    assert "database system is shut down" in (fresh_product.var / "log" / "postgresql.log").read_text()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_stop_it_as_well(running, stop):
    running.main.send_signal(stop)
    assert finish(running.main)[0] == 0
    assert not running.leftovers()


def test_a_stop_in_the_middle_of_the_start_leaves_nothing_running(fresh_product):
    process = fresh_product.run()
    wait_until(lambda: list(fresh_product.var.glob("pg*")))
    process.terminate()
    assert finish(process)[0] == 0
    assert not fresh_product.leftovers()


def test_the_steps_already_done_are_not_done_again(product):
    for _ in range(2):
        product.run_until_ready().terminate()
        product.end()
    assert product.prepared() == ["migrate", "demo"]


def test_a_database_made_anew_is_prepared_again(running):
    url = running.cli("db", "url").stdout.strip()
    with psycopg.connect(url.replace("/democratic?", "/postgres?"), autocommit=True) as connection:
        connection.execute("drop database democratic with (force)")
        connection.execute("create database democratic")
    running.main.terminate()
    assert finish(running.main)[0] == 0
    running.run_until_ready()
    assert running.prepared() == ["migrate", "demo"] * 2


def test_a_path_too_long_for_a_socket_is_said_and_served(open_folder):
    far = Product(open_folder / ("long" * 25) / "var")
    try:
        process = far.run_until_ready("--no-demo")
        short = Path(json.loads(far.state())["database"]["socket_dir"])
        psycopg.connect(far.cli("db", "url").stdout.strip()).close()
        process.terminate()
        assert f"(chemin trop long pour une socket : elle est dans {short})" in finish(process)[1]
        short.rmdir()  # empty: the socket went with the server
    finally:
        far.end()


def test_no_demo_means_none(product):
    process = product.run_until_ready("--no-demo")
    process.terminate()
    assert ACCOUNTS not in finish(process)[1]
    assert product.prepared() == ["migrate"]


def test_without_an_authority_it_says_how_to_open_one_and_serves_nothing(product):
    product.extra = {"STAND_IN_EMPTY": "1"}
    code, output = finish(product.run("--no-demo"), within=60)
    assert (code, "bin/democratic open-authority" in output) == (2, True)
    assert product.page() is None
    assert not product.leftovers()


def test_a_second_start_is_refused_and_changes_nothing(standing):
    page = standing.page()
    code, output = finish(standing.run("--port", str(free_port())))
    assert code == 2
    assert (
        output
        == f"démocraTIC tourne déjà ici (processus {standing.started[0].pid}, http://127.0.0.1:{standing.port}).\n"
    )
    assert standing.page() == page


def test_a_port_in_use_is_refused_before_anything_starts(fresh_product):
    with socket.socket() as other:
        # As granian opens it: whoever asks for the same would share it without a word.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", fresh_product.port))
        other.listen()
        code, output = finish(fresh_product.run())
    assert code == 2
    assert output.startswith(f"Le port {fresh_product.port} est déjà pris")
    assert output.count("\n") == 1
    assert not (fresh_product.var / "pg").exists()


def test_when_the_parent_is_killed_nothing_outlives_it_and_nothing_is_lost(running):
    row_kept(running, "avant")
    kill(running.main.pid)
    running.main.wait()
    wait_until(lambda: not running.leftovers() and running.page() is None)
    running.run_until_ready()
    assert row_kept(running) == "avant"


def test_restarted_at_once_after_a_kill_it_starts(running):
    row_kept(running, "avant")
    for _ in range(3):
        kill(running.started[-1].pid)
        running.started[-1].wait()
        running.run_until_ready()
    assert row_kept(running) == "avant"


def test_a_forgotten_web_server_is_ended_before_the_next_start(running):
    """Parent and web server killed together: the worker that it had started holds the port."""
    page = running.page()
    kill(running.main.pid)
    kill(page)
    running.main.wait()
    running.run_until_ready()
    assert running.page()


def test_a_killed_web_server_is_back(running):
    before = running.page()
    kill(before)
    assert wait_until(lambda: (page := running.page()) != before and page)


def test_a_killed_database_is_back_with_what_it_had(running):
    row_kept(running, "avant")
    data = running.var / "pg"
    before = read_postmaster(data).pid
    kill(before)
    wait_until(lambda: (now := read_postmaster(data)) and now.pid != before and now.is_ready)
    assert row_kept(running) == "avant"
    running.main.terminate()
    assert "« base » s'est arrêté (signal 9) ; on le relance" in finish(running.main)[1]


def test_a_service_that_does_not_hold_stops_all_with_one_reason(product):
    product.extra = {"STAND_IN_BROKEN": "1"}
    code, output = finish(product.run(), within=60)
    assert code == 2
    assert output.splitlines()[-1].startswith(
        "Le service « worker » ne tient pas (code 1) : pas de tâches aujourd'hui"
    )
    assert not product.leftovers()


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_database_that_could_lose_writes_is_refused(product, server_url, setting):
    product.extra = {"DATABASE_URL": server_url(**{setting: "off"})}
    code, output = finish(product.run())
    assert code == 2
    assert f"mettez {setting} = on" in output.splitlines()[-1]


def test_the_commands_find_the_database_that_runs(running):
    code = (
        "import os; from democratic.config.server.database import database_for\n"
        "with database_for('essai') as url: print(url == os.environ['DATABASE_URL'], url)"
    )
    url = running.cli("db", "url").stdout.strip()
    assert running.python(code).stdout == f"True {url}\n"
    running.main.terminate()
    finish(running.main)
    assert not postgres_at(running.var / "pg")
    assert running.python(code).stdout == f"True {url}\n"  # its own server, for that long
    assert not postgres_at(running.var / "pg")


def test_the_links_of_a_command_lead_where_bin_run_serves(running):
    code = (
        "import os; from democratic.config.server.database import database_for\n"
        "with database_for('essai'): print(os.environ.get('DEMOCRATIC_URL'))\n"
        "print(os.environ.get('DEMOCRATIC_URL'))"
    )
    served = json.loads(running.state())["web"]
    assert running.python(code).stdout == f"{served}\nNone\n"
    running.extra = {"DEMOCRATIC_URL": "https://participer.example.fr"}
    assert running.python(code).stdout == "https://participer.example.fr\n" * 2


def test_health_tells_what_runs(running):
    told = running.cli("health")
    assert (told.returncode, told.stdout.count("✓")) == (0, 3)
    running.main.terminate()
    finish(running.main)
    told = running.cli("health")
    assert (told.returncode, told.stdout.count("✗")) == (1, 2)


def test_db_shows_the_way_in_without_the_password(standing):
    shown = standing.cli("db").stdout
    password = (standing.var / "secrets" / "database-password").read_text()
    assert "psql" in shown
    assert password not in shown
    answer = standing.cli("db", "shell", "-Atc", "select current_user")
    assert answer.stdout == "democratic\n"


def test_a_state_file_holds_no_password(standing):
    assert set(json.loads(standing.state())) == {"database", "web", "public"}
    assert (standing.var / "secrets" / "database-password").read_text() not in standing.state()


def test_a_second_command_keeps_the_first_ones_server_alive(product):
    """The first one ends while the second is at work: the server stops after both."""
    code = (
        "import sys; from democratic.config.server.database import database_for\n"
        "import psycopg\n"
        "with database_for('essai') as url:\n"
        "    print('prêt', flush=True); sys.stdin.readline()\n"
        "    print(psycopg.connect(url).execute('select 7').fetchone()[0], flush=True)"
    )
    argv = [sys.executable, "-c", code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": product.env}
    with subprocess.Popen(argv, **pipes) as first:
        assert first.stdout.readline() == "prêt\n"
        with subprocess.Popen(argv, **pipes) as second:
            assert second.stdout.readline() == "prêt\n"
            code, output = finish(product.run())
            assert code == 2
            assert output.startswith(f"La commande « essai » (processus {first.pid}) utilise la base")
            first.stdin.write("\n")
            first.stdin.flush()
            assert first.stdout.readline() == "7\n"
            second.stdin.write("\n")
            second.stdin.flush()
            assert second.stdout.readline() == "7\n"
            assert second.wait(20) == 0
        assert first.wait(20) == 0
    assert not product.leftovers()


def test_the_public_is_not_served_by_an_installation_that_is_not_fit_for_it(product):
    product.extra = {"DEMOCRATIC_HTTPS": "1", "STAND_IN_REFUSED": "✗ Tout nom d'hôte est accepté."}
    code, output = finish(product.run("--no-demo"), within=60)
    assert code == 2
    assert "Cette installation ne peut pas ouvrir au public : ✗ Tout nom d'hôte est accepté." in output
    assert "5/6" not in output
    assert product.page() is None


def test_the_public_is_served_by_one_that_is(product):
    product.extra = {"DEMOCRATIC_HTTPS": "1"}
    product.run_until_ready("--no-demo")
    assert product.page()


def test_a_demonstration_never_opens_to_the_public(product):
    product.extra = {"DEMOCRATIC_HTTPS": "1"}
    code, output = finish(product.run())
    assert (code, "ajoutez --no-demo" in output) == (2, True)
