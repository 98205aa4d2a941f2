"""A mail server on this machine: Dovecot keeps what arrives (IMAP), aiosmtpd takes what leaves (SMTP)."""

import asyncio
import getpass
import imaplib
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from ports import free_port

DOVECOT = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")
PASSWORD, SILENCE = "mot-de-passe", "…"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_max_userip_connections = 1000
first_valid_uid = 1
mail_location = maildir:{folder}/mails/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mails/%u
}}
service imap-login {{
  {jail}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  {jail}
}}
{users}
"""
NOBODY = 65534


@contextmanager
def dovecot():
    """The port of a server where each name is a mailbox. Skipped, in so many words, where it was never installed."""
    if DOVECOT is None:
        pytest.skip("no IMAP server here: apt install dovecot-imapd")
    folder, port = Path(tempfile.mkdtemp(prefix="dovecot-")), free_port()
    folder.chmod(0o755)
    (folder / "mails").mkdir(mode=0o777)
    (folder / "mails").chmod(0o777)
    (folder / "dovecot.conf").write_text(_config(folder, port))
    server = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _wait_for(port, server, folder)
        yield port
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _config(folder, port):
    """Run by root, it takes the users that Debian made for it; by anybody else, it is that one throughout."""
    root = os.geteuid() == 0
    me = getpass.getuser()
    users = (
        f"default_login_user = {me}\ndefault_internal_user = {me}\ndefault_internal_group = {os.getegid()}"
    )
    return CONFIG.format(
        folder=folder,
        port=port,
        password=PASSWORD,
        uid=NOBODY if root else os.geteuid(),
        gid=NOBODY if root else os.getegid(),
        jail="" if root else "chroot =",
        users="" if root else users,
    )


def _wait_for(port, server, folder):
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError, imaplib.IMAP4.error), Mailbox(port, "started").opened():
            return
    log = folder / "log"
    raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")


@dataclass
class Mailbox:
    port: int
    user: str

    @contextmanager
    def opened(self):
        line = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        try:
            line.login(self.user, PASSWORD)
            yield line
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                line.logout()

    def takes(self, raw):
        """As its mail server puts a mail there."""
        with self.opened() as line:
            assert line.append("INBOX", None, None, raw)[0] == "OK"

    def empties(self):
        with self.opened() as line:
            line.select("INBOX")
            line.store("1:*", "+FLAGS", "\\Deleted")
            line.expunge()

    def validity(self):
        with self.opened() as line:
            line.select("INBOX")
            return line.response("UIDVALIDITY")[1][0].decode()


@dataclass
class Postbox:
    """What left, and all that was to leave. ``says_of``: the answers to each verb, next first; None takes the mail,
    and cuts the line; SILENCE says nothing more.
    """

    mails: list = field(default_factory=list)
    offered: list = field(default_factory=list)
    says_of: dict = field(default_factory=dict)
    lets_in: bool = True

    def _next(self, verb):
        waiting = self.says_of.get(verb)
        return waiting.pop(0) if waiting else "250 OK"

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802 -- aiosmtpd's name
        said = self._next("MAIL")
        if said.startswith("250"):
            envelope.mail_from = address
        return said

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 -- aiosmtpd's name
        said = self._next("RCPT")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        said = self._next("DATA")
        if said == SILENCE:
            await asyncio.Event().wait()
        mail = message_from_bytes(envelope.content, policy=policy.default)
        mail.left_from = envelope.mail_from
        self.offered.append(mail)
        if said is None or said.startswith("250"):
            self.mails.append(mail)
        if said is None:
            server.transport.close()
            return "250 never heard"
        return said

    def knows(self, _server, _session, _envelope, _mechanism, _data):
        return AuthResult(success=self.lets_in, handled=False)


@contextmanager
def smtp(settings):
    """What Django sends goes there."""
    box, port = Postbox(), free_port()
    controller = Controller(
        box, hostname="127.0.0.1", port=port, authenticator=box.knows, auth_require_tls=False
    )
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "nous", "secret"
    box.ends = controller.stop
    try:
        yield box
    finally:
        with suppress(OSError):
            if not controller.loop.is_closed():
                controller.stop()
