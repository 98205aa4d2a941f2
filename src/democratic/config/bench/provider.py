"""A provider of messages on this machine, in a process of its own, so that it takes no time from who is measured.

``python -m democratic.config.bench.provider``: says its port on a line, answers 201 to each message, and once its
input ends says in JSON at which second of the machine's clock each arrived.
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LINES = 128  # that wait to be taken


class Provider(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = LINES

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.arrived: list[float] = []


class Taking(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.arrived.append(time.monotonic())
        self.send_response(201)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_words: object) -> None:
        """Nothing: what arrived is counted."""


def main() -> None:
    provider = Provider()
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    sys.stdout.write(f"{provider.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    provider.shutdown()
    sys.stdout.write(json.dumps(provider.arrived))


if __name__ == "__main__":
    main()
