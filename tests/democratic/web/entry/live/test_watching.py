"""One process and those who watch: how often pages are asked again, for whom, and who is let in or cut."""

import asyncio
from collections import Counter
from uuid import uuid4

import psycopg
import pytest

from democratic.web.entry.live import live as live_module
from democratic.web.entry.live import stream, watcher
from democratic.web.entry.live.live import Live
from democratic.web.entry.live.stream import Stream
from democratic.web.entry.live.watcher import Watcher
from democratic.web.watched import Watching

SCOPE = str(uuid4())


def watching(imprint="a", session="", version="1:1"):
    return Watching(SCOPE, version, imprint, "", session)


def environ(path="/live/fil/K7P-4RM", network="192.0.2.1", **more):
    return {"PATH_INFO": path, "REMOTE_ADDR": network, "HTTP_HOST": "ici.example", **more}


class Pages:
    """Versions, pages and sessions as the watcher asks for them, and how often it did."""

    def __init__(self):
        self.version, self.imprint, self.status, self.living = "1:1", "a", 200, set()
        self.members, self.is_down, self.asked = None, False, Counter()

    async def read_each(self, scopes):
        if self.is_down:
            raise psycopg.OperationalError
        self.asked["versions"] += 1
        return dict.fromkeys(scopes, self.version)

    async def rows(self, _question, _values):
        self.asked["sessions"] += 1
        return [(key,) for key in self.living]

    async def ask(self, _environ, cookie):
        self.asked[cookie] += 1
        if self.status == 200 and (self.members is None or cookie in self.members):
            return 200, watching(self.imprint, version=self.version)
        return (self.status if self.status != 200 else 404), None

    def watcher(self):
        return Watcher(self, self, self.ask)


class Reader:
    """Who reads what is sent, until she leaves; ``is_deaf`` takes nothing in."""

    def __init__(self, *, is_deaf=False):
        self.sent, self.left, self.is_deaf = [], asyncio.Event(), is_deaf

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if self.is_deaf and len(self.sent) > 1:
            await asyncio.Event().wait()
        self.sent.append(message)

    @property
    def said(self):
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    @property
    def status(self):
        return self.sent[0]["status"]


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    for name in ("VERSIONS_EVERY", "SESSIONS_EVERY"):
        monkeypatch.setattr(watcher, name, 0.01)


async def until(found):
    async with asyncio.timeout(5):
        while not found():  # noqa: ASYNC110  what is awaited is a state, not a moment
            await asyncio.sleep(0.005)


def watched(pages, *streams):
    made = pages.watcher()
    for each in streams:
        made.add(each, environ(), watching())
    return made


def test_a_thousand_who_watch_one_page_have_it_asked_once():
    async def live():
        pages, streams = Pages(), [Stream(seen="a", session=f"s{n}", cookie=f"c{n}") for n in range(1000)]
        pages.living = {f"s{n}" for n in range(1000)}
        made = watched(pages, *streams)
        await until(lambda: pages.asked["versions"] > 1)
        assert pages.asked[""] == 0  # nothing moved
        pages.version, pages.imprint = "2:1", "b"
        await until(lambda: all("id: b" in each._news() for each in streams))
        made.close()
        return pages.asked

    asked = asyncio.run(live())
    assert asked[""] == 1
    assert not [name for name in asked if name.startswith("c")]


def test_a_version_that_moved_without_a_word_of_the_page_tells_nobody():
    async def live():
        pages, one = Pages(), Stream(seen="a")
        made = watched(pages, one)
        pages.version = "2:1"
        await until(lambda: pages.asked[""] == 1)
        await asyncio.sleep(0.05)
        made.close()
        return one._news()

    assert asyncio.run(live()) == ":\n\n"


def test_a_page_that_is_not_everyone_s_is_asked_once_for_each_session():
    async def live():
        pages = Pages()
        members = [Stream(seen="a", session="s1", cookie="c1") for _tab in range(3)]
        leaver = Stream(seen="a", session="s2", cookie="c2")
        pages.members, pages.living = {"c1"}, {"s1", "s2"}
        made = watched(pages, *members, leaver)
        pages.version, pages.imprint = "2:1", "b"
        await until(lambda: leaver._end == stream.GONE and all("id: b" in each._news() for each in members))
        made.close()
        return pages.asked

    asked = asyncio.run(live())
    assert (asked[""], asked["c1"], asked["c2"]) == (1, 1, 1)


def test_a_fault_of_ours_tells_nobody_that_a_page_is_gone_and_is_asked_again():
    async def live():
        pages, one = Pages(), Stream(seen="a")
        made = watched(pages, one)
        pages.version, pages.imprint, pages.status = "2:1", "b", 503
        await until(lambda: pages.asked[""] > 1)
        assert (one._news(), one._end) == (":\n\n", None)
        pages.status = 200
        await until(lambda: "id: b" in one._news())
        made.close()

    asyncio.run(live())


