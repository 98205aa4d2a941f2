"""A filled database of the previous release, with its own code's rows, brought to this code."""

import json
import lzma
from pathlib import Path

import psycopg
import pytest

from civics.ledger.heads import SignedHead, read_public_key, verify_head
from democratic.config.backup.tools import find_tool, input_of
from democratic.config.places import Places
from democratic.config.server.throwaway import throwaway_postgres
from installations import PASSPHRASE, Installation

RELEASES = Path(__file__).parents[2] / "releases"
NAMES = sorted(path.stem for path in RELEASES.glob("*.json"))
# Each page of each kind, asked of the product's own views; then one more fact, signed with this machine's key.
READ = """
from django.test import Client
from democratic.config.commands.signer import installation_signer
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.thread.actions import Words, reword_record
from democratic.thread.journal import drain
from democratic.thread.journal.heads import read_head, root_at
from democratic.thread.models import Record, SignedHead
from democratic.web.places import record_path
client = Client(SERVER_NAME='localhost')
paths = ['/', '/participer', '/journal', '/recherche?q=bus', '/engagements', '/agenda']
for kind in Record.objects.values_list('kind', flat=True).distinct():
    paths += [record_path(r.kind, r.code) for r in Record.objects.filter(kind=kind, visibility='public').order_by('pk')[:3]]
for path in paths:
    print('@page', client.get(path, follow=True).status_code, path)
for body in SignedHead.objects.order_by('size').values_list('body', flat=True):
    print('@head', body)
for size, root in SignedHead.objects.values_list('size', 'root'):
    print('@root', root_at(size) == bytes(root), size)
reword_record(record=Record.objects.filter(kind='idea', visibility='public').first(),
    words=Words(text='Dit après la mise à jour.'), clock=DATABASE_CLOCK)
drain(clock=DATABASE_CLOCK, signer=installation_signer())
print('@size', read_head().size)
"""


@pytest.fixture(scope="module", params=NAMES)
def earlier(request, tmp_path_factory):
    told = json.loads((RELEASES / f"{request.param}.json").read_text())
    folder = tmp_path_factory.mktemp("upgrade")
    (folder / "passphrase").write_bytes(PASSPHRASE)
    with throwaway_postgres(durable=True) as server:
        psql = find_tool("psql", server_major=15)
        with input_of(psql, "--quiet", "--set", "ON_ERROR_STOP=1", url=server.url()) as script:
            script.write(lzma.decompress((RELEASES / f"{request.param}.sql.xz").read_bytes()))
        yield Installation(Places(folder / "var"), server.url(), folder / "passphrase"), told, server


@pytest.fixture(scope="module")
def upgraded(earlier):
    installation, told, _server = earlier
    said = installation.command("upgrade", "--passphrase-file", installation.passphrase_file)
    shown = installation.command("manage", "shell", "--verbosity", "0", "-c", READ)
    lines = [line[1:].split(" ", 2) for line in shown.splitlines() if line.startswith("@")]
    return installation, told, said, lines


def test_it_saves_first_and_loses_nothing_and_says_how_to_go_back(upgraded):
    installation, told, said, _lines = upgraded
    backup = next((installation.place.var / "backups").iterdir())
    assert said.index(str(backup)) < said.index("étapes à faire")
    assert "aucune perdue" in said
    assert f"restore {backup} --into" in said
    for name in (
        "thread_record",
        "participation_idea",
        "people_account",
        "thread_support",
        "thread_position",
    ):
        assert installation.rows(f"select count(*) from {name}")[0][0] >= told["rows"][name] > 0


def test_every_kind_of_page_is_read(upgraded):
    pages = [(status, path) for what, status, path in (line for line in upgraded[3] if line[0] == "page")]
    assert len(pages) > 30
    assert [page for page in pages if page[0] != "200"] == []


def test_the_heads_that_were_signed_before_are_heads_of_this_journal(upgraded):
    _installation, told, _said, lines = upgraded
    key = read_public_key(bytes.fromhex(told["public_key"]))
    heads = [SignedHead.from_json(" ".join(line[1:]).encode()) for line in lines if line[0] == "head"]
    assert heads[-1].head.root.hex() == told["journal"]["root"]
    assert all(verify_head(head, key) for head in heads)
    roots = [line[1] for line in lines if line[0] == "root"]
    assert len(roots) == len(heads) > 1
    assert set(roots) == {"True"}


def test_the_journal_goes_on_and_its_audit_is_whole(upgraded, tmp_path):
    installation, told, _said, lines = upgraded
    size = int(next(line[1] for line in lines if line[0] == "size"))
    assert size > told["journal"]["size"]
    installation.command("journal", "export", tmp_path / "published")
    assert f"Le journal est entier : {size} faits" in installation.command("audit", tmp_path / "published")


def test_once_more_changes_nothing(upgraded):
    installation = upgraded[0]
    assert "Déjà à jour" in installation.command("upgrade")
    assert len(list((installation.place.var / "backups").iterdir())) == 1


def test_the_way_back_gives_the_tables_of_before(upgraded, earlier, tmp_path):
    installation, told, _said, _lines = upgraded
    server = earlier[2]
    with psycopg.connect(server.url(), autocommit=True) as asked:
        asked.execute("create database as_before")
    before = Installation(Places(tmp_path / "var"), server.url("as_before"), installation.passphrase_file)
    backup = next((installation.place.var / "backups").iterdir())
    said = before.command("restore", backup, "--as-saved", "--passphrase-file", before.passphrase_file)
    assert "les tables restent celles de sa version" in said
    assert {name: before.rows(f"select count(*) from {name}")[0][0] for name in told["rows"]} == told["rows"]


def test_a_downgrade_is_refused_in_a_sentence(upgraded):
    installation = upgraded[0]
    with psycopg.connect(installation.url, autocommit=True) as asked:
        asked.execute(
            "insert into django_migrations (app, name, applied) values ('thread', '0999_later', now())"
        )
        try:
            for command in ("upgrade", "migrate"):
                said = installation.command(command, expected=2)
                assert "version plus récente (thread.0999_later)" in said
                assert said.count("\n") == 1
        finally:
            asked.execute("delete from django_migrations where name = '0999_later'")


def test_a_table_that_somebody_holds_is_said_and_nothing_is_half_done(earlier, tmp_path):
    """On a database of its own: the lock timeout is what is looked at, not its ten seconds."""
    installation, _told, server = earlier
    with psycopg.connect(server.url(), autocommit=True) as asked:
        asked.execute("create database held")
    held = Installation(Places(tmp_path / "var"), server.url("held"), installation.passphrase_file)
    backup = next((installation.place.var / "backups").iterdir(), None)
    held.command("restore", backup, "--as-saved", "--passphrase-file", held.passphrase_file)
    with psycopg.connect(held.url) as other:
        other.execute("lock table people_person in access exclusive mode")
        said = held.command("upgrade", "--without-backup", expected=2, DEMOCRATIC_LOCK_TIMEOUT="200ms")
    assert "lock timeout" in said
    assert "à une heure plus calme" in said
    assert "✓ À jour" in held.command("upgrade", "--without-backup")
