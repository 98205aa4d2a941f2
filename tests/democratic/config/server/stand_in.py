"""``bin/run`` with stand-ins for our own commands: real database and supervisor, no Django.

python stand_in.py run --port N        the product, its commands replaced by the ones below
python stand_in.py web --port N …      a web server with a worker of its own, as granian has
"""

import importlib
import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ACCOUNTS = "Nathalie, agente : nathalie@example.org"


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        is_ready = self.path != "/readyz" or "sequencer" in ran()
        self.send_response(200 if is_ready else 503)
        self.end_headers()
        self.wfile.write(str(os.getpid()).encode() if is_ready else b"personne ne scelle")

    def log_message(self, *words):
        pass


def web(port):
    worker = subprocess.Popen([sys.executable, __file__, "web-worker"])
    signal.signal(signal.SIGTERM, lambda *_: (worker.terminate(), sys.exit(0)))
    ThreadingHTTPServer(("127.0.0.1", port), Pages).serve_forever()


def wait_for_a_signal():
    signal.pause()


def note(what):
    """One line for each time a command ran, for the tests that count."""
    with (Path(os.environ["DEMOCRATIC_VAR"]) / "ran").open("a") as file:
        file.write(what + "\n")


def ran():
    return (Path(os.environ["DEMOCRATIC_VAR"]) / "ran").read_text().split()


def run(argv):
    ours = importlib.import_module("democratic.config.server.launch")  # here: the others start faster without
    ours.command = lambda *words: [sys.executable, __file__, *words]
    return importlib.import_module("democratic.config.cli").main(["run", *argv])


def migrate():
    note("migrate")
    place = importlib.import_module("democratic.config.places").places()
    (place.var / "static").mkdir(exist_ok=True)
    with importlib.import_module("psycopg").connect(os.environ["DATABASE_URL"]) as connection:
        rows = 0 if "STAND_IN_EMPTY" in os.environ else 1
        connection.execute("create table if not exists thread_authority (id int)")
        connection.execute("insert into thread_authority select generate_series(1, %s)", [rows])
    preparation = importlib.import_module("democratic.config.server.preparation")
    preparation.mark_migrated(place, os.environ["DATABASE_URL"])


def main(name, *rest):
    match name:
        case "run":
            return run(list(rest))
        case "web":
            web(int(rest[rest.index("--port") + 1]))
        case "migrate":
            migrate()
        case "demo" if rest[0] == "accounts":
            sys.stdout.write(ACCOUNTS + "\n")
        case "demo":
            note("demo")
        case "check":
            sys.stdout.write(os.environ.get("STAND_IN_REFUSED", "✓ tout va bien") + "\n")
            return "STAND_IN_REFUSED" in os.environ
        case "worker" if "STAND_IN_BROKEN" in os.environ:
            sys.exit("pas de tâches aujourd'hui")
        case "sequencer":
            note("sequencer")
            wait_for_a_signal()
        case _:
            wait_for_a_signal()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
