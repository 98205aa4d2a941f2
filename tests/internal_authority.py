"""A certificate authority of one's own, as a town hall has: made for a test, gone with it."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

AUTHORITY = "Autorité interne"


def make_authority(folder: Path, *hosts: str) -> None:
    """Write ``ca.pem``, and ``server.pem`` (certificate and key) that it signed for these hosts and this machine."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    ca = _signed(AUTHORITY, ca_key, ca_key, usage, is_authority=True)
    here = [x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")]
    names = x509.SubjectAlternativeName([*here, *map(x509.DNSName, hosts)])
    certificate = _signed("serveur", key, ca_key, names, is_authority=False)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    (folder / "server.pem").write_bytes(certificate.public_bytes(Encoding.PEM) + private)


def _signed(subject, key, by, extension, *, is_authority):
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(subject))
        .issuer_name(_named(AUTHORITY))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(extension, critical=False)
        .sign(by, SHA256())
    )


def _named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
