"""Who asks for a stream and reads nothing of it, by real sockets of the real service: the kernel's buffers are in it."""

import re
import socket
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from democratic.thread.actions import Words, post_comment
from democratic.thread.journal import drain
from democratic.web.entry.untaken import UNTAKEN

pytestmark = [pytest.mark.django_db, pytest.mark.prove]

DEAF = 200
SOON = 10.0  # seconds, on a machine in use; what was measured is in docs/benchmarks.md
ESTABLISHED = "01"


def deaf_reader(port, path):
    """Whose window is a kilobyte: some events fill it."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    return line


def held(port, readers):
    """How many of these lines the service still has open."""
    at, wanted = f"{port:04X}", {f"{each.getsockname()[1]:04X}" for each in readers}
    rows = [line.split()[1:4] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(
        here.endswith(f":{at}") and there.rpartition(":")[2] in wanted and state == ESTABLISHED
        for here, there, state in rows
    )


def streams(server):
    token = (server.static.parent / "secrets" / "metrics-token").read_text().strip()
    figures = server.ask("/metrics", Authorization=f"Bearer {token}").read().decode()
    return float(re.search(r"^democratic_live_streams (.+)$", figures, re.MULTILINE)[1])


def memory(server):
    """Of the processes that answer, in MB."""
    workers = psutil.Process(server.process.pid).children(recursive=True)
    return sum(each.memory_full_info().pss for each in workers) / 1e6


def wait_until(found, within):
    """Seconds that it took."""
    began = time.monotonic()
    while not found():
        assert time.monotonic() - began < within
        threading.Event().wait(0.1)
    return time.monotonic() - began


def test_who_reads_nothing_is_cut_weighs_little_and_delays_nobody(server, here, capsys):
    idea = here.say("Un bus de nuit.").idea.record
    path = f"/live/idees/{idea.code}"
    reader, before = server.listen(path), memory(server)
    deaf = [deaf_reader(server.port, path) for _each in range(DEAF)]
    try:
        wait_until(lambda: streams(server) == DEAF + 1, 30)
        longest, began, during = 0.0, time.monotonic(), before
        # The page is busy until all are gone: each event waits behind the one before.
        while held(server.port, deaf) and time.monotonic() - began < UNTAKEN + 40:
            said_at = time.monotonic()
            words = Words(text=f"Oui, à {said_at} heures.")
            post_comment(subject=idea, author=idea.author, words=words, alignment=1, clock=here.clock)
            drain(clock=here.clock)
            assert reader.event(SOON)[0] == "changed"
            longest = max(longest, time.monotonic() - said_at)
            during = max(during, memory(server))
        took = time.monotonic() - began
    finally:
        for each in deaf:
            each.close()
    with capsys.disabled():
        sys.stdout.write(
            f"{DEAF} who read nothing: cut within {took:.0f} s; {before:.0f} then {during:.0f} MB;"
            f" one who reads heard each change within {longest:.2f} s\n"
        )
    assert took < UNTAKEN + 20
    assert during - before < 40
    wait_until(lambda: streams(server) == 1, SOON)
