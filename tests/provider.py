"""A provider on this machine: it notes what it is asked, and answers as it is told to, failures included."""

import json
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    method: str
    path: str
    query: dict
    headers: dict
    body: bytes
    at: float = 0

    @property
    def form(self):
        return {
            name: values[0] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()
        }

    @property
    def json(self):
        return json.loads(self.body or b"{}")


@dataclass
class Provider:
    """``answers``: what is said next, first in first out, before the usual answer. ``cut``: hangs up once it was asked;
    ``mute``: once it did what it was asked.
    """

    usual: object
    asked: list[Asked] = field(default_factory=list)
    answers: list = field(default_factory=list)
    cut: bool = False
    mute: bool = False
    kept: dict = field(default_factory=lambda: defaultdict(list))

    def __enter__(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self):
                length = int(self.headers.get("Content-Length") or 0)
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, parts.path, query, headers, self.rfile.read(length))
                provider.asked.append(asked)
                if provider.cut:
                    self.close_connection = True
                    return
                status, said, more = (
                    provider.answers.pop(0) if provider.answers else (*provider.usual(asked), {})
                )
                if provider.mute:
                    self.close_connection = True
                    return
                body = json.dumps(said).encode() if not isinstance(said, bytes) else said
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **more}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = _serve  # noqa: N815 -- named by the standard library

            def log_message(self, *_words):
                """Nothing: tests read ``asked``."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_fault):
        self.go_down()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def go_down(self):
        if not self._thread.is_alive():
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
