"""The server's entry: what it keeps, what it never shows, and what it refuses."""

import asyncio
import gzip
from uuid import uuid4

import pytest

from democratic.web.entry import application as entry
from democratic.web.entry.bridge import Response, environ_of
from democratic.web.entry.stored import Answer, Shelf


def answer(size=2000, mark="1:2026-03-01"):
    return Answer.made_from(f"{uuid4()}:{mark}", [(b"content-type", b"text/html")], b"a" * size)


def test_an_answer_is_served_compressed_to_those_who_can_read_it():
    headers, body = answer().serve(accepts_gzip=True, is_head=False)
    assert dict(headers)[b"content-encoding"] == b"gzip"
    assert gzip.decompress(body) == b"a" * 2000


def test_head_has_the_length_and_no_body():
    headers, body = answer().serve(accepts_gzip=False, is_head=True)
    assert (dict(headers)[b"content-length"], body) == (b"2000", b"")


def test_who_has_the_very_answer_already_is_known_by_its_etag():
    kept = Answer.made_from(f"{uuid4()}:1:2", [(b"etag", b'W/"a"')], b"a")
    assert kept.is_known_to(b'W/"b", W/"a"')
    assert not kept.is_known_to(b'W/"b"')
    assert not answer().is_known_to(b"")


def test_the_shelf_drops_the_least_recently_asked():
    shelf = Shelf(12_000)
    for name in (b"1", b"2", b"3"):
        shelf.put((name,), answer(2000))
    shelf.get((b"1",))
    shelf.put((b"4",), answer(2000))
    assert shelf.get((b"2",)) is None
    assert shelf.get((b"1",)) is not None


def scope(path="/", method="GET", **headers):
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()], "http_version": "1.1",
        "server": ("localhost", 80), "client": ("127.0.0.1", 1), "scheme": "http",
    }  # fmt: skip


def test_whoever_brings_a_cookie_is_never_served_from_the_shelf():
    assert entry._key(scope(), {b"cookie": b"guest=x"}) is None
    assert entry._key(scope(method="POST"), {}) is None
    assert entry._key(scope("/" + "x" * 600), {}) is None
    assert entry._key(scope(), {}) is not None


def test_a_header_with_an_underscore_can_not_pass_for_another():
    asked = scope(x_forwarded_proto="https") | {
        "headers": [(b"x_forwarded_proto", b"https"), (b"x-real", b"1")]
    }
    environ = environ_of(asked, b"")
    assert "HTTP_X_FORWARDED_PROTO" not in environ
    assert environ["HTTP_X_REAL"] == "1"


class Told:
    def __init__(self):
        self.sent = []

    async def send(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]


async def _receive_too_much():
    return {"type": "http.request", "body": b"x" * (entry.LARGEST_BODY + 1), "more_body": False}


def test_a_body_that_is_too_large_is_refused_before_django_sees_it(monkeypatch):
    monkeypatch.setattr(entry, "call", lambda *_: pytest.fail("Django was called"))
    told = Told()
    asyncio.run(entry.application(scope("/dire", "POST"), _receive_too_much, told.send))
    assert told.status == 413


def test_a_person_whose_sending_is_too_heavy_gets_a_page_that_says_what_to_do_and_django_none_of_it(
    monkeypatch,
):
    parts = [part(b"x" * entry.LARGEST_BODY, True), part(b"x" * 5000, True), part(b"x", False)]
    taken, called = [], []

    async def receive():
        taken.append(parts[len(taken)])
        return taken[-1]

    def page(_handler, environ):
        called.append(
            (environ["democratic.oversized"], environ["wsgi.input"].read(), environ["CONTENT_LENGTH"])
        )
        return Response(413, [(b"content-type", b"text/html")], [b"<h1>"])

    monkeypatch.setattr(entry, "call", page)
    told, asked = Told(), scope("/dire", "POST") | {"headers": [(b"accept", b"text/html,*/*")]}
    asyncio.run(entry.application(asked, receive, told.send))
    assert called == [(True, b"", "0")]
    assert taken == parts, "a browser shows no answer before it has sent all of it"
    assert told.status == 413


async def _receive_nothing():
    return {"type": "http.request", "body": b"", "more_body": False}


def test_a_kept_answer_whose_version_moved_is_made_again(monkeypatch):
    asked = scope("/page")
    monkeypatch.setattr(entry, "_shelf", Shelf(100_000))
    entry._shelf.put(entry._key(asked, {}), answer(mark="1:2026-03-01"))

    async def moved(_scope):
        return "2:2026-03-01"

    made = []

    def again(_django, environ):
        made.append(environ["PATH_INFO"])
        return entry.Response(status=200, headers=[], chunks=[b"new"])

    monkeypatch.setattr(entry._versions, "read", moved)
    monkeypatch.setattr(entry, "call", again)
    told = Told()
    asyncio.run(entry.application(asked, _receive_nothing, told.send))
    assert made == ["/page"]
    assert b"".join(m.get("body", b"") for m in told.sent) == b"new"


def test_a_kept_answer_is_not_shown_when_its_version_can_not_be_read(monkeypatch):
    asked = scope("/page")
    monkeypatch.setattr(entry, "_shelf", Shelf(100_000))
    entry._shelf.put(entry._key(asked, {}), answer())

    async def unreachable(_scope):
        raise OSError("no database")

    monkeypatch.setattr(entry._versions, "read", unreachable)
    monkeypatch.setattr(entry, "call", lambda *_: entry.Response(status=503, headers=[], chunks=[]))
    told = Told()
    asyncio.run(entry.application(asked, _receive_nothing, told.send))
    assert told.status == 503


@pytest.fixture
def reached(monkeypatch):
    """What came through the entry as far as Django, answered by a word."""
    seen = []

    def answer_all(_handler, environ):
        seen.append(environ["wsgi.input"].read())
        return entry.Response(200, [], [b"ok"])

    monkeypatch.setattr(entry, "call", answer_all)
    return seen


def send_in_parts(asked, *parts):
    """The statuses answered to a request whose body arrives as ``parts``."""
    return [answered["status"] for answered in begun(asked, *parts)]


def begun(asked, *parts):
    waiting, sent = list(parts), []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(entry.application(asked, receive, send))
    return [message for message in sent if message["type"] == "http.response.start"]


def part(body, more):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_form_that_arrives_whole_in_parts_is_read_whole(reached):
    asked = scope(method="POST", **{"content-length": "10"})
    assert send_in_parts(asked, part(b"text=", True), part(b"entie", False)) == [200]
    assert reached == [b"text=entie"]


@pytest.mark.parametrize(
    "end",
    [{"type": "http.disconnect"}, part(b"", False)],
    ids=["the line was cut", "the server said no more"],
)
def test_half_a_form_is_never_taken_for_a_whole_one(reached, end):
    asked = scope(method="POST", **{"content-length": "40"})
    assert send_in_parts(asked, part(b"text=Je ne veux ", True), end) == [400]
    assert reached == []


@pytest.mark.parametrize(
    "parts", [[{"type": "http.disconnect"}], [part(b"x" * entry.LARGEST_BODY, True), part(b"x", False)]]
)
def test_what_the_entry_refuses_alone_has_the_headers_of_every_answer(reached, parts):
    (refused,) = begun(scope(method="POST"), *parts)
    headers = dict(refused["headers"])
    assert refused["status"] in {400, 413}
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert headers[b"x-content-type-options"] == b"nosniff"
