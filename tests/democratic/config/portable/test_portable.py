"""An authority that leaves with everything, and comes whole to another installation."""

import csv
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from democratic.config.commands import portable_acts
from democratic.config.commands.signer import installation_signer
from democratic.config.portable.left_out import LEFT_OUT
from democratic.config.portable.tables import TABLES
from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.ideas.splitting import Part, split_idea
from democratic.people.actions import leave_address
from democratic.thread.actions import erase_words, follow, support, withdraw_own
from democratic.thread.journal import drain
from democratic.thread.models import Record, Visibility
from democratic.web.places import record_path
from factories import GROUPING
from installations import PASSPHRASE
from packages import members, rewritten

OURS = (
    "kernel", "people", "communities", "thread", "messaging", "participation", "observatory",
    "stewardship",
)  # fmt: skip
FIGURES = "select r.code, f.supports, f.grouped from thread_recordfigures f join thread_record r on r.id = f.record_id"
OPENED = """
select o.entry_id, o.part, o.salt, o.value from thread_opening o join thread_entry e on e.id = o.entry_id
left join thread_record r on r.id = e.record_id where coalesce(r.visibility, 'public') = 'public' order by o.id
"""
LEAVES = """
select e.id, e.data, e.commitments, p.leaf_hash from thread_entry e join thread_position p on p.entry_id = e.id
where e.kind <> 'authority_imported' order by e.id
"""
# What must come back as it was, whatever the identifiers of a row that nobody sees.
SAME = (
    "select id, code, kind, state, visibility, byline, origin, place, theme_id from thread_record order by id",
    "select id, record_id, version, language, title, text, created_at from thread_wording order by id",
    "select id, source_id, kind, target_id, entry_id, ended_by_id from thread_link order by id",
    "select record_id, owed, first_due_on, due_on, met_on from participation_obligation order by id",
    OPENED,
    LEAVES,
    f"{FIGURES} order by 1",
)
PAGES = """
import sys
from django.test import Client
client = Client(SERVER_NAME='localhost')
for path in {paths}:
    answer = client.get(path)
    main = answer.content.decode().partition('<main')[2].partition('</main>')[0]
    print('@' + __import__('json').dumps([path, answer.status_code, main]))
"""


@pytest.fixture
def full(installation, live_territory, monkeypatch):
    """With marks, words that were erased, and much that is private."""
    monkeypatch.setattr("democratic.config.portable.writing.settings.JOURNAL_PUBLIC_KEY", _public_key())
    ideas = list(Record.objects.filter(kind="idea").order_by("pk"))
    citizen = live_territory.citizen.person
    with transaction.atomic():
        support(record=ideas[0], person=citizen)
        follow(record=ideas[0], person=citizen)
    leave_address(
        person=citizen,
        email="canary@exemple.fr",
        purpose="notices",
        wording="Oui.",
        language="fr",
        clock=DATABASE_CLOCK,
    )
    whole = live_territory.say("Le bus. Puis la piscine.").idea.record
    cut = [Part("Bus", "Le bus."), Part("Piscine", "la piscine.")]
    split_idea(record=whole, parts=cut, reason="Deux.", function="Service", clock=GROUPING)
    live_territory.say("Mots effacés, canari-un.")
    erase_words(record=Record.objects.latest("pk"), clock=DATABASE_CLOCK)
    live_territory.say("Mots retirés, canari-deux.")
    withdraw_own(record=Record.objects.latest("pk"), clock=DATABASE_CLOCK)
    live_territory.say("Mots masqués, canari-trois.")
    Record.objects.filter(pk=Record.objects.latest("pk").pk).update(visibility=Visibility.HIDDEN)
    drain(clock=DATABASE_CLOCK, signer=installation_signer())
    return installation


def _public_key():
    return installation_signer().public_key.public_bytes_raw().hex()


@pytest.fixture
def exported(full, live_territory, tmp_path):
    path = tmp_path / "left.zip"
    portable_acts.export(live_territory.authority.slug, path, with_private=False, passphrase_file=None)
    return path


