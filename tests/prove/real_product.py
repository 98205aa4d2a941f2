"""The real product, started as anyone starts it, on the demonstration territory: asked, killed, and looked into."""

import email
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from email import policy
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from aiosmtpd.controller import Controller

from democratic.config.places import Places
from democratic.config.server import installation
from democratic.config.server.cluster import ADMIN, DATABASE, ROLE, socket_url
from democratic.config.server.embedded import ADMIN_PASSWORD, PASSWORD

ROOT = Path(__file__).parents[2]
PATIENCE = int(os.environ.get("PROVE_PATIENCE", "180"))  # seconds; more on a machine that does other things
DEFERRED = ("PG", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEMOCRATIC_", "PYTEST")


def tell(line):
    """Progress: these tests are long."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(found, what, within=PATIENCE):
    """What ``found`` gives once it gives something."""
    deadline = time.monotonic() + within
    while not (value := found()):
        if time.monotonic() > deadline:
            pytest.fail(f"still waiting after {within} s: {what}")
        threading.Event().wait(0.1)
    return value


def children_of(pid):
    """Every descendant, with its command line, parents first."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                words = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                found += [(child, words), *children_of(child)]
        except OSError:
            continue
    return found


class Answer:
    def __init__(self, response):
        self.status, self.location = response.status, response.getheader("Location") or ""
        self.cookies = re.findall(r"([\w-]+=[^;]+)", "; ".join(response.headers.get_all("Set-Cookie") or []))
        self.body = response.read()


class Product:
    def __init__(self, var, **more):
        self.port, self.var = free_port(), var
        self.log_path = var.parent / "run.log"
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(DEFERRED)},
            "PYTHONPATH": str(ROOT / "src"),
            "DEMOCRATIC_VAR": str(var),
            "DEMOCRATIC_LIMITS_FACTOR": "1000000",
            **more,
        }
        self.start()

    def start(self):
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "democratic.config.cli", "run", "--port", str(self.port)],
                env=self.env, stdout=log, stderr=log,
            )  # fmt: skip

    def command(self, *words, expected=0, within=PATIENCE):
        done = subprocess.run(
            [sys.executable, "-m", "democratic.config.cli", *words],
            env=self.env, capture_output=True, text=True, timeout=within, check=False,
        )  # fmt: skip
        assert done.returncode == expected, done.stdout + done.stderr
        return done.stdout + done.stderr

    def shell(self, code, within=PATIENCE):
        """What the code prints on lines that begin with @."""
        said = self.command("manage", "shell", "--verbosity", "0", "-c", code, within=within)
        return [line[1:] for line in said.splitlines() if line.startswith("@")]

    def asked(self, method, path, fields=None, cookie="", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Sec-Fetch-Site": "same-origin", **({"Cookie": cookie} if cookie else {}), **headers}
        if fields is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(fields) if fields is not None else None, sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def is_ready(self):
        assert self.process.poll() is None, self.log_path.read_text()[-2000:]
        try:
            return self.asked("GET", "/readyz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def wait_ready(self):
        wait_until(self.is_ready, "the product's pages")

    def journal(self):
        return json.loads(self.asked("GET", "/readyz").body)["journal"]

    def wait_for_the_journal(self):
        def is_caught_up():
            lags = self.journal()
            return not lags["pending"] and not any(lags["projections"].values())

        wait_until(is_caught_up, "the journal")

    def database(self, *, as_admin=False):
        socket_dir = Path(installation.running(Places(self.var))["database"]["socket_dir"])
        role, secret = (ADMIN, ADMIN_PASSWORD) if as_admin else (ROLE, PASSWORD)
        password = (self.var / "secrets" / secret).read_text().strip()
        return psycopg.connect(socket_url(socket_dir, role, password, DATABASE), autocommit=True)

    def rows(self, question, *values):
        with self.database() as connection:
            return connection.execute(question, values).fetchall()

    def pids(self, which):
        return [pid for pid, words in children_of(self.process.pid) if which in words]

    def kill(self, which, nth=0):
        """End one process of that name by SIGKILL, and see it gone."""
        pid = wait_until(lambda: self.pids(which)[nth:], f"a process named {which!r}")[0]
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(pid), f"the end of {which!r}")

    def kill_every(self, which):
        """Stop them all before ending any, so that none has time to write on seeing another gone."""
        for signum in (signal.SIGSTOP, signal.SIGKILL):
            for pid in self.pids(which):
                os.kill(pid, signum)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Postbox:
    """A real SMTP server that counts."""

    def __init__(self):
        self.mails, self.sent_to = [], Counter()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(mail)
        self.sent_to[mail["To"], mail["Message-ID"]] += 1
        return "250 OK"


@contextmanager
def smtp_server():
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@contextmanager
def running_product(**more):
    """In a folder open to PostgreSQL's own account, as pytest's are not when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="democratic-prove-")).resolve()
    folder.chmod(0o755)
    product = Product(folder / "var", **more)
    try:
        product.wait_ready()
        yield product
    finally:
        product.stop()
        shutil.rmtree(folder, ignore_errors=True)


OPEN = """
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import is_open
from democratic.participation.processes.tool import Act
from democratic.kernel.clock import DATABASE_CLOCK
now = DATABASE_CLOCK.now()
for each in Process.objects.select_related('record'):
    if is_open(each.pk, Act.SUBMIT_IDEA, now):
        print('@' + each.slug + ' ' + each.record.code)
"""


def open_process(product):
    """The slug and the code of a process in which one may speak now."""
    return product.shell(OPEN)[0].split()
