"""The load, in a process of its own, without Django: who follows one meeting, and who votes in it.

It reads one order a line and answers each by one line, both JSON. Times are the machine's monotonic clock, which all
processes share.
"""

import asyncio
import json
import sys
import time
from collections import deque
from typing import Any

from democratic.config.server.open_files import raise_open_files

AT_ONCE = 300  # who come at the same moment, but in a storm
PATIENCE = 90.0  # seconds
VOTERS = 800  # connections
BUFFER = memoryview(bytearray(64 * 1024))


class Follower(asyncio.BufferedProtocol):
    """One stream: the numbers that she reads, when, and those that never came.

    All read into one buffer: a protocol that is given bytes asks the system for 256 kB each time and gives them back, which
    takes more of the processor than what is measured (125 ms of 5,000 readings, 26 without).
    """

    __slots__ = ("crowd", "is_in", "last", "rest", "transport")

    def __init__(self, crowd: "Crowd") -> None:
        self.crowd, self.last, self.rest, self.is_in = crowd, -1, b"", False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self.transport, self.rest = transport, b""
        seen = f"Last-Event-ID: {self.last}\r\n" if self.last >= 0 else ""
        transport.write(f"GET {self.crowd.path} HTTP/1.1\r\nHost: {self.crowd.host}\r\n{seen}\r\n".encode())

    def get_buffer(self, _wished: int) -> memoryview:
        return BUFFER

    def buffer_updated(self, length: int) -> None:
        now = time.monotonic()
        lines = (self.rest + BUFFER[:length]).split(b"\n")
        self.rest = lines.pop()
        for line in lines:
            if line[:4] == b"id: ":
                self._read(int(line[4:]), now)
            elif line[:6] == b"retry:":
                self._enter(now)
            elif line[:9] == b"HTTP/1.1 " and line[9:12] != b"200":
                self.crowd.refused += 1

    def connection_lost(self, _error: Exception | None) -> None:
        self.crowd.inside -= self.is_in
        self.is_in = False

    def _enter(self, now: float) -> None:
        if not self.is_in:
            self.is_in = True
            self.crowd.inside += 1
            self.crowd.entered_at = now

    def _read(self, number: int, now: float) -> None:
        if self.last >= 0 and number != self.last + 1:
            self.crowd.wrong += 1
        self.last = number
        self.crowd.heard.setdefault(number, []).append(now)


class Crowd:
    def __init__(self, host: str, port: int, path: str) -> None:
        self.host, self.port, self.path = host, port, path
        self.followers: list[Follower] = []
        self.inside = self.refused = self.wrong = 0
        self.entered_at = 0.0
        self.heard: dict[int, list[float]] = {}

    async def come(self, number: int, after: int) -> dict[str, Any]:
        new = [Follower(self) for _each in range(number)]
        for follower in new:
            follower.last = after
        self.followers += new
        return await self._connect(new, AT_ONCE)

    async def come_back_all_at_once(self) -> dict[str, Any]:
        for follower in self.followers:
            if follower.transport is not None:
                follower.transport.abort()
        while self.inside:  # noqa: ASYNC110  a measure: what is waited for is thousands of sockets
            await asyncio.sleep(0.01)
        return await self._connect(self.followers, len(self.followers))

    async def _connect(self, followers: list[Follower], at_once: int) -> dict[str, Any]:
        began, door = time.monotonic(), asyncio.Semaphore(at_once)
        loop = asyncio.get_running_loop()

        async def open_one(follower: Follower) -> None:
            async with door:
                await loop.create_connection(lambda: follower, "127.0.0.1", self.port)

        await asyncio.gather(*(open_one(each) for each in followers))
        while self.inside + self.refused < len(self.followers) and time.monotonic() < began + PATIENCE:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return {"inside": self.inside, "refused": self.refused, "seconds": self.entered_at - began}

    async def told(self, last: int) -> dict[str, Any]:
        """Once everyone has read up to that number; how long each event took, if the orders said when it was made."""
        deadline = time.monotonic() + PATIENCE
        while any(each.last < last for each in self.followers) and time.monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        late = sum(each.last < last for each in self.followers)
        heard, self.heard = self.heard, {}
        return {"late": late, "wrong": self.wrong, "heard": {str(number): at for number, at in heard.items()}}


class Voter(asyncio.Protocol):
    """One connection that stays open: the next vote leaves once the one before was answered."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[int] | None = None
        self.transport: asyncio.Transport | None = None
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.rest += data
        head, found, body = self.rest.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        if len(body) >= length and self.answer is not None:
            self.rest = body[length:]
            self.answer.set_result(int(head[9:12]))

    def connection_lost(self, error: Exception | None) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error or ConnectionResetError())

    async def vote(self, request: bytes) -> int:
        assert self.transport is not None  # noqa: S101
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.answer


async def vote(order: dict[str, Any]) -> dict[str, Any]:
    """``cookies`` in turn, so many a second; what was acknowledged last of each, and how long each waited."""
    loop, port, cookies = asyncio.get_running_loop(), order["port"], order["cookies"]
    total = order["rate"] * order["seconds"]
    todo = deque(range(total))
    kept: dict[str, int] = {}
    waits: list[float] = []
    failed: dict[int, int] = {}
    began = time.monotonic()

    async def one() -> None:
        _transport, voter = await loop.create_connection(Voter, "127.0.0.1", port)
        while todo:
            place = todo.popleft()
            due = began + place / order["rate"]
            if (early := due - time.monotonic()) > 0:
                await asyncio.sleep(early)
            who, given = place % len(cookies), 1 + (place // len(cookies)) % order["options"]
            said = b"given=%d" % given
            request = (
                f"POST {order['path']} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookies[who]}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\n"
                "Sec-Fetch-Site: same-origin\r\n"
                f"Content-Length: {len(said)}\r\n\r\n"
            ).encode() + said
            status = await voter.vote(request)
            waits.append(time.monotonic() - due)
            if status == 200:  # noqa: PLR2004
                kept[str(who)] = given
            else:
                failed[status] = failed.get(status, 0) + 1

    await asyncio.gather(*(one() for _each in range(VOTERS)))
    return {
        "kept": kept,
        "waits": waits,
        "failed": failed,
        "seconds": time.monotonic() - began,
        "sent": total,
    }


async def obey() -> None:
    loop = asyncio.get_running_loop()
    crowd: Crowd | None = None
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        match order["do"]:
            case "crowd":
                crowd, said = Crowd(f"127.0.0.1:{order['port']}", order["port"], order["path"]), {}
            case "come":
                assert crowd is not None  # noqa: S101
                said = await crowd.come(order["number"], order["after"])
            case "storm":
                assert crowd is not None  # noqa: S101
                said = await crowd.come_back_all_at_once()
            case "told":
                assert crowd is not None  # noqa: S101
                said = await crowd.told(order["last"])
            case "vote":
                said = await vote(order)
            case _:
                return
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    raise_open_files()
    asyncio.run(obey())
