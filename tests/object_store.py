"""A real server of the S3 API on this machine, and one that is slow or gone: what object storage is tested on."""

import socket
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[1] / "var/s3/node_modules/.bin/s3rver"
KEY = SECRET = "S3RVER"
BUCKET = "democratic"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def s3_server(folder: Path, port: int = 0):
    """Its address, as DEMOCRATIC_S3 takes it. Skipped, in so many words, where it was never installed."""
    if not PROGRAM.exists():
        pytest.skip("no S3 server here: run bin/object-store (it needs npm)")
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(
        [PROGRAM, "-d", folder, "-p", str(port), "-a", "127.0.0.1", "--configure-bucket", BUCKET, "--silent"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, server)
        yield f"http://{KEY}:{SECRET}@127.0.0.1:{port}/{BUCKET}?region=us-east-1"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    raise RuntimeError("the S3 server did not start")


@contextmanager
def silent_server():
    """It takes connections and never answers: a store that is slow beyond patience."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        held, stop = [], threading.Event()

        def hold() -> None:
            listening.settimeout(0.1)
            while not stop.is_set():
                with suppress(OSError):
                    held.append(listening.accept()[0])

        thread = threading.Thread(target=hold)
        thread.start()
        try:
            yield f"http://{KEY}:{SECRET}@127.0.0.1:{listening.getsockname()[1]}/{BUCKET}"
        finally:
            stop.set()
            thread.join()
            for each in held:
                each.close()


def gone() -> str:
    """An address where nothing listens."""
    return f"http://{KEY}:{SECRET}@127.0.0.1:{free_port()}/{BUCKET}"
