"""The application's own pages: what a browser is told of them, what they weigh, and that they are the same for all."""

import json
import re
from pathlib import Path

import pytest

from democratic.participation.street.models import CaptureKind, StreetCapture
from democratic.web.bundle import STREET_BUNDLE, street_bundled
from democratic.web.street_kit import parcel
from democratic.web.street_kit.words import words

LIGHTEST = 150_000  # bytes, whole, before any compression: what a street's network brings in a few seconds
MODULES = sorted((parcel.STATIC / "js/terrain").glob("*.js"))


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer


def parcel_of(script: str) -> dict:
    return json.loads(re.match(r"const PARCEL = (.*);\n", script)[1])


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_whole_that_a_phone_keeps_is_light(client, territory, prefix):
    agent = read(client, f"{prefix}/terrain/agent.js").content
    told = parcel_of(agent.decode())
    files = [parcel.STATIC / name for name in parcel.names()]
    asked = [read(client, path).content for path in (told["page"], f"{prefix}/terrain/manifest.webmanifest")]
    weight = len(agent) + sum(map(len, asked)) + sum(path.stat().st_size for path in files)
    print(f"\n{prefix or '/'}: {weight} bytes")  # noqa: T201
    assert weight <= LIGHTEST
    assert told["files"] == [*parcel.addresses(), f"{prefix}/terrain/manifest.webmanifest"]


def test_all_that_the_page_and_its_modules_ask_for_is_kept(client, territory):
    page = read(client, "/terrain").content.decode()
    kept = set(parcel_of(read(client, "/terrain/agent.js").content.decode())["files"])
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+|[^"]+\.webmanifest)"', page))
    for module in MODULES:
        asked |= {
            f"/static/web/js/terrain/{name}" for name in re.findall(r'from "\./([^"]+)"', module.read_text())
        }
    assert asked - kept == set()


def test_the_worker_may_look_after_the_page_and_nothing_above_it(client, territory):
    for prefix in ("", "/en"):
        answer = read(client, f"{prefix}/terrain/agent.js")
        assert answer.headers["Service-Worker-Allowed"] == f"{prefix}/terrain"
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert parcel_of(answer.content.decode())["page"] == f"{prefix}/terrain"


def test_one_sign_of_the_page_or_of_a_file_makes_another_version(client, territory, monkeypatch):
    def version():
        return parcel_of(read(client, "/terrain/agent.js").content.decode())["version"]

    first = version()
    assert version() == first
    monkeypatch.setattr(parcel, "_digest", lambda: "another")
    assert version() != first
    assert parcel.agent_script("page", "/terrain", []) != parcel.agent_script("another", "/terrain", [])


def test_the_page_is_the_same_for_everyone_and_asks_for_nothing_but_what_it_needs(client, territory):
    anonymous = read(client, "/terrain")
    client.force_login(territory.agent)
    assert read(client, "/terrain").content == anonymous.content
    policy = anonymous.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"worker-src 'self'", "media-src blob:", "connect-src 'self'"} <= {
        part.strip() for part in policy.split(";")
    }
    assert "worker-src" not in client.get("/").headers["Content-Security-Policy"]
    assert "microphone=(self)" in anonymous.headers["Permissions-Policy"]
    assert "microphone=()" in client.get("/").headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/terrain", "/terrain/agent.js", "/terrain/manifest.webmanifest"])
def test_nothing_is_posted_to_it(client, territory, path):
    assert client.post(path, headers={"sec-fetch-site": "same-origin"}).status_code == 405


def test_the_manifest_installs_it_under_its_own_address(client, territory):
    told = json.loads(read(client, "/en/terrain/manifest.webmanifest").content)
    assert (told["start_url"], told["scope"], told["lang"]) == ("/en/terrain", "/en/terrain", "en")
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192"}


def test_every_word_that_the_script_says_is_given_to_it_and_every_one_given_is_said():
    source = "".join(module.read_text() for module in MODULES)
    said = set(re.findall(r'\b(?:say|count)\(\s*"([^"]+)"', source))
    said |= set(re.findall(r'\bsay\([^()]*\? "([^"]+)" : "[^"]+"', source))
    said |= set(re.findall(r'\bsay\([^()]*\? "[^"]+" : "([^"]+)"', source))
    said |= set(re.findall(r'(?:\)|files), "([a-z_]+)"\]', source))
    said |= {f"{name}{tu}" for name in ("kiosk-age", "kiosk-thanks") for tu in ("", "-tu")}
    said |= {f"state.{state}" for state in ("draft", "ready", "sending", "received", "to_correct")}
    said |= {f"kind.{kind}" for kind in CaptureKind.values}
    assert said == set(words())


def test_the_states_that_it_knows_of_are_the_server_s():
    kit = (parcel.STATIC / "js/terrain/kit.js").read_text()
    assert {f'"{state}"' for state in (StreetCapture.State.RECEIVED, StreetCapture.State.TO_CORRECT)} <= set(
        re.findall(r'"[a-z_]+"', kit)
    )


def test_its_style_sheet_is_made_of_its_sources_as_they_are_now():
    assert STREET_BUNDLE.read_text(encoding="utf-8") == street_bundled(), (
        "run python -m democratic.web.bundle"
    )


def test_each_class_that_the_page_wears_is_drawn():
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", street_bundled()))
    folder = Path(parcel.__file__).parents[1] / "templates/web/street_kit"
    worn = {name for page in folder.glob("*.html") for found in re.findall(r'class="([^"]+)"', page.read_text())
            for name in found.split()}  # fmt: skip
    assert worn - known == set()


def test_an_authority_s_own_colour_is_kept_with_the_rest(client, territory):
    territory.authority.accent = "#2f4858"
    territory.authority.save()
    assert "/apparence/2f4858.css" in parcel_of(read(client, "/terrain/agent.js").content.decode())["files"]
