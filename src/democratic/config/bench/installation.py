"""An installation for a moment: database, pages and sequencer, with production settings."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.throwaway import throwaway_postgres

PATIENCE = 240  # seconds: a machine in use takes its time to start
PATIENCE_TO_CATCH_UP = 900


@dataclass(frozen=True, slots=True)
class Installation:
    base: str
    web: subprocess.Popen[bytes]


@contextmanager
def prepared() -> Iterator[None]:
    """A durable throw-away database in DATABASE_URL, migrated, and Django set up on it."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="democratic-bench-"))
        server = stack.enter_context(throwaway_postgres(durable=True, settings={"shared_buffers": "512MB"}))
        os.environ["DATABASE_URL"] = server.url()
        os.environ["DEMOCRATIC_VAR"] = folder
        os.environ["DEMOCRATIC_LIMITS_FACTOR"] = "1000000"
        os.environ["DJANGO_SETTINGS_MODULE"] = "democratic.config.settings"
        import django  # noqa: PLC0415  the settings read the two variables above
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@contextmanager
def running(workers: int, sequencer_module: str = "") -> Iterator[Installation]:
    """``sequencer_module``: a program that runs the sequencer, in place of the command."""
    port = _free_port()
    log = Path(os.environ["DEMOCRATIC_VAR"]) / "bench.log"
    with log.open("ab") as out:
        web = start("web", "--port", str(port), "--workers", str(workers), out=out)
        sequencer = (
            start_module(sequencer_module, out=out) if sequencer_module else start("sequencer", out=out)
        )
        try:
            _wait(f"http://127.0.0.1:{port}/readyz", log)
            yield Installation(f"http://127.0.0.1:{port}", web)
        finally:
            for child in (web, sequencer):
                child.terminate()
            for child in (web, sequencer):
                child.wait(20)


def start(*words: str, out: object) -> subprocess.Popen[bytes]:
    return start_module("democratic.config.cli", *words, out=out)


def start_module(*words: str, out: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *words]
    return subprocess.Popen(command, stdout=out, stderr=out)  # type: ignore[call-overload]  # noqa: S603  ours


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str, log: Path) -> None:
    """Until it answers, and has given its place to each Entry of what was filled in at once: no town has such a day."""
    answered, caught_up = time.monotonic() + PATIENCE, time.monotonic() + PATIENCE_TO_CATCH_UP
    while time.monotonic() < caught_up:
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310  loopback
                journal = json.load(answer)["journal"]
        except (urllib.error.URLError, OSError):
            if time.monotonic() > answered:
                raise CannotStart(f"Le serveur à mesurer ne répond pas (détail : {log})") from None
            time.sleep(0.2)
        else:
            if not journal["pending"] and not any(journal["projections"].values()):
                return
            time.sleep(1)
    raise CannotStart(f"Le journal à mesurer ne finit pas de se numéroter (détail : {log})")
