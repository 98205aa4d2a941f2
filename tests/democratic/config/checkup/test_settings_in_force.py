from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.checks import Error
from django.core.checks import Warning as Caution

from antivirus import lying_clamd
from democratic.config.checkup import settings_in_force as looks
from democratic.config.checkup.findings import State
from ports import free_port


@pytest.fixture
def public(settings):
    """What production.env of docs/operate/ gives."""
    settings.ALLOWED_HOSTS = ["participer.ville.fr", "127.0.0.1"]
    settings.PUBLIC_URL = "https://participer.ville.fr"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-session"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.EMAIL_URL, settings.EMAIL_HOST = "smtp+tls://u:p@mail.ville.fr:587", "mail.ville.fr"
    settings.DEFAULT_FROM_EMAIL = "Ma Ville <participer@ville.fr>"
    settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS = "p", True
    return settings


def states():
    return {each.name: each.state for each in looks.look_at_settings()}


def test_a_public_installation_is_well_and_django_says_nothing(db, public):
    assert set(states().values()) == {State.OK}


@pytest.mark.parametrize(
    ("setting", "value", "name", "state"),
    [
        ("DEBUG", True, "debug", State.REFUSED),
        ("ALLOWED_HOSTS", ["*"], "hosts", State.REFUSED),
        ("PUBLIC_URL", "http://participer.ville.fr", "public_url", State.REFUSED),
        ("PUBLIC_URL", "https://127.0.0.1:8000", "public_url", State.REFUSED),
        ("SESSION_COOKIE_SECURE", False, "https", State.REFUSED),
        ("SESSION_COOKIE_HTTPONLY", False, "https", State.REFUSED),
        ("SESSION_COOKIE_NAME", "session", "https", State.REFUSED),
        ("SECURE_PROXY_SSL_HEADER", None, "https", State.REFUSED),
        ("LIMITS_FACTOR", 100, "limits", State.REFUSED),
        ("EMAIL_URL", "", "mail", State.WARNING),
        ("DEFAULT_FROM_EMAIL", "democraTIC <ne-pas-repondre@localhost>", "mail", State.WARNING),
        ("EMAIL_USE_TLS", False, "mail", State.WARNING),
        ("SECRET_KEY", "x" * 50, "django", State.WARNING),
    ],
)
def test_each_setting_that_does_not_suit_the_public_is_told(db, public, setting, value, name, state):
    setattr(public, setting, value)
    assert states()[name] is state


def test_a_fault_that_django_calls_an_error_is_refused_and_what_is_silenced_is_not_told(settings):
    settings.SILENCED_SYSTEM_CHECKS = ["a.W002"]
    messages = [Error("Cassé\n  ici", id="a.E001"), Caution("Tu", id="a.W002"), Caution("Dit", id="a.W003")]
    found = list(looks._deployment(messages))
    assert [(each.state, each.text) for each in found] == [
        (State.REFUSED, "Django : Cassé ici (a.E001)"),
        (State.WARNING, "Django : Dit (a.W003)"),
    ]


@pytest.mark.parametrize("count", [1, 9])
def test_pending_migrations_are_refused_and_named(monkeypatch, count):
    step = SimpleNamespace(app_label="thread", name="0042_more")
    monkeypatch.setattr(looks.MigrationExecutor, "__init__", lambda self, _connection: None)
    graph = SimpleNamespace(leaf_nodes=list)
    monkeypatch.setattr(looks.MigrationExecutor, "loader", SimpleNamespace(graph=graph), raising=False)
    monkeypatch.setattr(looks.MigrationExecutor, "migration_plan", lambda *_: [(step, False)] * count)
    found = looks._migrations()
    assert (found.state, found.advice) == (State.REFUSED, "bin/democratic migrate")
    assert "thread.0042_more" in found.text
    assert ("et 3 autres" in found.text) is (count == 9)


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (b"stream: OK\0", State.OK, "répond"),
        (b"stream: ERROR\0", State.WARNING, "tout fichier envoyé est refusé"),
    ],
)
def test_an_antivirus_that_cannot_scan_is_told(settings, answer, state, said):
    with lying_clamd(answer) as address:
        settings.CLAMD = address
        found = looks._antivirus()
    assert (found.state, said in found.text) == (state, True)


def test_without_an_antivirus_it_is_said_and_nothing_is_asked(settings):
    settings.CLAMD = None
    found = looks._antivirus()
    assert (found.state, "aucun antivirus" in found.text) == (State.OK, True)


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    return settings


def test_the_mail_server_is_tried_without_sending_anything(smtp):
    smtp.EMAIL_PORT = free_port()
    controller = Controller(Sink(), hostname="127.0.0.1", port=smtp.EMAIL_PORT)
    controller.start()
    try:
        (found,) = looks.try_mail()
    finally:
        controller.stop()
    assert found.state is State.OK


def test_a_mail_server_that_does_not_answer_is_refused(smtp):
    (found,) = looks.try_mail()
    assert (found.state, "ConnectionRefusedError" in found.text) == (State.REFUSED, True)


@pytest.mark.parametrize(
    ("content", "state", "said"),
    [
        ("A" * 40 + ":3\n" + "B" * 40 + ":1\n", State.OK, "comparés à ceux de"),
        ("B" * 40 + ":3\n" + "A" * 40 + ":1\n", State.REFUSED, "dans l'ordre des empreintes"),
        ("motdepasse\n", State.REFUSED, "SHA-1 EN CAPITALES"),
        ("", State.REFUSED, "il est vide"),
        (None, State.REFUSED, "il manque"),
    ],
)
def test_the_file_of_leaked_passwords_is_looked_at(settings, tmp_path, content, state, said):
    settings.LEAKED_PASSWORDS = str(tmp_path / "leaked.txt")
    if content is not None:
        (tmp_path / "leaked.txt").write_text(content)
    found = looks._leaked()
    assert (found.name, found.state, said in found.text) == ("leaked_passwords", state, True)


def test_without_such_a_file_it_is_said_what_is_compared_all_the_same(settings):
    settings.LEAKED_PASSWORDS = ""
    found = looks._leaked()
    assert (found.state, "les plus courants" in found.text) == (State.OK, True)
