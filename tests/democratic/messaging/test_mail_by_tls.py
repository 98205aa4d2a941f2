"""Mails leave by TLS to a server whose certificate an internal authority signed, and to no impostor."""

import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from democratic.config.checkup.findings import State
from democratic.config.checkup.settings_in_force import try_mail
from democratic.kernel.outages import outages
from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import confirm_address
from democratic.people.actions import leave_address, welcome_guest
from internal_authority import make_authority
from ports import free_port


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority")
    make_authority(folder)
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
    queue_messages([Notice(territory.authority, address, "answer", "Bonjour", "…")])


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
