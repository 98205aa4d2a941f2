"""What an address may not do to us: lead inside, change its mind, send us elsewhere, or never end."""

import ast
import os
import socket
import ssl
import time
from pathlib import Path

import pytest

from democratic.kernel import outbound
from democratic.kernel.outbound import NoAnswer, Outbound, OutboundFault, WayRefused, place_of, refuse_inside
from failing_peer import failing_peer
from internal_authority import make_authority
from talking_peer import peer

ROOT = Path(__file__).parents[3]
# Each of these was listed by an operator who was fooled: even then we do not go there.
INSIDE = [
    "http://idp.example/", "https://127.0.0.1/", "https://127.0.0.2/", "https://127.255.255.254/", "https://0.0.0.0/",
    "https://10.0.0.1/", "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/",
    "https://100.64.0.1/", "https://169.254.169.254/latest/meta-data/", "https://169.254.170.2/",
    "https://192.0.0.192/", "https://192.0.2.1/", "https://198.18.0.1/", "https://198.51.100.7/",
    "https://203.0.113.9/", "https://192.88.99.1/", "https://224.0.0.1/", "https://239.255.255.250/",
    "https://240.0.0.1/", "https://255.255.255.255/", "https://[::1]/", "https://[::]/", "https://[fe80::1]/",
    "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[fec0::1]/", "https://[ff02::1]/",
    "https://[::ffff:7f00:1]/", "https://[::ffff:808:808]/", "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::808:808]/", "https://[2002:7f00:1::]/", "https://[2001:0:7f00:1::]/",
    "https://[2001:db8::1]/", "https://[::7f00:1]/",
]  # fmt: skip
# Forms that one reader takes for a name, and another for an address, another host or another scheme.
TRICKS = [
    "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://127.1/",
    "https://127.0.1/", "https://127.000.000.001/", "https://[::ffff:127.0.0.1]/", "https://[0:0:0:0:0:0:0:1]/",
    "https://[::1%25lo]/", "https://idp.example@evil.example/", "https://user:pass@idp.example/",
    "https://idp.example\\@evil.example/", "https://idp.example#@evil.example/", "https://evil.example/",
    "https://idp.example:8443/", "https://idp.example:0/", "https://idp.example:99999/", "https://idp.example:x/",
    "https://idp.example.evil.example/", "https://evilidp.example/", "https://idp.example./", "https://ⓘdp.example/",
    "https://idp。example/", "https://xn--dp-0ja.example/", "https://idp.example /", "https://idp.example\r\nX: y/",
    "https://idp.example\t/", "ftp://idp.example/", "file:///etc/passwd", "gopher://idp.example/", "//idp.example/",
    "https:///idp.example/", "https:idp.example", "javascript:alert(1)", "", "https://", "https://-idp.example/",
    "https://[idp.example]/", "https://[::1/", "https://idp..example/", "https://idp_x.example/",
]  # fmt: skip


def never(_host, _port):
    raise AssertionError("it was resolved")


def always(*addresses):
    return lambda _host, _port: list(addresses)


@pytest.mark.parametrize("url", INSIDE)
def test_an_address_inside_is_refused_even_when_it_is_on_the_list(url):
    places = frozenset({place_of(url)})
    with pytest.raises(WayRefused):
        Outbound(places).get(url)


@pytest.mark.parametrize("url", TRICKS)
def test_an_address_that_can_be_read_in_two_ways_is_refused_before_any_name_is_asked(url):
    with pytest.raises(WayRefused):
        Outbound(frozenset({"idp.example:443"}), resolve=never).get(url)


def test_the_hostile_set_is_large_enough():
    assert len(set(INSIDE + TRICKS)) >= 75


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["169.254.169.254"], ["fe80::1%2"], ["idp"]]
)
def test_a_listed_name_that_leads_inside_is_refused_whatever_else_it_gives(answers):
    with pytest.raises(WayRefused):
        Outbound(frozenset({"idp.example:443"}), resolve=always(*answers)).get("https://idp.example/")


def test_a_name_without_an_address_gives_no_answer():
    with pytest.raises(NoAnswer):
        Outbound(frozenset({"idp.example:443"}), resolve=always()).get("https://idp.example/")

    def unknown(_host, _port):
        raise socket.gaierror

    with pytest.raises(NoAnswer):
        Outbound(frozenset({"idp.example:443"}), resolve=unknown).get("https://idp.example/")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_the_public_network_is_open(address):
    refuse_inside([address], is_near=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd12::9"])
def test_what_the_operator_declared_may_be_on_our_own_network(address):
    refuse_inside([address], is_near=True)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
)
def test_but_never_where_a_cloud_answers_its_machines(address):
    with pytest.raises(WayRefused):
        refuse_inside([address], is_near=True)


def near(port, **more):
    place = frozenset({f"127.0.0.1:{port}"})
    return Outbound(place, near=place, **more)


def ask(port, **more):
    return near(port, **more).get(f"http://127.0.0.1:{port}/a?b=c")


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


def test_a_declared_peer_answers():
    with peer([OK]) as (port, asked):
        answer = ask(port)
    assert (answer.status, answer.content_type, answer.body) == (200, "application/json", b"{}")
    assert asked[0].startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{port}" in asked[0]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300])
def test_no_redirect_is_followed(status):
    with peer([OK]) as (inside, asked):
        leads = f"HTTP/1.1 {status} Go\r\nLocation: http://127.0.0.1:{inside}/\r\nContent-Length: 0\r\n\r\n"
        with peer([leads.encode()]) as (port, _asked), pytest.raises(WayRefused, match="redirect"):
            ask(port)
    assert asked == []


