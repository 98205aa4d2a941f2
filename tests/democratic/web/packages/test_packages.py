"""Closing, the package and its hash, who reads it, and what erasing does to it."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from civics.ledger.heads import SignedHead, key_id, verify_head
from civics.ledger.leaf import leaf_bytes
from civics.ledger.proofs import verify_inclusion
from civics.ledger.tree import leaf_hash
from democratic.kernel.files import erase_due_files
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Conflict
from democratic.stewardship.models import Package
from democratic.thread.actions import erase_words, withdraw_own
from democratic.thread.models import Entry, Kind, Record
from democratic.web.packages import making

PAGE = "/concertations/bouger/archives"
FORM = "/bureau/concertations/bouger/archiver"
HERE = {"sec-fetch-site": "same-origin"}
SENT = {"years": "12", "why_years": "Recours.", "fate": "sort", "why_fate": "Avis du service.", "key": "k"}


def contents(client, version=1):
    answer = client.get(f"{PAGE}/{version}.zip")
    assert answer.status_code == 200
    raw = b"".join(answer.streaming_content)
    return raw, zipfile.ZipFile(io.BytesIO(raw))


def idea_of(territory):
    return Record.objects.filter(process=territory.process.pk, kind=Kind.IDEA).order_by("-pk").first()


def test_before_its_report_a_process_is_not_closed(desk):
    with pytest.raises(Conflict, match="bilan"):
        desk.close()
    assert not Entry.objects.filter(kind="process_closed").exists()


def test_a_process_is_closed_once(desk):
    desk.report()
    desk.close()
    with pytest.raises(Conflict):
        desk.close()
    assert Package.objects.count() == 1


def test_an_agent_states_the_term_and_the_fate_and_all_can_read_them(desk, client):
    desk.report()
    desk.enters(client, desk.territory.agent)
    shown = client.get(FORM).content.decode()
    assert 'value="10"' in shown
    assert client.post(FORM, SENT, headers=HERE).url == PAGE
    assert client.post(FORM, SENT, headers=HERE).url == PAGE  # sent twice: the first result
    assert client.get(FORM).url == PAGE
    client.logout()
    page = client.get(PAGE).content.decode()
    for said in ("12 ans après la clôture", "Recours.", "tri", "Avis du service.", "Le dossier se prépare"):
        assert said in page
    entry = Entry.objects.get(kind="process_closed")
    assert entry.data == {"years": 12, "fate": "sort"}
    assert "Nathalie" not in str(list(entry.openings.values_list("value", flat=True)))


def test_what_is_missing_in_the_form_is_said_and_nothing_is_closed(desk, client):
    desk.report()
    desk.enters(client, desk.territory.agent)
    assert client.post(FORM, SENT | {"years": "0"}, headers=HERE).status_code == 400
    assert client.post(FORM, SENT | {"fate": "burn"}, headers=HERE).status_code == 400
    assert not Package.objects.exists()


def test_the_published_hash_is_that_of_the_file_that_anyone_takes_away(desk, client):
    package = desk.packed()
    raw, _zip = contents(client)
    assert hashlib.sha256(raw).hexdigest() == package.sha256
    assert package.sha256 in client.get(PAGE).content.decode()
    told = Entry.objects.get(kind="package_published")
    assert told.data == {"version": 1, "sha256": package.sha256, "size": len(raw)}
    assert PAGE in client.get("/concertations/bouger/bilan").content.decode()


def test_the_manifest_says_the_hash_of_each_file_and_the_term(desk, client):
    desk.packed()
    _raw, made = contents(client)
    manifest = json.loads(made.read("manifest.json"))
    assert set(made.namelist()) == {*manifest["sha256"], "manifest.json"}
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(made.read(name)).hexdigest() == digest
    assert manifest["AppraisalRule"]["Duration"] == "P10Y"
    assert made.read("bilan.pdf")[:5] == b"%PDF-"
    assert "L.212-1" in made.read("LISEZ-MOI.txt").decode()
    assert "no conformity is claimed" in made.read("README.txt").decode()


def test_its_tables_hold_what_was_said_answered_promised_and_late(desk, client):
    desk.packed()
    _raw, made = contents(client)
    rows = [json.loads(line) for line in made.read("donnees/paroles-et-actes.jsonl").splitlines()]
    sheet = list(csv.DictReader(io.StringIO(made.read("donnees/paroles-et-actes.csv").decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == [row["code"] for row in sheet]
    assert {"mandate", "process", "idea", "theme", "answer", "decision", "commitment"} <= {
        r["kind"] for r in rows
    }
    assert all(len(row["day"]) == 10 for row in rows)
    dues = [json.loads(line) for line in made.read("donnees/echeances.jsonl").splitlines()]
    late = next(due for due in dues if due["owed"] == "commitment")
    assert (late["first_due_on"], late["met_on"], late["days_late"]) == ("2026-08-28", "", 460)
    columns = {
        each["table"]: [c["name"] for c in each["columns"]] for each in json.loads(made.read("schema.json"))
    }
    assert columns["paroles-et-actes"] == list(rows[0])
    links = made.read("donnees/liens.jsonl").decode()
    assert "grouped_in" in links
    assert "kept_by" in links


def test_each_fact_is_proved_under_the_signed_head_that_travels_with_it(desk, client):
    desk.packed()
    _raw, made = contents(client)
    signed = SignedHead.from_json(made.read("journal/head.json").strip())
    assert verify_head(signed, desk.key)
    assert json.loads(made.read("journal/key.json"))["key"] == key_id(desk.key)
    lines = [json.loads(line) for line in made.read("journal/proofs.jsonl").splitlines()]
    assert len(lines) > 10
    for line in lines:
        path = [bytes.fromhex(each) for each in line["path"]]
        digest = leaf_hash(leaf_bytes(line["leaf"]))
        assert verify_inclusion(digest, line["position"], signed.head.size, path, signed.head.root)


def test_a_package_waits_until_all_its_facts_are_signed(desk):
    desk.report()
    desk.close()
    assert desk.work() == 0
    desk.seal()
    assert desk.work() == 1
    assert desk.work() == 0


def test_a_worker_killed_in_the_middle_begins_again_and_publishes_once(desk, monkeypatch):
    desk.report()
    desk.close()
    desk.seal()

    class Killed(BaseException):
        """As a kill -9, which no handler of ours sees."""

    def dies(*_args, **_more):
        raise Killed

    monkeypatch.setattr(making, "publish_package", dies)
    with pytest.raises(Killed):
        desk.work()
    waiting = Package.objects.get()
    assert (waiting.made_at, waiting.parts_done) == (None, 4)
    monkeypatch.undo()
    assert desk.work() == 1
    assert Entry.objects.filter(kind="package_published").count() == 1


def test_a_store_that_does_not_answer_leaves_it_waiting(desk, monkeypatch):
    desk.report()
    desk.close()
    desk.seal()

    def silent(*_args, **_more):
        raise OSError("no store")

    with monkeypatch.context() as patch:
        patch.setattr(making, "keep_made", silent)
        assert desk.work() == 0
    assert desk.work() == 1


def test_closing_hides_nothing_and_a_late_commitment_stays_late_everywhere(desk, client):
    desk.packed()
    commitment = Record.objects.get(process=desk.territory.process.pk, kind=Kind.COMMITMENT)
    for path in ("/engagements", "/concertations/bouger/bilan", f"/engagements/{commitment.code}"):
        assert "460 jours de retard" in client.get(path).content.decode().replace("\u00a0", " ")
    for path in ("/concertations/bouger", "/concertations/bouger/idees", "/concertations/bouger/reponses"):
        assert client.get(path).status_code == 200
    assert idea_of(desk.territory).title or idea_of(desk.territory).text


@pytest.mark.parametrize("leave", ["erase", "withdraw"])
def test_words_that_are_erased_leave_the_package_at_once_and_both_hashes_stay(desk, client, leave):
    first = desk.packed()
    gone = idea_of(desk.territory)
    words = gone.text
    assert words in contents(client)[1].read("donnees/paroles-et-actes.jsonl").decode()
    if leave == "erase":
        erase_words(record=gone, clock=desk.clock)
    else:
        withdraw_own(record=gone, clock=desk.clock)
    assert client.get(f"{PAGE}/1.zip").status_code == 410  # before any worker passed
    desk.work()
    desk.seal()
    desk.work()
    _raw, made = contents(client, version=2)
    for name in made.namelist():
        assert words.encode() not in made.read(name)
    page = client.get(PAGE).content.decode()
    second = Package.objects.get(version=2)
    assert first.sha256 in page
    assert second.sha256 in page
    assert "n’est plus donné" in page
    first.refresh_from_db()
    assert (first.file, first.sha256) == (
        None,
        Entry.objects.filter(kind="package_published").order_by("pk")[0].data["sha256"],
    )
    erase_due_files(desk.clock)
    assert not StoredFile.objects.filter(pk=first.sha256).exists()
    assert client.get(f"{PAGE}/1.zip").status_code == 410


def test_a_package_whose_words_went_while_it_was_made_is_not_published(desk, monkeypatch):
    desk.report()
    desk.close()
    desk.seal()
    written = making.write_package

    def erased_meanwhile(process, facts, to, tell):
        written(process, facts, to, tell)
        erase_words(record=idea_of(desk.territory), clock=desk.clock)

    with monkeypatch.context() as patch:
        patch.setattr(making, "write_package", erased_meanwhile)
        assert desk.work() == 0
    desk.seal()
    assert desk.work() == 1


def test_what_is_said_after_closing_makes_no_other_package(desk):
    desk.packed()
    desk.territory.say("Encore un mot.", clock=desk.territory.clock)
    desk.seal()
    assert desk.work() == 0


@pytest.mark.parametrize(
    "path",
    [PAGE, f"{PAGE}/1.zip", "/concertations/inconnue/archives", "/concertations/inconnue/archives/1.zip"],
)
def test_a_process_that_is_not_closed_has_no_archives(desk, client, path):
    assert client.get(path).status_code == 404


def test_a_citizen_and_an_official_close_nothing(desk, client):
    desk.report()
    for account in (desk.territory.citizen, desk.territory.elected):
        desk.enters(client, account)
        assert client.post(FORM, SENT, headers=HERE).status_code == 403
    assert not Package.objects.exists()
