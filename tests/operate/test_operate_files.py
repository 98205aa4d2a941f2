"""The files that operators copy are accepted by the programs that read them, and do what their comments say."""

import http.server
import json
import re
import shutil
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from democratic.config.places import ROOT
from internal_authority import make_authority
from ports import free_port

OPERATE = ROOT / "docs" / "operate"
UNITS = sorted((OPERATE / "systemd").glob("democratic*"))
HOST = "participer.example.fr"


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed here")


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
    """The documented file, on ports of ours, with a certificate of ours."""
    make_authority(tmp_path, HOST)
    plain, closed = free_port(), free_port()
    text = (OPERATE / "nginx.conf").read_text()
    for written, here in (
        ("[::]:80;", None), ("[::]:443 ssl http2;", None), ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{closed} ssl http2;"), ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ("/etc/ssl/democratic/fullchain.pem", f"{tmp_path}/server.pem"),
        ("/etc/ssl/democratic/privkey.pem", f"{tmp_path}/server.pem"),
    ):  # fmt: skip
        assert written in text
        text = text.replace(written, here) if here else re.sub(rf" *listen {re.escape(written)}\n", "", text)
    folders = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log stderr; events {{}}\nhttp {{ {folders}\n{text}\n}}\n"
    )
    argv = ["nginx", "-p", tmp_path, "-c", whole]
    subprocess.run([*argv, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(argv, stderr=subprocess.DEVNULL)
    yield Proxy(plain, closed, tmp_path / "ca.pem")
    process.terminate()
    process.wait(10)


class Proxy:
    def __init__(self, plain, closed, authority):
        self.plain, self.closed = plain, closed
        self.context = ssl.create_default_context(cafile=authority)

    def ask(self, path, **headers):
        asked = urllib.request.Request(
            f"https://localhost:{self.closed}{path}", headers={"Host": HOST, **headers}
        )
        with urllib.request.urlopen(asked, context=self.context, timeout=5) as answer:
            return json.loads(answer.read())

    def ask_soon(self, path, **headers):
        """As soon as it listens."""
        deadline = time.monotonic() + 20
        while True:
            try:
                return self.ask(path, **headers)
            except urllib.error.HTTPError:
                raise
            except OSError:
                assert time.monotonic() < deadline
                threading.Event().wait(0.05)


@needs("nginx")
def test_nginx_passes_on_who_asks_for_what_and_believes_no_one_else(nginx):
    heard = nginx.ask_soon(
        "/participer?x=1", **{"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "http"}
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
    heard = nginx.ask_soon(path, **{"X-Forwarded-For": "198.51.100.9"})
    assert (heard["path"], heard["host"], heard["x-forwarded-proto"]) == (path, HOST, "https")
    assert heard["x-forwarded-for"].split(", ")[-1] == "127.0.0.1"


@needs("nginx")
def test_nginx_closes_the_figures_to_the_outside(nginx):
    nginx.ask_soon("/")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        nginx.ask("/metrics")


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
