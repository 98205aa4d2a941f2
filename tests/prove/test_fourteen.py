"""A pupil of fourteen says more than she was asked: afterwards, her answers are nobody's, and her words are nowhere."""

import os
import re
import secrets
import subprocess
from pathlib import Path

import pytest
from real_product import running_product, tell, wait_until

from democratic.config.places import Places
from democratic.config.server import installation
from democratic.config.server.binaries import find_binaries
from democratic.config.server.cluster import ADMIN, DATABASE
from democratic.config.server.embedded import ADMIN_PASSWORD

pytestmark = pytest.mark.prove
NAME, SECRET = "Zéphyrine Quatorze", "mon beau-père me raccompagne ivre"
LEFT = 150  # seconds: who leaves is forgotten each minute
BUTTON = re.compile(r'name="choice" value="([^"]+)"')
SCREEN = """
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.screens import screen_key
print('@' + screen_key(FlowCode.objects.get(code='BOR-MED'), DATABASE_CLOCK.now()))
"""
ANSWERS = """
select a.step, a.value, r.correspondent_id is null and r.age_band = 'under_15'
from participation_flowanswer a join participation_flowrun r on r.id = a.run_id where r.age_band = 'under_15'
order by a.id desc limit 4
"""


@pytest.fixture(scope="module")
def product():
    with running_product() as product:
        wait_until(
            lambda: product.asked("GET", "/r/LYC-VAU").status == 200, "the demonstration's conversation"
        )
        yield product


def dump(product):
    """The whole database as text, indexes of search included, as an operator's backup would read."""
    folder = installation.running(Places(product.var))["database"]["socket_dir"]
    password = (product.var / "secrets" / ADMIN_PASSWORD).read_text().strip()
    made = subprocess.run(
        [find_binaries().folder / "pg_dump", "--inserts", "--host", folder, "--username", ADMIN, "--dbname", DATABASE],
        capture_output=True, check=True, timeout=300, env={**os.environ, "PGPASSWORD": password},
    )  # fmt: skip
    return made.stdout.decode(errors="replace")


def places(product):
    """Logs, media, mails, secrets: all that is written beside the database, and the database."""
    kept = {"the database": dump(product), "the log": product.log_path.read_text(errors="replace")}
    for path in product.var.rglob("*"):
        if path.is_file() and "pg" not in path.relative_to(product.var).parts[:1]:
            kept[str(path)] = path.read_bytes().decode(errors="replace")
    return kept


def found(product, words):
    return [
        (word, place)
        for place, text in places(product).items()
        for word in words
        if word.lower() in text.lower()
    ]


def says(product, path, *, key=None, **fields):
    sent = {"key": key or secrets.token_hex(16), **fields}
    return product.asked("POST", path, sent, cookie=product.screen)


def choices(product, path):
    return BUTTON.findall(product.asked("GET", path, cookie=product.screen).body.decode())


def has_left(product):
    return product.rows("select count(*) from messaging_correspondent where is_leaving")[0][0] == 0


def paired(product):
    """What a device keeps once it is the kiosk of the library."""
    link = f"/borne/BOR-MED/brancher/{product.shell(SCREEN)[0]}"
    return product.asked("POST", link, {}).cookies[0]


@pytest.mark.parametrize("way", ["/r/LYC-VAU", "/borne/BOR-MED"])
def test_a_child_s_words_are_in_no_dump_file_index_nor_log(product, way):
    product.screen = paired(product) if way.startswith("/borne") else ""
    path = says(product, way, choice=choices(product, way)[1]).location
    token = Path(path).name
    says(product, path, text="Vaubrun")
    says(product, path, text=f"Je m’appelle {NAME}, {SECRET}")  # at the question of the age: it fits no step
    assert found(product, [SECRET]) != [], "it is held until her age is known: this test can see it"
    says(product, path, choice=next(each for each in choices(product, path) if "under_15" in each))
    says(product, path, text=f"Encore {NAME} : {SECRET}")
    for _asked in range(6):
        left = choices(product, path)
        if not left:
            break
        says(product, path, choice=left[-1])
    wait_until(lambda: has_left(product), "who leaves is forgotten", within=LEFT)
    assert found(product, [NAME, "Zéphyrine", SECRET, "beau-père", "raccompagn", token]) == []
    answers = product.rows(ANSWERS)
    assert {step for step, _value, _is_nobodys in answers} >= {"evening", "age"}
    assert all(is_nobodys for _step, _value, is_nobodys in answers)
    tell(f"{way}: nothing left but {answers}")
