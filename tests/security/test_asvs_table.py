"""The table of requirements is whole, and what it calls evidence is there to be read."""

import re
from collections import Counter

import pytest

from democratic.config.places import ROOT

TEXT = (ROOT / "docs" / "security" / "asvs.md").read_text()
ROW = re.compile(
    r"^\| (?P<number>\d+\.\d+\.\d+) \| (?P<level>[12]) \| .+ \| (?P<state>.+) \| (?P<evidence>.+) \|$",
    re.MULTILINE,
)
ROWS = [found.groupdict() for found in ROW.finditer(TEXT)]
STATES = ("met", "partly", "not met", "not applicable")


def test_each_requirement_of_levels_1_and_2_has_one_line():
    numbers = [row["number"] for row in ROWS]
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


@pytest.mark.parametrize("row", ROWS, ids=[row["number"] for row in ROWS])
def test_what_is_called_met_has_evidence_that_exists(row):
    assert row["state"] in STATES
    files = re.findall(r"`([^`]+)`", row["evidence"])
    assert [name for name in files if not (ROOT / name).is_file()] == []
    assert files or row["state"] in {"not met", "not applicable"}


@pytest.mark.parametrize("state", STATES)
def test_the_summary_counts_what_the_table_says(state):
    counted = Counter((row["level"], row["state"]) for row in ROWS)
    line = re.search(rf"^\| {state} \| (\d+) \| (\d+) \|", TEXT, re.MULTILINE)
    assert (int(line[1]), int(line[2])) == (counted["1", state], counted["2", state])
