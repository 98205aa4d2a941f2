"""A phone on a bad network before the real server: cut lines, lost answers, a server killed; each record once."""

import http.client
import json
import os
import signal
import socket
import threading
import time
from pathlib import Path

import pytest
from real_product import tell

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.street.devices import prepare_device
from democratic.participation.street.models import StreetCapture
from entry_server import entry_server
from in_the_street import planned, record

pytestmark = pytest.mark.prove
PATIENCE = 60  # seconds
BATCH, EVERY = 100, 2048  # records; bytes between two places where the line is cut
MOST_SECONDS = 5.0  # for five hundred records


@pytest.fixture
def out(live_territory):
    """A device that is in its time for the server's own clock."""
    session = planned(live_territory, with_poll=True)
    return prepare_device(session=session, person=live_territory.agent.person, clock=DATABASE_CLOCK)


def a_batch(out, start=0, n=BATCH):
    said = [record(code=code) for code in out.codes[start : start + n // 2]]
    return said + [record("tap") for _each in range(n - len(said))]


def asked(out, records):
    """The whole request, as bytes go over the line."""
    body = json.dumps({"sent_at": "2026-03-01T18:00:00+01:00", "records": records}).encode()
    head = (
        f"POST /terrain/envois HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {out.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def say(server, request, upto=None):
    """Send so many bytes, then hang up without an answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        line.sendall(request[:upto])


def sent(server, out, records):
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    body = json.dumps({"records": records})
    headers = {"Authorization": f"Bearer {out.token}", "Content-Type": "application/json"}
    line.request("POST", "/terrain/envois", body, headers)
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    assert answer.status == 200, told
    return told["receipts"]


def here():
    return StreetCapture.objects.count()


def until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_line_that_is_cut_anywhere_keeps_all_of_a_batch_or_nothing_and_never_twice(out, tmp_path):
    batch = a_batch(out)
    request = asked(out, batch)
    with entry_server(tmp_path / "var") as server:
        for upto in range(0, len(request), EVERY):
            say(server, request, upto)
        server.status("/healthz")
        assert here() == 0  # a body that is not whole is no body
        for _lost in range(5):
            say(server, request)  # the answer is lost on the way back
        until(lambda: here() == BATCH)
        told = []
        threads = [
            threading.Thread(target=lambda: told.append(sent(server, out, batch))) for _each in range(10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert len(told) == 10
        assert all(each == told[0] for each in told)
        assert {each["state"] for each in told[0]} == {"received"}
    assert here() == BATCH


def kill(server):
    """Its worker and itself, as when the power goes."""
    pid = server.process.pid
    for each in (*Path(f"/proc/{pid}/task/{pid}/children").read_text().split(), pid):
        os.kill(int(each), signal.SIGKILL)
    server.process.wait(PATIENCE)


def test_a_server_that_is_killed_while_it_receives_loses_nothing_that_it_acknowledged(out, tmp_path):
    batches, receipts, static = [a_batch(out, 10 * turn, 20) for turn in range(3)], {}, None
    for turn in range(3):
        with entry_server(tmp_path / f"var{turn}", static) as server:
            static = static or server.static
            receipts[turn] = sent(server, out, batches[turn])
            for each in batches:  # on its way when the server dies: perhaps kept, perhaps not
                say(server, asked(out, each))
            kill(server)
    known = {str(uuid) for uuid in StreetCapture.objects.values_list("uuid", flat=True)}
    assert {each["uuid"] for told in receipts.values() for each in told} <= known
    with entry_server(tmp_path / "last", static) as server:
        again = [sent(server, out, batch) for batch in batches]
    assert here() == sum(map(len, batches))
    assert all(again[turn] == told for turn, told in receipts.items())


def test_five_hundred_records_are_received_within_five_seconds(out, tmp_path):
    batches = [a_batch(out, 20 * turn, BATCH) for turn in range(5)]
    # A device has a hundred codes: the others go without.
    batches = [[{**each, "code": ""} for each in batch] for batch in batches]
    with entry_server(tmp_path / "var") as server:
        sent(server, out, [record()])  # a worker that has answered once
        began = time.monotonic()
        for batch in batches:
            sent(server, out, batch)
        took = time.monotonic() - began
    tell(f"500 records received in {took:.2f} s")
    assert here() == 501
    assert took < MOST_SECONDS