def bare(main):
    """Of a page, what does not hang on the machine: not the addresses of its style sheets, nor who could be told."""
    main = re.sub(r' data-imprint="[0-9a-f]+"', "", main)  # of the main before this very cleaning
    return re.sub(r"\s+", " ", re.sub(r"\.[0-9a-f]{12}\.", ".", main))


def test_every_table_leaves_or_is_said_to_stay():
    told = {table.label for table in TABLES} | LEFT_OUT.keys()
    ours = (apps.get_app_config(app).get_models(include_auto_created=True) for app in OURS)
    assert {model._meta.label for models in ours for model in models} == told
    assert len(TABLES) + len(LEFT_OUT) == len(told)


def test_an_authority_comes_whole_to_an_empty_installation(full, exported, ready, tmp_path):
    said = ready.command("import-authority", exported, "--key", _public_key())
    entries = full.rows("select count(*) from thread_entry")[0][0]
    assert f"{entries} faits, dont {entries} prouvés" in said
    hidden = {str(pk) for pk in Record.objects.exclude(visibility="public").values_list("pk", flat=True)}
    for question in SAME:
        here, there = (
            [row for row in each.rows(question) if not hidden & {str(cell) for cell in row}]
            for each in (full, ready)
        )
        assert here == there != [], question
    ready.command("manage", "shell", "-c", SIGN)
    ready.command("journal", "export", tmp_path / "published")
    assert f"entier : {entries + 1} faits" in ready.command("audit", tmp_path / "published")
    assert ready.rows("select data->'head'->>'size' from thread_entry where kind = 'authority_imported'") == [
        (str(full.rows("select max(size) from thread_signedhead")[0][0]),)
    ]
    assert ready.rows("select count(*) from messaging_outgoingmessage") == [(0,)]
    _same_pages(ready)
    assert "déjà ici" in ready.command("import-authority", exported, expected=2)


SIGN = """
from democratic.config.commands.signer import installation_signer
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.thread.journal import drain
drain(clock=DATABASE_CLOCK, signer=installation_signer())
"""


def _same_pages(there):
    client = Client(SERVER_NAME="localhost")
    paths = ["/participer", "/engagements"]
    for kind in (
        "idea",
        "mandate",
        "theme",
        "answer",
        "decision",
        "commitment",
        "action",
        "evidence",
        "meeting",
    ):
        record = Record.objects.filter(kind=kind, visibility="public").first()
        paths.append(record_path(record.kind, record.code))
    shown = there.command("manage", "shell", "--verbosity", "0", "-c", PAGES.format(paths=paths))
    pages = [json.loads(line[1:]) for line in shown.splitlines() if line.startswith("@")]
    assert len(pages) == len(paths)
    for path, status, main in pages:
        here = client.get(path)
        assert status == here.status_code == 200, path
        assert bare(main) == bare(here.content.decode().partition("<main")[2].partition("</main>")[0]), path


def test_without_private_data_nothing_of_a_person_leaves(exported, live_territory):
    every = b"\n".join(members(exported).values()).decode()
    people = [
        account.email for account in (live_territory.citizen, live_territory.agent, live_territory.elected)
    ]
    for canary in ("canary@exemple.fr", "canari-un", "canari-deux", "canari-trois", *people):
        assert canary not in every
    supports = [json.loads(line) for line in members(exported)["data/thread.support.jsonl"].splitlines()]
    assert supports
    assert all(row["created_at"] is None for row in supports)
    assert str(live_territory.citizen.person_id) not in every


def test_it_can_be_read_without_this_program(exported):
    found = members(exported)
    schema = json.loads(found["schema.json"])
    assert schema["thread.record"]["columns"]["process_id"] == {
        "type": "UUIDField", "null": True, "refers_to": "thread.record"
    }  # fmt: skip
    for name, table in schema.items():
        for line in found[f"data/{name}.jsonl"].splitlines():
            assert json.loads(line).keys() == table["columns"].keys()
    assert b"Without private data" in found["README.txt"]
    sheet = found["csv/contributions.csv"].decode().splitlines()
    assert sheet[0].startswith("kind,code,day,state,title,text")
    assert len(sheet) > 3
    rows = list(csv.DictReader(sheet))
    whole = Record.objects.get(state="split")
    assert [row["text"] for row in rows if row["split_from"] == whole.code] == ["Le bus.", "la piscine."]
    assert {row["merged_into"] for row in rows} == {""}


