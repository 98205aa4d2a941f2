import json
import os
import re
import subprocess
import sys

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from democratic.config import cli
from democratic.config.bill import LOCK, PRINTED, STATIC, VENDORED, bill
from democratic.config.places import ROOT

LOCKED = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==([^ ;\\]+)", (ROOT / LOCK).read_text(), re.MULTILINE)
# Written by ours, or said to be ours by a comment of their own.
OURS = {"app.css", "favicon.svg", "territoire.svg", "terrain-192.png", "app.js"}
MADE_BY_OTHERS = {".woff2", ".woff", ".ttf", ".js", ".svg", ".png", ".wasm"}


def test_the_bill_is_cyclonedx():
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill())) is None


def test_every_locked_package_is_in_it_with_the_hashes_that_are_accepted():
    components = {(each["name"], each.get("version")): each for each in bill()["components"]}
    assert len(LOCKED) > 30
    for name, version in LOCKED:
        assert components[name.lower(), version]["properties"], name
    hashes = (ROOT / LOCK).read_text().count("--hash=sha256:")
    assert sum(len(each["properties"]) for each in components.values() if each["type"] == "library") == hashes


def test_every_file_of_the_interface_that_others_made_is_in_it_with_its_licence():
    known = {each.file for each in VENDORED if each.folder == STATIC}
    folder = ROOT / STATIC
    ours = re.compile(r"^(js|css)/")  # readable sources, in the tree
    there = {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if (path.suffix in MADE_BY_OTHERS or (path.suffix == ".css" and "vendor" in path.parts))
        and path.name not in OURS
        and not ours.match(str(path.relative_to(folder)))
    }
    assert there == known
    assert all((ROOT / each.folder / each.notice).is_file() for each in VENDORED)


def test_the_fonts_of_other_scripts_that_sheets_are_printed_with_are_in_it():
    there = {path.name for path in (ROOT / PRINTED).glob("*.ttf")} - {"young-serif-400.ttf"}  # of ours, above
    assert there == {each.file for each in VENDORED if each.folder == PRINTED} != set()


def test_the_script_that_refreshes_them_names_the_same_versions():
    script = (ROOT / "bin/vendor").read_text()
    versions = {each.version for each in VENDORED if each.file.startswith(("vendor/", "fonts/"))}
    assert versions == set(re.findall(r"^(?:leaflet|cluster|fonts)=([0-9.]+)$", script, re.MULTILINE))
    assert {each["version"] for each in bill()["components"] if each["name"] == "Leaflet"} == {"1.9.4"}


def test_it_is_the_same_twice_and_names_no_registry(capsys):
    said = []
    for _ in range(2):
        assert cli.main(["sbom"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "://" not in said[0]


def test_another_lock_is_another_bill(tmp_path):
    for name in ("pyproject.toml", LOCK):
        (tmp_path / name).write_text((ROOT / name).read_text())
    for folder in (STATIC, PRINTED):
        (tmp_path / folder.parent).mkdir(parents=True)
        (tmp_path / folder).symlink_to(ROOT / folder)
    same = bill(tmp_path)["serialNumber"]
    (tmp_path / LOCK).write_text(
        (ROOT / LOCK).read_text() + "one-more==1.0 \\\n    --hash=sha256:" + "0" * 64
    )
    assert same == bill()["serialNumber"] != bill(tmp_path)["serialNumber"]


WEAK = {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
WELL = {"name": "b", "version": "1", "vulns": []}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "ci", "code", "told"),
    [
        ([WELL], "", 0, "1 packages were looked up"),
        ([WELL, WEAK], "", 1, "a 1: X-1, mended in 2"),
        ([WELL, WEAK, SKIPPED], "true", 1, "a 1: X-1"),
        ([WELL, SKIPPED], "", 0, "NOT AUDITED"),
        ([WELL, SKIPPED], "true", 2, "1 of 2 packages"),
        (None, "", 0, "NOT AUDITED"),
        (None, "true", 2, "NOT AUDITED"),
    ],
)
def test_what_could_not_be_looked_up_is_never_called_sound(tmp_path, packages, ci, code, told):
    written = tmp_path / "audit.json"
    if packages is not None:
        written.write_text(json.dumps({"dependencies": packages}))
    argv = [sys.executable, "-m", "democratic.config.audit_report", written]
    env = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, told in done.stdout) == (code, True)
