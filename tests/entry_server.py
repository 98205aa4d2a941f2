"""The real web service on the database of a test: granian, our entry, processes of its own; and who listens to it."""

import http.client
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection, connections

from democratic.config.places import ROOT
from democratic.thread.journal.heads import ensure_head
from democratic.web.sessions import SessionStore
from factories import build_territory
from ports import free_port

# Numbers go on: rows that other tests copy have some of them.
AS_AFTER_ANY_TEST = {
    "verbosity": 0, "interactive": False, "reset_sequences": False, "allow_cascade": True,
    "inhibit_post_migrate": True,
}  # fmt: skip

PATIENCE = 60  # seconds
NOTHING = ("", "")


@dataclass
class EntryServer:
    port: int
    process: subprocess.Popen
    static: Path
    asked: list = field(default_factory=list)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path, method="GET", **headers):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.asked.append(asked)
        asked.request(method, path, headers=headers)
        answer = asked.getresponse()
        self.asked.append(answer)
        return answer

    def status(self, path, method="GET", **headers):
        return self.ask(path, method, **headers).status

    def listen(self, path, account=None, **headers):
        if account is not None:
            headers["Cookie"] = cookie_of(account)
        return Listener(self.ask(path, **headers))

    def hang_up(self):
        """On all that was asked, and is still listened to."""
        while self.asked:
            self.asked.pop().close()

    def stop(self):
        """How many seconds it took."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(PATIENCE)
        return time.monotonic() - began


class Listener:
    def __init__(self, answer):
        self.answer, self.id = answer, ""

    def event(self, within):
        """The next one's name and words; ``NOTHING`` when it is cut before, TimeoutError when none comes."""
        deadline, name = time.monotonic() + within, ""
        while True:
            self.answer.fp.raw._sock.settimeout(max(0.01, deadline - time.monotonic()))
            line = self.answer.readline().decode()
            if not line:
                return NOTHING
            field, _, value = line.strip().partition(": ")
            if field == "event":
                name = value
            elif field == "id":
                self.id = value
            elif field == "data":
                return name, value


def cookie_of(account):
    """Signed in this minute, as in a browser of hers."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _url_of(database):
    """As the settings read it: who asks stands before the @."""
    who = ":".join(quote(database[name], safe="") for name in ("USER", "PASSWORD"))
    where = urlencode({"host": database["HOST"], "port": database["PORT"]})
    return f"postgresql://{who}@/{database['NAME']}?{where}"


@contextmanager
def entry_server(var: Path, static: Path | None = None, port: int = 0, **more: str):
    """With one process, whose sessions are read with our own key. ``static``: published files of another one.

    ``more``: of its environment.
    """
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": _url_of(connection.settings_dict),
        "DEMOCRATIC_VAR": str(var), **more,
    }  # fmt: skip
    (var / "secrets").mkdir(parents=True, exist_ok=True, mode=0o700)
    (var / "secrets" / "django").write_text(settings.SECRET_KEY)
    (var / "secrets" / "django").chmod(0o600)
    if static:
        (var / "static").symlink_to(static)
    else:
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, env=environment, check=True)
    port = port or free_port()
    # Not by our command line: it refuses the hurried database of tests.
    web = [
        "-c",
        f"from democratic.config.commands.web import main; main(['--port', '{port}', '--workers', '1'])",
    ]
    server = EntryServer(port, subprocess.Popen([sys.executable, *web], env=environment), var / "static")
    try:
        _wait(server)
        yield server
    finally:
        server.hang_up()
        if server.process.poll() is None:
            server.stop()


@contextmanager
def committed_territory(django_db_blocker):
    """A territory that other processes see; nothing is left of it afterwards."""
    with django_db_blocker.unblock():
        ensure_head()
        yield build_territory()
        call_command("flush", **AS_AFTER_ANY_TEST)
        ensure_head()
        connections.close_all()


def _wait(server):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            server.status("/healthz")
        except OSError:
            assert server.process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return