def test_while_the_database_is_down_streams_stay_and_one_line_says_it(caplog):
    async def live():
        pages, one = Pages(), Stream(seen="a")
        pages.is_down = True
        made = watched(pages, one)
        await asyncio.sleep(0.1)
        assert one._end is None
        pages.is_down, pages.version, pages.imprint = False, "2:1", "b"
        await until(lambda: "id: b" in one._news())
        made.close()

    asyncio.run(live())
    assert len([line for line in caplog.records if "can't be read" in line.message]) == 1


def test_who_comes_as_the_page_moves_is_told_what_came_before_her_stream():
    async def live():
        pages, first, late = Pages(), Stream(seen="a"), Stream(seen="a")
        pages.version, pages.imprint = "2:1", "b"
        made = pages.watcher()
        made.add(first, environ(), watching("b", version="2:1"))
        made.add(late, environ(), watching("a", version="1:1"))  # made just before it moved
        await until(lambda: "id: b" in late._news())
        made.close()

    asyncio.run(live())


def test_a_page_that_nobody_watches_any_more_is_forgotten():
    async def live():
        pages, one = Pages(), Stream(seen="a")
        made = pages.watcher()
        page = made.add(one, environ(), watching())
        made.remove(one, page)
        made.close()
        return made._pages

    assert asyncio.run(live()) == {}


async def holding(live, reader, session="", **more):
    held = watching(session=session)
    return await live.hold(held, environ(**more), [(b"content-length", b"0")], reader.receive, reader.send)


@pytest.mark.parametrize(
    ("bound", "networks", "session"),
    [("MOST", ["a", "b", "c"], ""), ("MOST_OF_A_NETWORK", ["a", "a", "a"], ""),
     ("MOST_OF_A_SESSION", ["a", "b", "c"], "s")],
)  # fmt: skip
def test_past_a_bound_one_is_asked_to_come_back_later_and_a_place_that_is_left_is_free(
    monkeypatch, bound, networks, session
):
    monkeypatch.setattr(live_module, bound, 2)

    async def live():
        pages, readers = Pages(), [Reader() for _each in networks]
        pages.living = {"s"}
        held = Live(Watcher(pages, pages, pages.ask))
        tasks = [
            asyncio.create_task(holding(held, reader, session, network=network))
            for reader, network in zip(readers, networks, strict=True)
        ]
        await until(lambda: all(reader.sent for reader in readers))
        assert [reader.status for reader in readers] == [200, 200, 503]
        headers = dict(readers[2].sent[0]["headers"])
        assert headers[b"retry-after"] == b"300"
        assert b"default-src 'none'" in headers[b"content-security-policy"]
        readers[0].left.set()
        await tasks[0]
        again = Reader()
        tasks.append(asyncio.create_task(holding(held, again, session, network=networks[0])))
        await until(lambda: again.sent)
        held.close()
        await asyncio.gather(*tasks)
        return again.status, held._room._of

    assert asyncio.run(live()) == (200, {})


def test_a_school_behind_one_address_gets_in():
    assert 300 <= live_module.MOST_OF_A_NETWORK < live_module.MOST


def test_who_does_not_read_is_cut(monkeypatch):
    monkeypatch.setattr(stream, "SLOWEST", 0.05)

    async def live():
        pages, deaf = Pages(), Reader(is_deaf=True)
        async with asyncio.timeout(2):
            await holding(Live(Watcher(pages, pages, pages.ask)), deaf)

    asyncio.run(live())


def test_a_long_stream_ends_and_says_before_when_to_come_back(monkeypatch):
    monkeypatch.setattr(stream, "LONGEST", 0.05)

    async def live():
        pages, reader = Pages(), Reader()
        async with asyncio.timeout(2):
            await holding(Live(Watcher(pages, pages, pages.ask)), reader)
        return reader.said

    said = asyncio.run(live())
    assert said.startswith("retry: ")
    assert "event" not in said


def test_a_silent_stream_is_kept_alive(monkeypatch):
    monkeypatch.setattr(stream, "KEEP_ALIVE", 0.01)

    async def live():
        pages, reader = Pages(), Reader()
        held = asyncio.create_task(holding(Live(Watcher(pages, pages, pages.ask)), reader))
        await until(lambda: reader.said.count(":\n\n") > 3)
        reader.left.set()
        await held

    asyncio.run(live())


def test_a_stream_that_comes_as_the_process_stops_is_sent_away():
    async def live():
        pages, reader = Pages(), Reader()
        held = Live(Watcher(pages, pages, pages.ask))
        held.close()
        await holding(held, reader)
        return reader.status

    assert asyncio.run(live()) == 503


@pytest.mark.parametrize("seen", ["x\r\nevent: ended", "é" * 40, ""])
def test_what_a_browser_says_that_it_saw_is_never_said_back(seen):
    async def live():
        pages, reader = Pages(), Reader()
        held = asyncio.create_task(
            holding(Live(Watcher(pages, pages, pages.ask)), reader, HTTP_LAST_EVENT_ID=seen)
        )
        await until(lambda: len(reader.sent) > 2)
        reader.left.set()
        await held
        return reader.said

    said = asyncio.run(live())
    assert "ended" not in said
    assert said.count("event: changed\nid: a\n") == bool(seen)
