"""The real service behind the real nginx and the real Caddy, as docs/operate sets them up.

Pages come whole, who asks is known, what is too large or ill-formed stays outside, and streams pass at once.
"""

import http.client
import re
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from urllib.parse import urlencode, urlsplit

import pytest

from democratic.kernel import limits
from democratic.kernel.models import RateCount
from democratic.people.actions import suspend_account
from entry_server import NOTHING, cookie_of, entry_server
from factories import verified_account
from reverse_proxies import AS_A_PROXY_SAYS, AS_IN_PRODUCTION, HOST, PROXIES, needs
from streaming import comment
from wiretap import wiretap

pytestmark = pytest.mark.django_db

FORGED = "198.51.100.9"
LARGEST = 12 * 1024 * 1024
# Seconds. What is gathered on the way comes with the next line, up to 20 s later; figures are measured below.
SOON = 5.0
AT_ONCE = 2.0
SUSPENDED_WITHIN = 5.0
PATIENCE = 20
# A proxy's own, or said by each in its way.
OF_THE_WAY = {"Date", "Server", "Via", "Connection", "Transfer-Encoding", "Content-Length", "Alt-Svc"}


def open_streams(server):
    token = (server.static.parent / "secrets" / "metrics-token").read_text().strip()
    figures = server.ask("/metrics", Authorization=f"Bearer {token}", **AS_A_PROXY_SAYS).read().decode()
    return float(re.search(r"^democratic_live_streams (.+)$", figures, re.MULTILINE)[1])


def first_line(stream):
    stream.answer.fp.raw._sock.settimeout(AT_ONCE)
    return stream.answer.readline()


def said_by(answer):
    return {name.title(): value for name, value in answer.getheaders() if name.title() not in OF_THE_WAY}


def test_a_page_comes_whole_with_its_headers(proxy, server):
    ours, theirs = server.ask("/", **AS_A_PROXY_SAYS), proxy.ask("/")
    assert (theirs.status, theirs.read()) == (200, ours.read())
    assert said_by(theirs) == said_by(ours)
    assert said_by(theirs)["Strict-Transport-Security"].startswith("max-age=31536000")


def test_plain_http_is_sent_to_https(proxy):
    line = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=PATIENCE)
    line.request("GET", "/participer?x=1", headers={"Host": HOST})
    answer = line.getresponse()
    line.close()
    to = urlsplit(answer.getheader("Location"))
    assert (to.scheme, to.hostname, to.path, to.query) == ("https", HOST, "/participer", "x=1")


def test_the_figures_stay_inside(proxy):
    assert proxy.ask("/metrics").status == 404


def counted(network):
    bucket = limits._bucket("writes-of-network", network)
    return sum(RateCount.objects.filter(bucket=bucket).values_list("count", flat=True))


FIELDS = urlencode({"text": "Oui.", "alignment": "1", "age_band": "26_64"})
KIND = "application/x-www-form-urlencoded"


def post(proxy, path, **headers):
    """A form, sent as a browser that says nothing but where it stands."""
    return proxy.ask(path, "POST", FIELDS, **{"Content-Type": KIND}, **headers)


@pytest.fixture
def form(idea):
    return f"/paroles/{idea.code}/commenter"


def test_a_form_is_known_to_come_from_its_own_host_and_from_no_other(proxy, form):
    assert post(proxy, form, Origin=f"https://{HOST}").status != 403
    for forged in ({}, {"X-Forwarded-Host": "ailleurs.example"}):
        assert post(proxy, form, Origin="https://ailleurs.example", **forged).status == 403


@pytest.mark.parametrize(
    "forged",
    [{"X-Forwarded-For": FORGED}, {"X-Forwarded-For": f"{FORGED}, {FORGED}"}, {"X-Real-Ip": FORGED},
     {"X_Forwarded_For": FORGED}, {"Forwarded": f"for={FORGED}"}],
    ids=["one", "two", "real-ip", "underscores", "forwarded"],
)  # fmt: skip
def test_limits_count_who_really_asks_whatever_she_writes(proxy, form, forged):
    before = counted("127.0.0.1")
    post(proxy, form, Origin=f"https://{HOST}", **forged)
    assert counted("127.0.0.1") == before + 1
    assert counted(FORGED) == 0