def test_a_name_that_changes_its_mind_is_asked_once_and_reached_where_it_was_examined(tmp_path):
    """DNS rebinding: the second answer would be another server; no one asks for it."""
    with peer([OK]) as (port, asked):
        answers = iter([["127.0.0.1"], ["127.0.0.9"]])
        place = frozenset({f"idp.example:{port}"})
        out = Outbound(place, near=place, resolve=lambda _host, _port: next(answers))
        assert out.get(f"http://idp.example:{port}/").status == 200
    assert f"Host: idp.example:{port}" in asked[0]
    assert next(answers) == ["127.0.0.9"]
    with pytest.raises(WayRefused):
        Outbound(frozenset({"idp.example:443"}), resolve=lambda _host, _port: ["8.8.8.8", "127.0.0.1"]).get(
            "https://idp.example/"
        )


@pytest.fixture
def certified(tmp_path, monkeypatch):
    make_authority(tmp_path, "idp.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(tmp_path / "server.pem")
    names = []
    server.sni_callback = lambda _line, name, _context: names.append(name)
    return server, names


@pytest.mark.parametrize(("host", "is_let_in"), [("idp.example", True), ("other.example", False)])
def test_at_a_pinned_address_the_certificate_is_still_that_of_the_name(certified, host, is_let_in):
    server, names = certified
    with peer([OK], secure=server) as (port, _asked):
        place = frozenset({f"{host}:{port}"})
        out = Outbound(place, near=place, resolve=always("127.0.0.1"))
        if is_let_in:
            assert out.get(f"https://{host}:{port}/").status == 200
        else:
            with pytest.raises(NoAnswer):
                out.get(f"https://{host}:{port}/")
    assert names == [host]


def test_a_certificate_of_an_unknown_authority_is_refused(certified, monkeypatch):
    server, _names = certified
    monkeypatch.delenv("SSL_CERT_FILE")
    with peer([OK], secure=server) as (port, _asked):
        place = frozenset({f"idp.example:{port}"})
        with pytest.raises(NoAnswer):
            Outbound(place, near=place, resolve=always("127.0.0.1")).get(f"https://idp.example:{port}/")


BODY = b"HTTP/1.1 200 OK\r\n\r\n"
ENDLESS = {
    "a body without end": [BODY] + [b"x" * 65536] * 1000,
    "a long body": [b"HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n"],
    "chunks without end": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]
    + [b"10000\r\n" + b"x" * 65536 + b"\r\n"] * 1000,
    "headers without end": [b"HTTP/1.1 200 OK\r\n"] + [b"X-Y: z\r\n"] * 10000,
    "a line without end": [b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000],
    "a cut body": [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"],
    "no http": [b"SSH-2.0-OpenSSH\r\n\r\n"],
    "nothing": [b""],
}


@pytest.mark.parametrize("how", ENDLESS)
def test_what_never_ends_or_is_not_an_answer_is_left(how):
    with peer(ENDLESS[how]) as (port, _asked), pytest.raises(NoAnswer):
        ask(port)


DRIPS = {
    "its body": [BODY] + [b"x"] * 1000,
    "its headers": [b"HTTP/1.1 200 OK\r\n"] + [b"X"] * 1000,
    "its length": [b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"] + [b"x"] * 1000,
}


@pytest.mark.parametrize("what", DRIPS)
def test_a_peer_that_gives_its_answer_by_drops_is_left_at_the_end_of_the_errand(what):
    started = time.monotonic()
    with peer(DRIPS[what], pause=0.05) as (port, _asked), pytest.raises(OutboundFault):
        ask(port, seconds=0.4)
    assert time.monotonic() - started < 10  # to its last drop, 50 s


@pytest.mark.parametrize("how", ["down", "resets", "slow"])
def test_a_peer_that_fails_gives_no_answer(how):
    started = time.monotonic()
    with failing_peer(how, after=20) as port, pytest.raises(NoAnswer):
        ask(port, seconds=0.4)
    assert time.monotonic() - started < 15  # its answer comes after 20


def test_one_errand_has_one_time_for_all_that_it_asks():
    with peer([OK], pause=0.0) as (port, _asked):
        out = near(port, seconds=0.3)
        assert out.get(f"http://127.0.0.1:{port}/").status == 200
        out._until = time.monotonic() - 0.01
        with pytest.raises(NoAnswer, match="TimeoutError"):
            out.get(f"http://127.0.0.1:{port}/")


def test_no_proxy_of_the_environment_is_asked(monkeypatch):
    with peer([OK]) as (proxy, asked_proxy), peer([OK]) as (port, _asked):
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setitem(os.environ, name, f"http://127.0.0.1:{proxy}")
        assert ask(port).status == 200
    assert asked_proxy == []


# Who else may open a line, and why it is no way for an address that someone else wrote.
OTHERS = {
    "src/democratic/kernel/outbound/errands.py": "the one client",
    "src/democratic/kernel/outbound/lines.py": "the one client, its line",
    "src/democratic/config/server/services.py": "the supervisor asks its own services, on this machine",
    "src/democratic/config/commands/published.py": "audit: an address that the operator types",
    "src/democratic/config/bench/installation.py": "bench: the installation that it has just started",
    "src/democratic/config/bench/street.py": "bench: the same",
}
FETCHERS = {
    "requests",
    "urllib3",
    "httpx",
    "aiohttp",
    "http.client",
    "urllib.request",
    "socket",
    "pycurl",
    "ftplib",
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_other_module_opens_a_line_by_http():
    is_fetcher = {name for name in FETCHERS if name != "socket"}
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if any(name in is_fetcher for name in imported(path))
    }
    assert found == set(OTHERS)


def test_the_system_resolver_gives_addresses_once_each():
    assert outbound.resolve("127.0.0.1", 443) == ["127.0.0.1"]
