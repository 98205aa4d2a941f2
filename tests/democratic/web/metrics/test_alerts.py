"""Every alert of docs/operate/alerts.yml asks for figures that /metrics gives, and sends to a page that exists."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from democratic.config.commands.signer import installation_signer
from democratic.thread.journal.health import beat
from democratic.thread.journal.running import drain

ROOT = Path(__file__).parents[4]
OPERATE = ROOT / "docs" / "operate"
TEXT = (OPERATE / "alerts.yml").read_text()
HEAD = re.compile(r"# .+\ngroups:\n  - name: democratic\n    rules:\n")
# One layout for all, and nothing in a value that YAML would read in another way.
RULE = re.compile(
    r"      - alert: (?P<alert>[A-Za-z]+)\n"
    r"        expr: (?P<expr>[a-z](?:(?!: | #).)+)\n"
    r"(?:        for: \d+[mhd]\n)?"
    r"        labels: \{severity: (?P<severity>[a-z]+)\}\n"
    r"        annotations:\n"
    r"          summary: \"(?P<summary>[^\"\\]+)\"\n"
    r"          see: (?P<see>[a-z]+\.md)\n"
)
RULES = [found.groupdict() for found in RULE.finditer(TEXT)]
NAME = re.compile(r"\bdemocratic_\w+")
# Seen only once a worker has run here, and after a first request was counted.
LIVED = {"democratic_worker_beat_age_seconds"}
WORD = re.compile(r"[a-z_]+(?=\s*\()")
FUNCTIONS = {"absent", "sum", "rate", "histogram_quantile", "increase", "delta", "predict_linear", "by"}


@pytest.fixture
def given(territory, settings):
    """The names of all the samples that /metrics gives on an installation that lives."""
    drain(clock=territory.clock, signer=installation_signer())
    beat()
    Client().get("/participer")
    page = Client().get("/metrics", headers={"authorization": f"Bearer {settings.METRICS_TOKEN}"})
    return {line.split("{")[0].split(" ")[0] for line in page.content.decode().splitlines() if line[0] != "#"}


def test_every_figure_that_an_alert_asks_for_is_given(given):
    asked = {name for rule in RULES for name in NAME.findall(rule["expr"])}
    assert asked - given == LIVED


def test_the_file_holds_rules_in_their_layout_and_nothing_else():
    assert len(RULES) > 10
    assert RULE.sub("", HEAD.sub("", TEXT, count=1)) == ""


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Debian's prometheus")
def test_prometheus_itself_accepts_the_rules():
    subprocess.run(["promtool", "check", "rules", OPERATE / "alerts.yml"], check=True, capture_output=True)


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_an_alert_says_what_is_wrong_how_urgent_it_is_and_where_to_look(rule):
    assert rule["severity"] in {"page", "ticket", "people"}
    assert rule["summary"].endswith(".")
    assert (OPERATE / rule["see"]).is_file()
    assert set(WORD.findall(rule["expr"])) <= FUNCTIONS
    assert rule["expr"].count("(") == rule["expr"].count(")")


def test_no_alert_has_the_name_of_another():
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


def test_the_guide_explains_every_figure_and_every_alert(given):
    guide = (OPERATE / "metrics.md").read_text()
    ours = {name for name in given if name.startswith("democratic_")} | LIVED
    families = {re.sub(r"_(bucket|count|sum|created|total)$", "", name) for name in ours}
    assert [name for name in sorted(families) if f"`{name}`" not in guide] == []
    assert [rule["alert"] for rule in RULES if f"`{rule['alert']}`" not in guide] == []
