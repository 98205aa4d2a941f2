"""``bin/democratic`` and ``bin/run``, the shell's part, on a copy with an empty lock: nothing is downloaded."""

import os
import shutil
import subprocess
import sys
import threading

import pytest

from democratic.config.places import ROOT

TOOLS = [
    "sh",
    "readlink",
    "dirname",
    "df",
    "awk",
    "mkdir",
    "grep",
    "tail",
    "date",
    "cmp",
    "flock",
    "sleep",
    "cp",
    "mv",
    "rm",
]


def call(copy, *words, path=None, program="democratic"):
    env = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/nowhere"}
    env["PATH"] = path or f"{copy.parent / 'python'}:/usr/bin:/bin"
    env.pop("DEMOCRATIC_VAR", None)
    return subprocess.run(
        [copy / "bin" / program, *words], env=env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def made_environment(tmp_path_factory):
    """What ``python3 -m venv`` makes, made once: it takes some seconds."""
    kept = tmp_path_factory.mktemp("kept") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", kept], check=True)
    return kept


@pytest.fixture
def python(tmp_path, made_environment):
    """A ``python3`` that copies that environment where it is asked to make one."""
    shim = tmp_path / "python" / "python3"
    shim.parent.mkdir()
    shim.write_text(
        f"""#!/bin/sh
if [ "$1 $2 $3" = "-m venv --clear" ]; then rm -rf "$4" && exec cp -a "{made_environment}" "$4"; fi
exec "{sys.executable}" "$@"
"""
    )
    shim.chmod(0o755)


@pytest.fixture
def copy(tmp_path, python):
    """The commands' table alone, nothing installed, in a folder whose name has a space and an accent."""
    folder = tmp_path / "ma copie été"
    (folder / "bin").mkdir(parents=True)
    for name in ("run", "democratic"):
        shutil.copy(ROOT / "bin" / name, folder / "bin" / name)
    config = folder / "src/democratic/config"
    shutil.copytree(ROOT / "src/democratic/config/server", config / "server")
    for name in ("cli.py", "places.py"):
        shutil.copy(ROOT / "src/democratic/config" / name, config / name)
    (folder / "requirements.lock").touch()
    return folder


@pytest.fixture
def installed(copy, made_environment):
    shutil.copytree(made_environment, copy / ".venv", symlinks=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (copy / ".venv" / f".installed-{version}").touch()
    return copy


def stamps(copy):
    return list((copy / ".venv").glob(".installed-*"))


def test_a_first_start_shows_the_installation_as_its_first_step_and_a_second_has_none(copy):
    first = call(copy, "--nope", program="run")
    assert first.stdout.startswith("1/6 Installation des dépendances…")
    assert len(stamps(copy)) == 1
    again = call(copy, "--nope", program="run")
    assert (again.returncode, again.stdout) == (2, "1/6 Dépendances… déjà là\n")


def test_when_the_lock_changes_it_installs_and_keeps_the_commands_own_output_clean(installed):
    (installed / "requirements.lock").write_text("# autre\n")
    done = call(installed, "nope")
    assert (done.returncode, done.stdout) == (2, "")  # a program may read what a command writes
    assert done.stderr.startswith("Installation des dépendances…")
    assert done.stderr.endswith("Commande inconnue : « nope ». La liste : bin/democratic --help\n")
    assert stamps(installed)[0].read_text() == "# autre\n"


def test_killed_in_mid_install_it_repairs_itself(installed):
    stamps(installed)[0].unlink()
    (installed / "var").mkdir()
    (installed / "var" / "install.began").touch()
    (half,) = (installed / ".venv").glob("lib/python*/site-packages/pip")
    (half / "__main__.py").write_text("à moitié")
    assert "fait" in call(installed, "nope").stderr
    assert len(stamps(installed)) == 1
    assert not (installed / "var" / "install.began").exists()


def test_an_environment_whose_python_is_gone_is_made_again(installed):
    for link in (installed / ".venv" / "bin").glob("python*"):
        link.unlink()
        link.symlink_to("/usr/bin/python-gone")
    assert "fait" in call(installed, "nope").stderr


def test_dependencies_that_cannot_be_had_are_one_line(installed):
    (installed / "requirements.lock").write_text(f"no-such-package==1 --hash=sha256:{'0' * 64}\n")
    done = call(installed, "nope")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("Les dépendances n'ont pas pu être installées : ")
    assert (installed / "var" / "install.began").exists()  # the next start begins anew


def test_two_starts_at_once_install_one_after_the_other(installed):
    (installed / "requirements.lock").write_text("# autre\n")
    (installed / "var").mkdir()
    held = subprocess.Popen(["flock", installed / "var" / "install.lock", "cat"], stdin=subprocess.PIPE)
    with held:
        threading.Timer(0.5, held.stdin.close).start()
        done = call(installed, "nope")
    assert done.stderr.startswith("Une autre installation est en cours ici : on attend sa fin…\n")


def test_help_needs_nothing_installed(copy):
    for program, option in (("democratic", "bench"), ("run", "--no-demo")):
        done = call(copy, "--help", program=program)
        assert (done.returncode, done.stderr) == (0, "")
        assert option in done.stdout
    assert not (copy / ".venv").exists()


@pytest.fixture
def bare_path(tmp_path):
    """The system's tools without Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def test_without_python_it_says_what_to_install(copy, bare_path):
    done = call(copy, "run", path=str(bare_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Il faut Python 3.11 ou plus récent : sudo apt install python3 python3-venv\n"


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ("exit 1", "Il faut Python 3.11 ou plus récent"),
        ('case "$2" in *venv*) exit 1; esac', "Il manque à python3 de quoi faire un environnement"),
    ],
)
def test_an_old_python_or_one_without_venv_is_said_so(copy, bare_path, answers, line):
    (bare_path / "python3").write_text(f"#!/bin/sh\n{answers}\n")
    (bare_path / "python3").chmod(0o755)
    done = call(copy, "run", path=str(bare_path))
    assert done.returncode == 2
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1