def test_limits_count_who_really_asks_when_she_says_it_on_two_lines(proxy, form):
    before, forged = counted("127.0.0.1"), f"X-Forwarded-For: {FORGED}\r\n" * 2
    heard = proxy.say(
        f"POST {form} HTTP/1.1\r\nHost: {HOST}\r\nOrigin: https://{HOST}\r\n{forged}Content-Type: {KIND}\r\n"
        f"Content-Length: {len(FIELDS)}\r\nConnection: close\r\n\r\n{FIELDS}".encode()
    )
    assert heard.startswith(b"HTTP/1.1 ")
    assert (counted("127.0.0.1"), counted(FORGED)) == (before + 1, 0)


def test_a_visitor_does_not_choose_whether_she_came_by_https(proxy):
    for said in ("http", "https, http"):
        assert "Strict-Transport-Security" in said_by(proxy.ask("/", **{"X-Forwarded-Proto": said}))


def test_what_the_pages_accept_passes(proxy):
    assert proxy.ask("/participer", "POST", b"x" * (LARGEST - 1000)).status == 403  # heard, and of no site


@pytest.mark.parametrize("is_announced", [True, False], ids=["announced", "in-chunks"])
def test_what_is_too_heavy_is_told_so_at_once(proxy, is_announced):
    body = b"x" * (LARGEST + 1_000_000)
    began = time.monotonic()
    answer = proxy.ask("/participer", "POST", body if is_announced else iter([body[:-1], b"x"]))
    assert answer.status == 413
    assert "trop lourd" in answer.read().decode()
    assert time.monotonic() - began < 5


@pytest.fixture(params=[pytest.param(name, marks=needs(name)) for name in PROXIES])
def tapped(request, server, tmp_path):
    """A proxy, and what it says to the service."""
    with wiretap(server.port) as line, PROXIES[request.param](tmp_path, line.port) as proxy:
        yield proxy, line


def test_a_header_that_is_too_large_does_not_reach_the_service(tapped):
    proxy, line = tapped
    assert proxy.ask("/", **{"X-Large": "x" * 65536}).status == {"nginx": 400, "caddy": 431}[proxy.name]
    assert line.said == b""


INSIDE = b"GET /en HTTP/1.1\r\nHost: participer.example.fr\r\nX-Inside: 1\r\n\r\n"
SMUGGLED = {
    "both lengths": b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(INSIDE)),
    "two lengths": b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(INSIDE),
    "an odd coding": b"Transfer-Encoding: chunked, identity\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "a space before the colon": b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "a vertical tab": b"Transfer-Encoding: \x0bchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("trick", SMUGGLED)
def test_a_request_that_has_two_readings_has_one_at_the_service(tapped, trick):
    proxy, line = tapped
    first = b"POST /participer HTTP/1.1\r\nHost: participer.example.fr\r\nConnection: close\r\n"
    heard = proxy.say(first + SMUGGLED[trick] + INSIDE)
    assert heard.startswith(b"HTTP/1.1 ")
    said = bytes(line.said).lower()
    assert b"content-length" not in said or b"transfer-encoding" not in said
    assert said.count(b" http/1.1\r\n") <= 1
    assert b"x-inside" not in said


def test_the_first_bytes_and_each_event_pass_at_once(proxy, here, idea, path):
    stream = proxy.listen(path, **{"Accept-Encoding": "gzip, br"})
    assert stream.answer.status == 200
    assert stream.answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert stream.answer.getheader("Content-Encoding") is None
    assert first_line(stream).startswith(b"retry: ")
    for text in ("Oui.", "Et le samedi.", "Et le dimanche."):
        comment(here, idea, text)
        assert stream.event(SOON)[0] == "changed"


def test_in_both_languages_and_under_a_prefix_too(proxy, path):
    for prefix in ("", "/en"):
        assert first_line(proxy.listen(f"{prefix}{path}")).startswith(b"retry: ")


def test_a_suspended_account_hears_no_more_within_five_seconds(proxy, path):
    account = verified_account(f"suspendue@{proxy.name}.example", "Suspendue")
    stream = proxy.listen(path, Cookie=f"__Host-{cookie_of(account)}")
    passing = proxy.listen(path)
    began = time.monotonic()
    suspend_account(account=account)
    assert stream.event(SUSPENDED_WITHIN) == ("ended", "ended")
    assert stream.event(SUSPENDED_WITHIN) == NOTHING
    assert time.monotonic() - began < SUSPENDED_WITHIN
    with pytest.raises(TimeoutError):
        passing.event(0.1)


