import errno
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection as django_connection
from django.db.utils import DatabaseErrorWrapper

from democratic.config import cli
from democratic.config.places import LIFE, ROOT
from democratic.config.server import database
from democratic.config.server.errors import CannotStart
from democratic.config.server.known import known_migrations

ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def test_help_names_every_command_at_once_and_loads_nothing_heavy():
    code = (
        "import sys; from democratic.config import cli; cli.main(['--help']);"
        "print(sorted({'django', 'psycopg', 'argparse', 'cryptography'} & set(sys.modules)))"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, text=True, check=True)
    assert time.monotonic() - began < 5  # a busy machine; quiet, 0.1 s
    assert done.stdout.endswith("[]\n")
    assert [name for name in cli.COMMANDS if f"\n  {name} " not in done.stdout] == []


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_is_where_the_table_says(name):
    module, _, function = cli.COMMANDS[name].target.partition(":")
    found = importlib.util.find_spec(module)  # without running it
    assert f"def {function}(" in Path(found.origin).read_text()


@pytest.mark.parametrize("name", [name for name, command in cli.COMMANDS.items() if command.needs_database])
def test_help_asks_for_no_database_and_starts_nothing(name, monkeypatch):
    asked = []
    function = cli.COMMANDS[name].target.partition(":")[2]
    monkeypatch.setattr(database, "database_for", lambda _command: pytest.fail("a database was asked for"))
    monkeypatch.setattr(cli.importlib, "import_module", lambda _: SimpleNamespace(**{function: asked.append}))
    assert cli.main([name, "--help"]) == 0
    assert asked == [["--help"]]


def test_the_help_of_each_command_is_shown_by_the_command_itself():
    code = """
import sys
from democratic.config import cli
for name in cli.COMMANDS:
    try:
        code = cli.main([name, "--help"])
    except SystemExit as end:
        code = end.code
    print(f"@{name} {code}")
"""
    env = {key: value for key, value in ENV.items() if key != "DATABASE_URL"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if line.startswith("@")] == [
        f"@{name} 0" for name in cli.COMMANDS
    ]


def test_without_its_tables_each_command_says_in_one_line_what_to_do(without_tables, capsys):
    asking = [
        name for name, command in cli.COMMANDS.items() if command.needs_database and command.needs_tables
    ]
    assert [cli.main([name]) for name in asking] == [cli.COMMANDS[name].refuses_with for name in asking]
    line = "Cette base n'a pas encore ses tables : lancez bin/democratic migrate, puis cette commande.\n"
    assert capsys.readouterr().err == line * len(asking)


