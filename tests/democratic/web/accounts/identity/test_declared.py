"""The operator's file: each wrong line is told in French, and never stops those that are right."""

import pytest

from democratic.config.checkup.findings import State
from democratic.config.checkup.settings_in_force import _identity
from democratic.config.server.checks import refuse_wrong_identity
from democratic.config.server.errors import CannotStart
from democratic.web.accounts.identity.declared import Identity, Public, read_identity

STAFF = """
[[provider]]
slug = "agents"
name = "ProConnect"
kind = "proconnect"
for = "staff"
authority = "ma-ville"
issuer = "https://idp.ma-ville.fr/realms/agents"
client_id = "democratic"
client_secret = "un secret"
mfa = ["urn:mfa"]
domains = ["ma-ville.fr"]
"""
CITIZENS = """
[[provider]]
slug = "franceconnect"
name = "FranceConnect"
kind = "franceconnect"
for = "citizens"
authority = "ma-ville"
issuer = "https://fc.ma-ville.fr/api/v2"
client_id = "democratic"
client_secret = "un secret"
"""
SAML = """
[[provider]]
slug = "annuaire"
name = "Annuaire"
kind = "saml"
for = "staff"
authority = "ma-ville"
issuer = "urn:annuaire"
sso_url = "https://idp.ma-ville.fr/sso"
certificate = "MIIB"
"""


@pytest.fixture
def file(tmp_path):
    def write(text, mode=0o600):
        path = tmp_path / "identity.toml"
        path.write_text(text)
        path.chmod(mode)
        return path

    return write


def test_without_a_file_there_is_no_service(tmp_path):
    assert read_identity(tmp_path / "identity.toml") == Identity()


def test_each_kind_is_read_with_its_own_profile(file):
    read = read_identity(file(STAFF + CITIZENS + SAML))
    assert read.faults == ()
    agents, citizens, saml = read.of("ma-ville")
    assert (agents.public, agents.asked_scopes) == (Public.STAFF, ("openid", "email"))
    assert (citizens.acr, citizens.asked_scopes) == (("eidas1",), ("openid",))
    assert saml.is_saml
    assert agents.places == {"idp.ma-ville.fr:443"}
    assert read.of("ailleurs") == ()
    assert read.get("ma-ville", "agents") == agents
    assert read.get("ailleurs", "agents") is None


def test_secrets_are_not_shown_by_whoever_prints_a_provider(file):
    assert "un secret" not in repr(read_identity(file(STAFF + CITIZENS)))


WRONG = [
    ('kind = "proconnect"', 'kind = "proconect"', "« kind » est l’un de"),
    ('for = "staff"', 'for = "agents"', "« for » est l’un de"),
    ('for = "staff"', 'for = "citizens"', "ProConnect est pour les agents"),
    ('client_secret = "un secret"', "", "« client_secret » manque"),
    ('slug = "agents"', "", "« slug » manque"),
    ('slug = "agents"', 'slug = "Agents !"', "« slug »"),
    ('slug = "agents"', 'slug = "agents"\nsecret = "x"', "« secret » n’est pas connu"),
    ('"https://idp.ma-ville.fr/realms/agents"', '"http://idp.ma-ville.fr"', "n’est pas une adresse https"),
    ('"https://idp.ma-ville.fr/realms/agents"', '"https://idp@evil.fr"', "n’est pas une adresse https"),
    ('domains = ["ma-ville.fr"]', 'domains = "ma-ville.fr"', "« domains » est une liste"),
    ('name = "ProConnect"', "name = 3", "« name » est un texte"),
    ('mfa = ["urn:mfa"]', 'scopes = ["email"]', "« openid »"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), WRONG)
def test_a_wrong_line_is_told_and_leaves_the_others(file, right, wrong, told):
    read = read_identity(file(CITIZENS + STAFF.replace(right, wrong)))
    assert [each.slug for each in read.providers] == ["franceconnect"]
    assert told in read.faults[0]
    assert "service n° 2" in read.faults[0]


def test_the_same_name_twice_a_broken_file_and_a_lone_bracket_are_told(file):
    assert "déjà le nom" in read_identity(file(STAFF + STAFF)).faults[0]
    assert read_identity(file("[[provider")).faults
    assert "deux crochets" in read_identity(file("provider = [1]")).faults[0]
    assert "n’est pas connu" in read_identity(file("other = 1")).faults[0]
    assert (
        "FranceConnect est pour les habitants"
        in (read_identity(file(CITIZENS.replace('"citizens"', '"staff"'))).faults[0])
    )


def test_a_file_that_others_read_is_refused(file):
    read = read_identity(file(STAFF, mode=0o640))
    assert read.providers == ()
    assert "chmod 600" in read.faults[0]


def test_a_service_in_clear_is_for_a_place_that_the_operator_named(file):
    here = STAFF.replace("https://idp.ma-ville.fr", "http://127.0.0.1:8080")
    assert read_identity(file(here)).faults
    read = read_identity(file(here), "127.0.0.1:8080, 10.0.0.3:8080")
    assert read.faults == ()
    assert read.near == {"127.0.0.1:8080", "10.0.0.3:8080"}


def test_start_is_refused_in_one_line_and_check_tells_each(file, settings, monkeypatch):
    path = file(STAFF.replace('slug = "agents"', ""))
    monkeypatch.setenv("DEMOCRATIC_IDENTITY", str(path))
    with pytest.raises(CannotStart, match="« slug » manque"):
        refuse_wrong_identity(path.parent)
    settings.IDENTITY = read_identity(path, "127.0.0.1:8080")
    assert [each.state for each in _identity()] == [State.REFUSED, State.WARNING]
    settings.IDENTITY = read_identity(file(STAFF))
    refuse_wrong_identity(path.parent)
    assert [(each.state, "ProConnect" in each.text) for each in _identity()] == [(State.OK, True)]
    settings.IDENTITY = Identity()
    assert list(_identity()) == []
