"""Mails leave by TLS to a server whose certificate an internal authority signed, and to no impostor."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from democratic.config.checkup.findings import State
from democratic.config.checkup.settings_in_force import try_mail
from democratic.kernel.outages import outages
from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import confirm_address
from democratic.people.actions import leave_address, welcome_guest


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def signed(subject, issuer, key, by, extension, *, is_authority):
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(extension, critical=False)
        .sign(by, SHA256())
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """The folder of an internal authority: ca.pem, and server.pem that it signed for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("authority")
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    ca = signed("Autorité interne", "Autorité interne", ca_key, ca_key, usage, is_authority=True)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = signed("mail", "Autorité interne", key, ca_key, names, is_authority=False)
    (folder / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.pem").write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    return folder


class Box:
    def __init__(self):
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.taken += envelope.rcpt_tos
        return "250 OK"


class StartTls(Controller):
    """It takes nothing before STARTTLS."""

    def factory(self):
        return SMTP(self.handler, tls_context=self.starttls, require_starttls=True, hostname="mail")


@pytest.fixture(params=["smtp+tls", "smtps"])
def server(request, authority, settings):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "server.pem")
    box, port, is_implicit = Box(), free_port(), request.param == "smtps"
    if is_implicit:
        controller = Controller(box, hostname="127.0.0.1", port=port, ssl_context=context)
    else:
        controller = StartTls(box, hostname="127.0.0.1", port=port)
        controller.starttls = context
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = not is_implicit, is_implicit
    yield box
    controller.stop()


@pytest.fixture
def owed(territory):
    address = leave_address(
        person=welcome_guest(), email="lina@example.org", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    confirm_address(address=address, clock=territory.clock)
    queue_messages([Notice(address, "answer", "Bonjour", "…")])


def test_a_mail_leaves_by_a_closed_line_once_the_internal_authority_is_trusted(
    server, owed, authority, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    assert [each.state for each in try_mail()] == [State.OK]
    assert deliver().sent == 1
    assert len(server.taken) == 1


def test_an_impostor_gets_no_mail_and_the_check_says_so(server, owed):
    (found,) = try_mail()
    assert (found.state, "SSLCertVerificationError" in found.text) == (State.REFUSED, True)
    assert deliver().sent == 0
    assert server.taken == []
    assert OutgoingMessage.objects.get().state == "queued"
    assert outages() == ("mail",)
