"""A thousand people who watch one page of one installation: how soon they hear of a change, and what they cost."""

import asyncio
import os
import re
import signal
import time
from pathlib import Path

import pytest
from people_at_work import say_one
from real_product import is_alive, open_process, running_product, tell, wait_until

STREAMS = 1000
AT_ONCE = 100  # who come at the same moment
HEARD_BY_ALL_WITHIN = 15.0  # seconds; what was measured is in docs/benchmarks.md

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def product():
    with running_product() as made:
        yield made


@pytest.fixture(scope="module")
def code(product):
    return say_one(product, open_process(product)[0])


def comment(product, code, text):
    fields = {"text": text, "alignment": "1", "age_band": "26_64"}
    answer = product.asked("POST", f"/paroles/{code}/commenter", fields)
    assert answer.status == 302, answer.body


async def open_stream(port, path, door):
    async with door:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    assert head.startswith("HTTP/1.1 200 "), head
    return reader, writer


async def heard(reader, name="changed"):
    """When the event came."""
    while line := await reader.readline():
        if line.strip() == f"event: {name}".encode():
            return time.monotonic()
    return None


def memory(product):
    """Proportional, of each web process, in MB."""
    found = []
    for pid in product.pids("democratic.config.cli web"):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        found.append(int(re.search(r"^Pss: +(\d+)", rollup, re.MULTILINE)[1]) // 1024)
    return found


def at(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


def test_a_thousand_who_watch_hear_of_one_change(product, code):
    async def watch():
        door, before = asyncio.Semaphore(AT_ONCE), memory(product)
        began = time.monotonic()
        opened = await asyncio.gather(
            *(open_stream(product.port, f"/live/idees/{code}", door) for _each in range(STREAMS))
        )
        took, during = time.monotonic() - began, memory(product)
        listening = [asyncio.create_task(heard(reader)) for reader, _writer in opened]
        said_at = time.monotonic()
        await asyncio.to_thread(comment, product, code, "Oui, le vendredi.")
        acknowledged = time.monotonic() - said_at
        async with asyncio.timeout(HEARD_BY_ALL_WITHIN):
            waits = [moment - said_at for moment in await asyncio.gather(*listening)]
        for _reader, writer in opened:
            writer.close()
        return took, before, during, acknowledged, waits

    took, before, during, acknowledged, waits = asyncio.run(watch())
    spread = [wait - min(waits) for wait in waits]
    tell(
        f"{STREAMS} streams opened in {took:.1f} s; memory of web processes {before} then {during} MB; the comment was"
        f" acknowledged after {acknowledged * 1000:.0f} ms, and heard after {at(waits, 0.5):.0f} ms (p50),"
        f" {at(waits, 0.99):.0f} ms (p99); the first and the last are {max(spread) * 1000:.0f} ms apart"
    )
    assert len(waits) == STREAMS


def test_while_postgresql_is_down_streams_stay_and_they_go_on_once_it_is_back(product, code):
    async def watch():
        reader, writer = await open_stream(product.port, f"/live/idees/{code}", asyncio.Semaphore(1))
        listening = asyncio.create_task(heard(reader))
        os.kill(postmaster := product.pids("bin/postgres")[0], signal.SIGKILL)
        await asyncio.to_thread(wait_until, lambda: not is_alive(postmaster), "the end of PostgreSQL")
        await asyncio.to_thread(product.wait_ready)
        assert not listening.done()
        await asyncio.to_thread(comment, product, code, "Et le samedi.")
        async with asyncio.timeout(HEARD_BY_ALL_WITHIN):
            assert await listening
        writer.close()

    asyncio.run(watch())


def test_the_whole_product_stops_while_people_watch(product, code):
    async def watch():
        opened = [
            await open_stream(product.port, f"/live/idees/{code}", asyncio.Semaphore(1))
            for _each in range(50)
        ]
        began = time.monotonic()
        await asyncio.to_thread(product.stop)
        took = time.monotonic() - began
        ends = [await heard(reader, "ended") for reader, _writer in opened]
        for _reader, writer in opened:
            writer.close()
        return took, ends

    took, ends = asyncio.run(watch())
    tell(f"stopped in {took:.1f} s")
    assert ends == [None] * 50
    assert took < 20