def test_tables_of_a_version_before_are_told_in_one_line(without_tables, monkeypatch, capsys):
    known = sorted(known_migrations())
    with psycopg.connect(without_tables) as connection:
        connection.execute("create table django_migrations (id bigserial, app text, name text)")
        connection.cursor().executemany(
            "insert into django_migrations (app, name) values (%s, %s)",
            [each.split(".") for each in known[2:]],
        )
    assert cli.main(["invite", "a@b.example"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Les tables sont d'une version plus ancienne (2 étapes à faire) : lancez")


@pytest.mark.parametrize("argv", [["frobnicate"], ["--port", "8000"]])
def test_an_unknown_command_is_one_line_and_code_2(argv, capsys):
    assert cli.main(argv) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"Commande inconnue : « {argv[0]} ». La liste : bin/democratic --help\n"


@pytest.mark.parametrize(
    "argv", [["run", "--prot", "1"], ["run", "--port", "x"], ["health", "--all"], ["db", "x"]]
)
def test_an_option_not_understood_is_one_line_and_code_2(argv, capsys):
    assert cli.main(argv) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Le disque est plein"),
        (OSError(errno.EDQUOT, "Quota exceeded"), "Le disque est plein"),
        (PermissionError(errno.EACCES, "Permission denied", "/var/x"), "Impossible d'écrire dans /var/x"),
        (CannotStart("C'est ainsi."), "C'est ainsi."),
    ],
)
def test_what_the_person_can_mend_is_one_line_and_code_2(monkeypatch, capsys, fault, line):
    def fail(*_):
        raise fault

    monkeypatch.setattr(cli, "_call", fail)
    assert cli.main(["run"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(line)
    assert told.count("\n") == 1


def test_a_fault_of_ours_is_not_hidden(monkeypatch):
    def fail(*_):
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(cli, "_call", fail)
    with pytest.raises(OSError, match="Bad file descriptor"):
        cli.main(["run"])


ENDED_BY_ITSELF = "select pg_terminate_backend(pg_backend_pid())"


def work_on_the_database(monkeypatch, work):
    """``bin/democratic invite``, whose work is ``work`` upon a real connection."""

    def main(_words):
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            work(connection)

    monkeypatch.setattr(cli.importlib, "import_module", lambda _: SimpleNamespace(main=main))
    monkeypatch.setenv(LIFE, "its supervisor examined it")
    return lambda: cli.main(["invite"])


@pytest.mark.parametrize(
    "work",
    [
        lambda connection: connection.execute(ENDED_BY_ITSELF),
        lambda connection: (connection.pgconn.finish(), connection.execute("select 1")),
        lambda _: psycopg.connect("host=127.0.0.1 port=1 connect_timeout=1"),
    ],
    ids=["ended by the server", "cut", "no longer there"],
)
def test_a_database_that_stops_half_way_is_one_line_and_code_2(monkeypatch, capsys, work):
    assert work_on_the_database(monkeypatch, work)() == 2
    told = capsys.readouterr().err
    assert told.startswith("La base s'est arrêtée pendant ce travail")
    assert told.count("\n") == 1


def under_django(_connection):
    with DatabaseErrorWrapper(django_connection):
        raise psycopg.errors.AdminShutdown("terminating connection")


def test_a_database_that_stops_under_django_is_the_same_line(monkeypatch, capsys):
    assert work_on_the_database(monkeypatch, under_django)() == 2
    assert capsys.readouterr().err.startswith("La base s'est arrêtée pendant ce travail")


@pytest.mark.parametrize("statement", ["select 1/0", "set statement_timeout = 1; select pg_sleep(1)"])
def test_a_statement_that_fails_is_a_fault_of_ours(monkeypatch, statement):
    with pytest.raises(psycopg.Error):
        work_on_the_database(monkeypatch, lambda connection: connection.execute(statement))()


@pytest.mark.parametrize(
    ("folder", "command"),
    [
        *(("/dev/null/x", [name]) for name in ("health", "db", "run", "web")),
        *(("/proc/none", [name]) for name in ("run", "web")),  # the others only look, and find nothing
    ],
)
def test_a_folder_that_cannot_serve_is_one_line_and_code_2(monkeypatch, capsys, command, folder):
    monkeypatch.setenv("DEMOCRATIC_VAR", folder)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert cli.main(command) == 2
    told = capsys.readouterr().err
    assert f"Le dossier {folder} ne peut pas servir" in told
    assert told.count("\n") == 1


def test_a_file_that_is_missing_inside_the_folder_is_a_fault_of_ours(monkeypatch, tmp_path):
    monkeypatch.setenv("DEMOCRATIC_VAR", str(tmp_path))

    def fail(*_):
        raise FileNotFoundError(errno.ENOENT, "No such file", str(tmp_path / "run" / "state.json"))

    monkeypatch.setattr(cli, "_call", fail)
    with pytest.raises(FileNotFoundError):
        cli.main(["run"])


@pytest.mark.parametrize("workers", ["0", "-1"])
@pytest.mark.parametrize("command", ["run", "web"])
def test_no_worker_at_all_is_refused_in_one_line(monkeypatch, capsys, command, workers):
    monkeypatch.setenv("DEMOCRATIC_LIFE", "x")  # the database is not what is asked here
    assert cli.main([command, "--workers", workers]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Il faut au moins un processus web")
    assert told.count("\n") == 1