def test_with_private_data_it_is_sealed_and_people_find_their_account_again(
    full, ready, live_territory, tmp_path
):
    path = tmp_path / "left.sealed"
    arguments = {"with_private": True, "passphrase_file": full.passphrase_file}
    portable_acts.export(live_territory.authority.slug, path, **arguments)
    assert not zipfile.is_zipfile(path)
    other = tmp_path / "other"
    other.write_bytes(PASSPHRASE[::-1])
    said = ready.command("import-authority", path, "--passphrase-file", other, expected=2)
    assert "pas la phrase de passe" in said
    ready.command("import-authority", path, "--passphrase-file", full.passphrase_file)
    for question in (
        "select id, email, password from people_account order by id",
        "select email, person_id from people_contactaddress order by id",
        "select record_id, person_id from thread_support order by id",
        "select record_id, person_id from thread_follow order by id",
        "select person_id, role from thread_grant order by id",
        "select id, titular_id, deputy_id from communities_service order by id",
        "select id, author_id from thread_record order by id",
    ):
        assert ready.rows(question) == full.rows(question) != []
    assert ready.rows("select count(*) from messaging_outgoingmessage") == [(0,)]


def _change_a_fact(found):
    name = "data/thread.entry.jsonl"
    first, *rest = found[name].splitlines()
    row = json.loads(first)
    row["data"] = {**row["data"], "state": "otherwise"}
    found[name] = b"\n".join([json.dumps(row).encode(), *rest]) + b"\n"


def _change_a_proof(found):
    found["journal/proofs.jsonl"] = found["journal/proofs.jsonl"].replace(
        b'"position":1}', b'"position":2}', 1
    )


def _drop_a_row(found):
    found["data/thread.tag.jsonl"] = b""
    found["data/thread.wording.jsonl"] = (
        b"\n".join(found["data/thread.wording.jsonl"].splitlines()[1:]) + b"\n"
    )


def _add_a_column(found):
    name = "data/thread.record.jsonl"
    found[name] = found[name].replace(b'{"id"', b'{"later":1,"id"', 1)


CHANGES = (
    (_change_a_fact, "n'est pas celui que l'ancien journal prouve"),
    (_change_a_proof, "ne se prouve pas"),
    (_drop_a_row, "Rien n'a été repris"),
    (_add_a_column, "unknown columns"),
)
WRITTEN = "select (select count(*) from thread_authority), (select count(*) from thread_entry)"


def test_what_was_changed_on_the_way_is_refused_and_nothing_is_written(exported, ready, tmp_path):
    for change, said in CHANGES:
        changed = tmp_path / f"{change.__name__}.zip"
        shutil.copy(exported, changed)
        rewritten(changed, change)
        assert said in ready.command("import-authority", changed, expected=2), change.__name__
    assert ready.rows(WRITTEN) == [(0, 0)]


def test_a_member_that_is_not_the_one_announced_is_named(exported):
    found = members(exported)
    found["README.txt"] += b"one word more"
    with zipfile.ZipFile(exported, "w") as written:
        for name, content in found.items():
            written.writestr(name, content)
    with pytest.raises(CannotStart, match=r"README\.txt"):
        portable_acts.bring(exported, expected_key=None, passphrase_file=None)


def test_another_key_an_unknown_authority_and_a_name_that_is_taken_are_said(exported, tmp_path):
    with pytest.raises(CannotStart, match="pas la clé attendue"):
        portable_acts.bring(exported, expected_key="ab" * 32, passphrase_file=None)
    with pytest.raises(CannotStart, match="Ici : val-orbe"):
        portable_acts.export("ailleurs", Path(tmp_path / "x.zip"), with_private=False, passphrase_file=None)
