"""``bin/democratic check`` as an operator types it, and the start that it keeps from happening."""

import json

import pytest

from democratic.config.checkup import examination
from democratic.config.checkup.findings import State, refused
from democratic.config.commands import check
from democratic.config.places import Places

PUBLIC = {"DEMOCRATIC_HTTPS": "1"}


@pytest.fixture
def found(monkeypatch):
    """What the looks find, without looking."""
    findings = [refused("hosts", "Tout nom d'hôte est accepté.", "…"), refused("fsync", "fsync = off.", "…")]
    monkeypatch.setattr(examination, "_all", lambda *_, **__: iter(findings))
    return findings


@pytest.mark.parametrize(
    ("environment", "states"),
    [
        ({}, [State.WARNING, State.REFUSED]),
        (PUBLIC, [State.REFUSED, State.REFUSED]),
        ({"DEMOCRATIC_PRODUCTION": "1"}, [State.REFUSED, State.REFUSED]),
    ],
)
def test_what_only_the_public_needs_is_a_warning_elsewhere_and_lost_writes_are_refused_everywhere(
    found, tmp_path, environment, states
):
    done = examination.examine(Places(tmp_path), "", environment, with_mail=False)
    assert [each.state for each in done] == states


@pytest.fixture
def check_says(monkeypatch):
    def says(*findings):
        monkeypatch.setattr(check, "_found", lambda _url, **_options: list(findings))
        monkeypatch.setenv("DATABASE_URL", "postgresql:///nowhere")

    return says


def test_the_worst_is_said_last_and_ends_with_code_1(check_says, capsys):
    check_says(refused("a", "Mal.", "Réparez."), *examination.softened([refused("b", "Moyen.", "Voyez.")]))
    assert check.main([]) == 1
    assert capsys.readouterr().out.splitlines() == ["! Moyen. → Voyez.", "✗ Mal. → Réparez."]


def test_json_gives_every_finding_and_warnings_end_with_code_0(check_says, capsys):
    check_says(*examination.softened([refused("b", "Moyen.", "Voyez.")]))
    assert check.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"name": "b", "state": "warning", "text": "Moyen.", "advice": "Voyez."}
    ]
