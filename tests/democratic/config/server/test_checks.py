import socket
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from democratic.config.server import checks
from democratic.config.server.checks import examine_database, refuse_full_disk, refuse_taken_port
from democratic.config.server.errors import CannotStart


@pytest.fixture
def listener():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken


def test_a_free_port_is_accepted_again_and_again(listener):
    port = listener.getsockname()[1]
    listener.close()
    for _ in range(2):
        refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_a_taken_port_is_refused_with_another_to_try(listener, host):
    port = listener.getsockname()[1]
    with pytest.raises(CannotStart, match=f"Le port {port} est déjà pris .* --port {port + 1}"):
        refuse_taken_port(host, port)


@pytest.mark.parametrize("host", ["192.0.2.1", "chez.invalid", "127.0.0.1.9"])
def test_an_address_that_is_not_ours_is_refused(host):
    with pytest.raises(CannotStart, match=r"(n'est pas à cette machine|Adresse inconnue)"):
        refuse_taken_port(host, 8000)


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(CannotStart, match=f"{port}"):
        refuse_taken_port("127.0.0.1", port)


def test_a_nearly_full_disk_is_refused(tmp_path, monkeypatch):
    refuse_full_disk(tmp_path)
    monkeypatch.setattr(checks, "NEEDED_SPACE", 10**18)
    with pytest.raises(CannotStart, match=r"Disque presque plein : \d+ Mo libres"):
        refuse_full_disk(tmp_path)


def test_a_database_that_refuses_is_named_without_its_password(listener):
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(CannotStart, match=r"Base injoignable \(Connection refused\)") as refusal:
        examine_database(f"postgresql://moi:motdepasse@127.0.0.1:{port}/x")
    assert "motdepasse" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_database_that_never_answers_is_not_waited_for(listener, monkeypatch):
    monkeypatch.setattr(checks, "CONNECT_TIMEOUT", 2)  # the shortest that libpq takes; 5 s for real
    with pytest.raises(CannotStart, match=r"Base injoignable .*timeout"):
        examine_database(f"postgresql://moi@127.0.0.1:{listener.getsockname()[1]}/x")


@pytest.mark.parametrize("url", ["postgresql://[oups/x", "n'importe quoi", "mysql://a/b"])
def test_an_address_that_is_none_is_refused_in_one_line(url):
    with pytest.raises(CannotStart, match="Base injoignable") as refusal:
        examine_database(url)
    assert "\n" not in str(refusal.value)


def test_a_wrong_password_is_named_as_such(server_url):
    url = server_url().replace("postgresql://democratic:", "postgresql://democratic:x")
    with pytest.raises(
        CannotStart, match=r'Base injoignable \(password authentication failed for user "democratic"\)'
    ):
        examine_database(url)


def test_a_safe_database_is_accepted_and_an_unsafe_role_refused(server_url):
    url = server_url()
    examine_database(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("alter role democratic set synchronous_commit = off")
    with pytest.raises(CannotStart, match="synchronous_commit = on"):
        examine_database(url)


def test_a_wrong_clock_is_refused(server_url, monkeypatch):
    class Late(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) - timedelta(minutes=5)

    monkeypatch.setattr(checks, "datetime", Late)
    with pytest.raises(CannotStart, match="diffèrent de 300 s"):
        examine_database(server_url())
