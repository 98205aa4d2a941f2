"""The real nginx and the real Caddy, on the very files that operators copy: only places and names are ours."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from democratic.config.places import ROOT
from entry_server import Listener
from internal_authority import make_authority
from ports import free_port

OPERATE = ROOT / "docs" / "operate"
HOST = "participer.example.fr"
AS_IN_PRODUCTION = {
    "DEMOCRATIC_URL": f"https://{HOST}", "DEMOCRATIC_HOSTS": HOST, "DEMOCRATIC_HTTPS": "1",
    "DEMOCRATIC_BEHIND_PROXY": "1",
}  # fmt: skip
AS_A_PROXY_SAYS = {"Host": HOST, "X-Forwarded-Proto": "https"}
PATIENCE = 20  # seconds


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed here")


class Connection(http.client.HTTPSConnection):
    """To this machine, under the public name."""

    def __init__(self, port, context):
        super().__init__(HOST, port, timeout=PATIENCE, context=context)
        self._authority = context

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as browsers do
        self.sock = self._authority.wrap_socket(plain, server_hostname=HOST)


@dataclass
class Proxy:
    name: str
    plain: int
    closed: int
    authority: Path
    process: subprocess.Popen

    def __post_init__(self):
        self._context = ssl.create_default_context(cafile=self.authority)
        self._asked = []

    def ask(self, path, method="GET", body=None, **headers):
        line = Connection(self.closed, self._context)
        self._asked.append(line)
        line.request(method, path, body, {"Host": HOST, **headers})
        answer = line.getresponse()
        self._asked.append(answer)
        return answer

    def listen(self, path, **headers):
        return Listener(self.ask(path, **headers))

    def say(self, raw):
        """These very bytes, and whatever comes back until it hangs up."""
        with socket.create_connection(("127.0.0.1", self.closed), PATIENCE) as plain:
            line = self._context.wrap_socket(plain, server_hostname=HOST)
            line.sendall(raw)
            heard = b""
            while chunk := _next(line):
                heard += chunk
            line.close()
        return heard

    def hang_up(self):
        while self._asked:
            self._asked.pop().close()

    def stop(self):
        self.hang_up()
        self.process.terminate()
        self.process.wait(PATIENCE)


def _next(line):
    try:
        return line.recv(65536)
    except (ConnectionResetError, ssl.SSLEOFError):
        return b""


def written_here(text, *places):
    """Each of those words of the file, which must be there, becomes ours; None: its whole line goes."""
    for written, here in places:
        assert written in text, written
        text = (
            re.sub(rf"^.*{re.escape(written)}\n", "", text, flags=re.MULTILINE)
            if here is None
            else text.replace(written, here)
        )
    return text


@contextmanager
def nginx(folder, behind):
    make_authority(folder, HOST)
    plain, closed = free_port(), free_port()
    text = written_here(
        (OPERATE / "nginx.conf").read_text(),
        ("[::]:80;", None), ("[::]:443 ssl http2;", None), ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{closed} ssl http2;"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ("/etc/ssl/democratic/fullchain.pem", f"{folder}/server.pem"),
        ("/etc/ssl/democratic/privkey.pem", f"{folder}/server.pem"),
    )  # fmt: skip
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    # Started by root, it would keep large bodies as an account that cannot enter a folder of pytest's.
    account = "user root;" if os.geteuid() == 0 else ""
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off; {account} pid {folder}/pid; error_log stderr; events {{}}\nhttp {{ {folders}\n{text}\n}}\n"
    )
    argv = ["nginx", "-p", folder, "-c", whole]
    done = subprocess.run([*argv, "-t"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with _running("nginx", argv, folder, plain, closed) as proxy:
        yield proxy


@contextmanager
def caddy(folder, behind):
    make_authority(folder, HOST)
    plain, closed = free_port(), free_port()
    ours = ("\tadmin off", "default_bind 127.0.0.1", f"http_port {plain}", f"https_port {closed}")
    text = written_here(
        (OPERATE / "Caddyfile").read_text(),
        ("\tservers {", "\n\t".join(ours) + "\n\tservers {"),
        (f"{HOST} {{", f"{HOST} {{\n\ttls {folder}/server.pem {folder}/server.pem"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    )  # fmt: skip
    whole = folder / "Caddyfile"
    whole.write_text(text)
    argv = ["caddy", "run", "--adapter", "caddyfile", "--config", whole]
    with _running("caddy", argv, folder, plain, closed, HOME=str(folder)) as proxy:
        yield proxy


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def _running(name, argv, folder, plain, closed, **environment):
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            argv, stderr=log, stdout=log, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment}
        )
    proxy = Proxy(name, plain, closed, folder / "ca.pem", process)
    try:
        _wait(proxy, folder / f"{name}.log")
        yield proxy
    finally:
        proxy.stop()


def _wait(proxy, log):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", proxy.closed), 1).close()
        except OSError:
            assert proxy.process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            threading.Event().wait(0.02)
        else:
            return
