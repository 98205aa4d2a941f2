import stat
import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from democratic.config import secrets


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DEMOCRATIC_VAR", str(tmp_path))
    return tmp_path / "secrets"


def test_a_secret_is_made_once_and_kept():
    assert secrets.secret("essai") == secrets.secret("essai")
    assert secrets.secret("essai") != secrets.secret("autre")


def test_a_secret_has_the_asked_randomness():
    assert len(secrets.secret("long", nbytes=48)) == 64


def test_only_their_owner_reads_them(folder):
    secrets.secret("essai")
    secrets.rotate("essai")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_makers_at_the_same_time_get_the_same_value(folder):
    together, got = threading.Barrier(8), []

    def ask():
        together.wait()
        got.append(secrets.secret("essai"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 1
    assert [path.name for path in folder.iterdir()] == ["essai"]


def test_a_half_written_one_is_never_taken_for_a_secret(folder):
    folder.mkdir()
    (folder / "essai.0123.new").write_text("mo")
    assert len(secrets.secret("essai")) == 43


def test_rotation_keeps_the_previous_value(folder):
    first = secrets.secret("essai")
    assert secrets.previous("essai") is None
    second = secrets.rotate("essai")
    assert secrets.secret("essai") == second != first
    assert secrets.previous("essai") == first
    secrets.rotate("essai")
    assert secrets.previous("essai") == second
    assert sorted(path.name for path in folder.iterdir()) == ["essai", "essai.previous"]


def test_the_signing_key_signs_and_rotates_as_a_key():
    first = secrets.signing_key()
    assert secrets.signing_key() == first
    secrets.rotate(secrets.SIGNING_KEY)
    for pem in (first, secrets.signing_key()):
        assert isinstance(load_pem_private_key(pem.encode(), None), Ed25519PrivateKey)
    assert secrets.previous(secrets.SIGNING_KEY) == first != secrets.signing_key()


def test_the_key_of_push_services_is_made_once_and_rotates_as_a_key():
    first = secrets.push_key()
    assert secrets.push_key() == first
    secrets.rotate(secrets.PUSH_KEY)
    key = load_pem_private_key(secrets.push_key().encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    assert key.curve.name == "secp256r1"
    assert secrets.previous(secrets.PUSH_KEY) == first != secrets.push_key()


@pytest.mark.parametrize("name", ["../clef", "", ".caché", "essai.previous", "a/b", "a.new"])
def test_a_name_cannot_lead_elsewhere(name):
    with pytest.raises(ValueError, match="not a secret's name"):
        secrets.secret(name)
