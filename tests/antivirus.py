"""A real clamd on this machine, with a base of one signature of ours, and one that lies: what scanning is tested on."""

import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

# The test file of all antiviruses, in halves: these sources are no virus to anyone.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
NAME = "Notre-Signature.UNOFFICIAL"
PROGRAM = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


@contextmanager
def real_clamd(folder: Path, *, most: str = "12M", port: int = 0):
    """Its address, as settings have it: its socket, or a port. Skipped, in so many words, where it isn't installed."""
    if PROGRAM is None:
        pytest.skip("no clamd here: apt install clamav-daemon")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ours.ndb").write_text(f"Notre-Signature:0:*:{EICAR.hex()}\n")
    address = ("127.0.0.1", port) if port else str(folder / "clamd.ctl")
    where = f"TCPAddr 127.0.0.1\nTCPSocket {port}" if port else f"LocalSocket {address}"
    conf = folder / "clamd.conf"
    conf.write_text(f"Foreground yes\nDatabaseDirectory {folder}\nStreamMaxLength {most}\n{where}\n")
    with (folder / "clamd.log").open("wb") as log:
        server = subprocess.Popen([PROGRAM, "-c", conf], stdout=log, stderr=log)
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address, server: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET) as line,
        ):
            line.connect(address)
            return
    raise RuntimeError("clamd did not start")


@contextmanager
def lying_clamd(answer: bytes, *, times: int = 1, after: float = 0.0, to_a_few_bytes: bytes | None = None):
    """Its address. It reads what is sent to its end, says ``answer`` so many times after a while, and hangs up."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while not over.is_set():
                line, _address = listening.accept()
                with line, suppress(OSError):
                    asked = _read(line)
                    short = to_a_few_bytes is not None and len(asked) < 100
                    if short:
                        line.sendall(to_a_few_bytes)
                        continue
                    over.wait(after)
                    for _each in range(times):
                        line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()
        finally:
            over.set()
            with suppress(OSError), socket.create_connection(listening.getsockname(), 1):
                pass  # wakes the listener up
            thread.join()


def _read(line: socket.socket) -> bytes:
    asked = b""
    while not asked.endswith(bytes(4)) and (part := line.recv(1 << 16)):
        asked += part
    return asked
