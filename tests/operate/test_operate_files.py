"""The files that operators copy are accepted by the programs that read them, and do what their comments say."""

import http.server
import json
import re
import subprocess
import threading
from pathlib import Path

import pytest

import reverse_proxies
from democratic.config.places import ROOT
from reverse_proxies import HOST, OPERATE, needs

UNITS = sorted((OPERATE / "systemd").glob("democratic*"))


@needs("systemd-analyze")
def test_systemd_finds_nothing_to_say_about_the_units(tmp_path):
    copies = [tmp_path / unit.name for unit in UNITS]
    for unit, copy in zip(UNITS, copies, strict=True):
        copy.write_text(unit.read_text().replace("/opt/democratic", str(ROOT)))
    done = subprocess.run(
        ["systemd-analyze", "verify", *copies], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=[unit.name for unit in UNITS])
def test_a_unit_starts_commands_that_exist(unit):
    for line in re.findall(r"^Exec\w+=/opt/democratic/(\S+)", unit.read_text(), re.MULTILINE):
        assert (ROOT / line).is_file()


def test_every_variable_of_the_environment_file_is_read_somewhere_and_explained():
    source = "".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    explained = "".join(path.read_text() for path in OPERATE.glob("*.md"))
    names = re.findall(r"^#?([A-Z_]+)=", (OPERATE / "production.env").read_text(), re.MULTILINE)
    assert len(names) > 8
    for name in names:
        assert f"`{name}`" in explained, name
        assert name in source or not name.startswith("DEMOCRATIC_"), name


class Echo(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.fixture
def behind():
    """A server that answers what it was asked; its port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def nginx(tmp_path, behind):
    with reverse_proxies.nginx(tmp_path, behind) as proxy:
        yield proxy


def heard_by(proxy, path, **headers):
    """By who stands behind."""
    return json.loads(proxy.ask(path, **headers).read())


@needs("nginx")
def test_nginx_passes_on_who_asks_for_what_and_believes_no_one_else(nginx):
    heard = heard_by(
        nginx, "/participer?x=1", **{"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "http"}
    )
    assert heard["path"] == "/participer?x=1"
    assert heard["host"] == HOST
    assert heard["x-forwarded-proto"] == "https"
    assert heard["x-forwarded-for"].split(", ")[-1] == "127.0.0.1"


@needs("nginx")
@pytest.mark.parametrize(
    "path", ["/live/fil/K7P-4RM", "/en/live/fil/K7P-4RM", "/c/val-orbe/en/live/fil/K7P-4RM?vu=1"]
)
def test_nginx_passes_a_stream_on_like_a_page(nginx, path):
    heard = heard_by(nginx, path, **{"X-Forwarded-For": "198.51.100.9"})
    assert (heard["path"], heard["host"], heard["x-forwarded-proto"]) == (path, HOST, "https")
    assert heard["x-forwarded-for"].split(", ")[-1] == "127.0.0.1"


@needs("nginx")
def test_nginx_closes_the_figures_to_the_outside(nginx):
    assert [nginx.ask(path).status for path in ("/", "/metrics")] == [200, 404]


@needs("caddy")
def test_caddy_accepts_its_file(tmp_path):
    subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", OPERATE / "Caddyfile"],
        check=True, capture_output=True, timeout=60, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip


@pytest.mark.parametrize("page", sorted(OPERATE.glob("*.md")), ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_the_index_names_every_page():
    index = (OPERATE / "README.md").read_text()
    assert [
        path.name
        for path in OPERATE.glob("*.md")
        if path.name != "README.md" and f"({path.name})" not in index
    ] == []


def test_sizes_are_those_that_operators_ask_for():
    text = Path(OPERATE / "sizes.md").read_text()
    assert all(size in text for size in ("1,000", "10,000", "500,000"))
