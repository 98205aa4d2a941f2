"""The connector of ``docs/howto/add-a-channel.md``, as the page has it, through the contract that all of them pass."""

import json
import re
from itertools import count
from pathlib import Path

import pytest

from channels.contract import ChannelContract, ProviderPeer, Reached, serving
from democratic.channels.proving import hmac_sha256
from democratic.messaging import ports

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/howto/add-a-channel.md").read_text()
CONNECTOR, OTHER_SIDE = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
# The page's first step adds a kind that the product doesn't have: here it takes the place of another's.
CONNECTOR = CONNECTOR.replace("ChannelKind.PIGEON", "ChannelKind.WEBHOOK")
OTHER_SIDE = OTHER_SIDE.replace("/canaux/pigeon", "/canaux/webhook")


@pytest.fixture
def peer(monkeypatch):
    others = {kind: channel for kind, channel in ports._channels.items() if kind != "webhook"}
    monkeypatch.setattr(ports, "_channels", others)
    exec(compile(CONNECTOR, "add-a-channel.md", "exec"), {"__name__": "pigeon"})
    known = {
        "ProviderPeer": ProviderPeer, "Reached": Reached, "NAMES": count(), "json": json, "hmac_sha256": hmac_sha256
    }  # fmt: skip
    exec(compile(OTHER_SIDE, "add-a-channel.md", "exec"), known)
    with serving(known["PigeonPeer"], known["usual"]) as peer:
        yield peer


class TestPigeon(ChannelContract):
    kind = "webhook"


def test_a_connector_that_declares_media_fetches_them_unless_its_pages_send_bytes():
    declared = [each for each in ports.all_channels() if each.can.media]
    assert {each.kind for each in declared if each.is_pulled} == {"widget", "kiosk"}
    assert all(hasattr(each, "fetch") for each in declared if not each.is_pulled)


def test_a_connector_is_one_folder_whose_files_have_a_hundred_lines_at_most():
    files = sorted((ROOT / "src/democratic/channels").glob("*/*.py"))
    assert len(files) > 8
    lengths = {f"{path.parent.name}/{path.name}": len(path.read_text().splitlines()) for path in files}
    assert {name: n for name, n in lengths.items() if n > 100} == {}
    assert len(CONNECTOR.splitlines()) <= 100
