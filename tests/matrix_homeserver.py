"""A real Matrix homeserver on this machine (Synapse, from PyPI), and people who have an account there."""

import contextlib
import hmac
import http.client
import json
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

from ports import free_port

PYTHON = Path(__file__).parents[1] / "var/homeserver/bin/python"
SERVER_NAME, SECRET = "tchap.test", "shared-secret-of-tests"
CONFIG = """
server_name: "{name}"
report_stats: false
pid_file: "{folder}/synapse.pid"
listeners:
  - {{port: {port}, bind_addresses: ["127.0.0.1"], type: http, tls: false, resources: [{{names: [client]}}]}}
database: {{name: sqlite3, args: {{database: "{folder}/synapse.db"}}}}
media_store_path: "{folder}/media"
signing_key_path: "{folder}/signing.key"
registration_shared_secret: "{secret}"
macaroon_secret_key: "{secret}"
form_secret: "{secret}"
trusted_key_servers: []
federation_domain_whitelist: []
rc_message: {{per_second: 1000, burst_count: 1000}}
rc_login: {{address: {{per_second: 1000, burst_count: 1000}}, account: {{per_second: 1000, burst_count: 1000}}}}
rc_joins: {{local: {{per_second: 1000, burst_count: 1000}}}}
rc_invites: {{per_room: {{per_second: 1000, burst_count: 1000}}, per_user: {{per_second: 1000, burst_count: 1000}}}}
"""
_NAMES = count()


@contextlib.contextmanager
def synapse(folder):
    """Its port. Skipped, in so many words, where it was never installed. Ended by its own process."""
    if not PYTHON.exists():
        pytest.skip("no Matrix homeserver here: run bin/homeserver")
    port, config = free_port(), folder / "homeserver.yaml"
    config.write_text(CONFIG.format(name=SERVER_NAME, folder=folder, port=port, secret=SECRET))
    command = [PYTHON, "-m", "synapse.app.homeserver", "--config-path", config]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*command, "--generate-keys"], check=True, timeout=120, **quiet)
    server = subprocess.Popen(command, **quiet)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(port, server):
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            if passed_on(port, "GET", "/_matrix/client/versions")[0] == 200:
                return
    raise RuntimeError("the Matrix homeserver did not start")


def passed_on(port, method, path, body=b"", headers=None):
    """(status, body) of one request."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


@dataclass
class Someone:
    """An account of the homeserver, and what its client asks."""

    port: int
    user: str = ""
    token: str = ""

    def asks(self, method, path, said=None, *, at="/_matrix/client/v3/"):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        body = b"" if method == "GET" else json.dumps(said or {}).encode()
        status, answer = passed_on(self.port, method, at + path, body, headers)
        return {"status": status, **json.loads(answer)}

    def opens_room(self, *guests, encrypted=False):
        state = [{"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
        asked = {"preset": "private_chat", "is_direct": True, "invite": [each.user for each in guests]}
        return self.asks("POST", "createRoom", asked | ({"initial_state": state} if encrypted else {}))[
            "room_id"
        ]

    def says(self, room, content, name=None):
        name = name or f"t{next(_NAMES)}"
        return self.asks("PUT", f"rooms/{quote(room)}/send/m.room.message/{name}", content)

    def keeps(self, content):
        """Its ``mxc`` address, once it is uploaded."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/octet-stream"}
        answer = passed_on(self.port, "POST", "/_matrix/media/v3/upload", content, headers)[1]
        return json.loads(answer)["content_uri"]

    def enters(self, room):
        return self.asks("POST", f"rooms/{quote(room)}/join")

    def throws_out(self, room, other):
        return self.asks("POST", f"rooms/{quote(room)}/kick", {"user_id": other.user})

    def rooms(self):
        return self.asks("GET", "joined_rooms")["joined_rooms"]

    def heard_in(self, room, sender):
        events = self.asks("GET", f"rooms/{quote(room)}/messages?dir=b&limit=200")["chunk"]
        return [
            each["content"]["body"]
            for each in reversed(events)
            if each["type"] == "m.room.message" and each["sender"] == sender.user
        ]


def newcomer(port, name, *, admin=False):
    """A new account, by the shared secret that the homeserver was given."""
    at = "/_synapse/admin/v1/"
    name, role = f"{name}{next(_NAMES)}", "admin" if admin else "notadmin"
    nobody = Someone(port)
    nonce = nobody.asks("GET", "register", at=at)["nonce"]
    words = f"{nonce}\0{name}\0password\0{role}".encode()
    proof = hmac.new(SECRET.encode(), words, "sha1").hexdigest()
    asked = {"nonce": nonce, "username": name, "password": "password", "admin": admin, "mac": proof}
    made = nobody.asks("POST", "register", asked, at=at)
    return Someone(port, made["user_id"], made["access_token"])