def test_who_leaves_the_proxy_leaves_the_service(proxy, server, path):
    for _each in range(3):
        first_line(proxy.listen(path))
    assert open_streams(server) == 3
    proxy.hang_up()
    deadline = time.monotonic() + SOON
    while open_streams(server):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
def test_by_http_2_as_browsers_ask(proxy, here, idea, path):
    argv = [
        "curl", "--silent", "--no-buffer", "--http2", "--include", "--max-time", "10",
        "--cacert", proxy.authority, "--resolve", f"{HOST}:{proxy.closed}:127.0.0.1",
        f"https://{HOST}:{proxy.closed}{path}",
    ]  # fmt: skip
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as curl:
        heard = []
        try:
            for line in curl.stdout:
                heard.append(line.strip())
                if line.startswith("retry: "):
                    comment(here, idea)
                    said_at = time.monotonic()
                if line.startswith("event: "):
                    took = time.monotonic() - said_at
                    break
        finally:
            curl.terminate()
    assert heard[0] == "HTTP/2 200"
    assert heard[-1] == "event: changed"
    assert took < SOON


@pytest.fixture
def own(server, tmp_path_factory):
    """How to start another service at a port of its own, and what of the proxies is installed before it."""
    started, port = ExitStack(), []

    def start():
        folder = tmp_path_factory.mktemp("again")
        made = started.enter_context(entry_server(folder, server.static, *port, **AS_IN_PRODUCTION))
        port[:] = [made.port]
        return made

    with started:
        first = start()
        proxies = [
            started.enter_context(PROXIES[name](tmp_path_factory.mktemp(name), first.port))
            for name in PROXIES
            if shutil.which(name)
        ]
        yield first, proxies, start


@pytest.mark.prove
@pytest.mark.skipif(not any(map(shutil.which, PROXIES)), reason="neither nginx nor caddy is installed here")
def test_while_the_service_restarts_one_is_told_so_and_then_it_is_back(own, path):
    first, proxies, start = own
    streams = [proxy.listen(path) for proxy in proxies]
    first.stop()
    for stream, proxy in zip(streams, proxies, strict=True):
        while line := stream.answer.readline():
            assert b"event" not in line  # it is over, and nobody is told that her session is
        answer = proxy.ask("/")
        assert (answer.status, answer.getheader("Retry-After")) == (503, "10")
        assert "redémarre" in answer.read().decode()
        assert proxy.ask(path).status == 503
    start()
    for proxy in proxies:
        assert proxy.ask("/").status == 200  # at once: no proxy keeps it for dead
        assert first_line(proxy.listen(path)).startswith(b"retry: ")


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(name)) for name in PROXIES])
def test_a_proxy_that_is_stopped_does_not_wait_for_streams(server, path, name, tmp_path):
    with PROXIES[name](tmp_path, server.port) as proxy:
        first_line(proxy.listen(path))
        began = time.monotonic()
        proxy.process.terminate()
        proxy.process.wait(PATIENCE)
    assert time.monotonic() - began < 10


@pytest.mark.prove
def test_what_a_proxy_adds(both, server, here, idea, path, capsys):
    """Figures of docs/operate/proxy.md: the same event, heard by each at the same time, and a page."""
    doors = {"direct": server, **both}
    told = {name: AS_A_PROXY_SAYS if door is server else {} for name, door in doors.items()}
    streams = {name: door.listen(path, **told[name]) for name, door in doors.items()}
    waits, pages = {name: [] for name in doors}, {name: [] for name in doors}
    for turn in range(20):
        said_at = time.monotonic()
        comment(here, idea, f"Oui, {turn} fois.")
        for name, stream in streams.items():
            assert stream.event(SOON)[0] == "changed"
            waits[name].append(time.monotonic() - said_at)
    for _turn in range(50):
        for name, door in doors.items():
            asked_at = time.monotonic()
            assert door.ask("/", **told[name]).read()
            pages[name].append(time.monotonic() - asked_at)
            door.hang_up()
    with capsys.disabled():
        for name in doors:
            sys.stdout.write(
                f"{name}: an event after {statistics.median(waits[name]) * 1000:.0f} ms (at most"
                f" {max(waits[name]) * 1000:.0f}), a page in {statistics.median(pages[name]) * 1000:.1f} ms\n"
            )
    for name in both:
        assert statistics.median(waits[name]) < statistics.median(waits["direct"]) + 0.1
