"""The journal as anyone reads it, and takes it home to recount."""

import json
import re
from html import unescape
from io import BytesIO

import pytest

from civics.ledger.canonical import read_canonical
from civics.ledger.heads import SignedHead, verify_head
from civics.ledger.proofs import verify_inclusion
from civics.ledger.tree import leaf_hash
from democratic.config.commands import audit
from democratic.config.commands.published import read_key
from democratic.thread import actions
from democratic.thread.models import Record, Visibility

JOURNAL_QUERIES = 3
POSITION = re.compile(r'class="entries__n">(\d[\d\u00a0]*)<')


def read(client, path, status=200):
    page = client.get(path)
    assert page.status_code == status, (path, page.status_code)
    return page.content.decode()


def positions(page):
    return [int(n.replace("\u00a0", "")) for n in POSITION.findall(page)]


def exported(client, name):
    answer = client.get(f"/journal/export/{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# --- the page


def test_the_newest_line_comes_first_in_words(territory, seal, client):
    idea = territory.say("Un bus le soir.").idea.record
    size = seal()
    page = read(client, "/journal")
    assert positions(page)[0] == size - 1
    assert ("Parole reçue" in page, "Un bus le soir." in page) == (True, True)
    assert f'href="/journal/preuve/{idea.code}"' in page


def test_a_reader_walks_back_to_the_first_line_without_missing_one(territory, seal, client):
    for n in range(70):
        territory.say(f"Phrase {n}.")
    size, path, seen = seal(), "/journal", []
    while path:
        page = read(client, path)
        seen += positions(page)
        older = re.search(r'rel="next" href="(\?avant=\d+)"', page)
        path = f"/journal{older[1]}" if older else ""
    assert seen == list(range(size - 1, -1, -1))


def test_a_page_of_older_lines_stays_the_same_while_the_journal_grows(territory, seal, client):
    for n in range(40):
        territory.say(f"Phrase {n}.")
    seal()
    older = re.search(r'rel="next" href="(\?avant=\d+)"', read(client, "/journal"))[1]
    before = positions(read(client, f"/journal{older}"))
    territory.say("Encore une.")
    seal()
    assert positions(read(client, f"/journal{older}")) == before


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 30, "٣", ""])
def test_any_place_that_is_asked_for_gets_a_page(territory, seal, client, asked):
    seal()
    assert "<h1" in read(client, f"/journal?avant={asked}")


def test_words_that_are_no_longer_shown_leave_the_line_without_them(territory, seal, client):
    erased = territory.say("Mon adresse est 3 rue des Prés.").idea.record
    hidden = territory.say("À masquer.").idea.record
    actions.erase_words(record=erased, clock=territory.clock)
    Record.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)
    size = seal()
    page = read(client, "/journal")
    assert len(positions(page)) == min(size, 30)
    assert ("rue des Prés" in page, "À masquer" in page) == (False, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_a_fixed_number_of_questions(
    territory, seal, client, count, django_assert_num_queries
):
    for n in range(count):
        territory.say(f"Phrase {n}.")
    seal()
    read(client, "/")
    with django_assert_num_queries(JOURNAL_QUERIES):
        read(client, "/journal")


# --- the proof


def proofs_in(page):
    """What the page gives to a reader: for each line, its number, its bytes, its path."""
    found = []
    for section in re.findall(r'<section class="panel".*?</section>', page, re.DOTALL):
        position = int(re.search(r'id="p(\d+)"', section)[1])
        leaf = unescape(re.search(r"<pre><code>(.*?)</code></pre>", section, re.DOTALL)[1])
        path = [
            bytes.fromhex(step) for step in re.findall(r'<li class="journal__hash">([0-9a-f]{64})<', section)
        ]
        found.append((position, leaf.encode(), path))
    return found


def test_the_page_gives_a_proof_that_anyone_can_verify(territory, seal, client):
    records = [territory.say(f"Une phrase, « {n} » & <b>une autre</b>.").idea.record for n in range(5)]
    size = seal()
    head = SignedHead.from_json(exported(client, "heads.jsonl").splitlines()[-1])
    assert verify_head(head, read_key(BytesIO(exported(client, "key.json"))))
    for record in records:
        page = read(client, f"/journal/preuve/{record.code}")
        assert head.head.root.hex() in page
        (proof,) = proofs_in(page)
        position, leaf, path = proof
        assert verify_inclusion(leaf_hash(leaf), position, size, path, head.head.root)
        assert read_canonical(leaf)["record"] == record.code


def test_a_proof_with_one_letter_changed_proves_nothing(territory, seal, client):
    record = territory.say().idea.record
    size = seal()
    head = SignedHead.from_json(exported(client, "heads.jsonl").splitlines()[-1])
    ((position, leaf, path),) = proofs_in(read(client, f"/journal/preuve/{record.code}"))
    changed = leaf.replace(b"idea", b"idee", 1)
    assert changed != leaf
    assert not verify_inclusion(leaf_hash(changed), position, size, path, head.head.root)


def test_a_record_that_changed_has_a_proof_for_each_of_its_lines(territory, seal, client):
    record = territory.say("Un bus le soir.").idea.record
    actions.reword_record(record=record, words=actions.Words(text="Un bus à 23 h."), clock=territory.clock)
    seal()
    assert len(proofs_in(read(client, f"/journal/preuve/{record.code}"))) == 2


def test_what_was_just_written_says_that_it_will_be_signed(territory, seal, client):
    seal()
    record = territory.say().idea.record
    page = read(client, f"/journal/preuve/{record.code}")
    assert ("signée dans quelques secondes" in page, proofs_in(page)) == (True, [])


def test_before_the_first_signature_the_page_says_so(territory, client):
    assert "Aucune tête du journal n’est encore signée" in read(
        client, f"/journal/preuve/{territory.mandate.record.code}"
    )


@pytest.mark.parametrize("asked", ["ZZZ-ZZZ", "ZZZZZZZZZZ", "é"])
def test_an_unknown_number_has_no_proof(territory, seal, client, asked):
    seal()
    assert "Cette page n’existe pas" in read(client, f"/journal/preuve/{asked}", status=404)


def test_what_is_not_public_has_no_proof_to_show(territory, seal, client):
    record = territory.say().idea.record
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.HIDDEN)
    seal()
    read(client, f"/journal/preuve/{record.code}", status=404)


# --- the files


def test_the_files_are_streamed_and_open_to_other_sites(territory, seal, client):
    territory.say()
    size = seal()
    answer = client.get("/journal/export/entries.jsonl")
    assert (answer.streaming, answer.headers["Access-Control-Allow-Origin"]) == (True, "*")
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [line["position"] for line in lines] == list(range(size))


def test_a_copy_goes_on_after_the_lines_that_it_has(territory, seal, client):
    territory.say()
    seal()
    whole = exported(client, "entries.jsonl").splitlines()
    answer = client.get("/journal/export/entries.jsonl?depuis=2")
    assert b"".join(answer.streaming_content).splitlines() == whole[2:]


def test_where_to_go_on_from_is_a_number(territory, seal, client):
    seal()
    assert client.get("/journal/export/entries.jsonl?depuis=demain").status_code == 400


def test_words_stand_in_openings_alone(territory, seal, client):
    territory.say("Un bus le soir.")
    seal()
    assert "Un bus le soir." in exported(client, "openings.jsonl").decode()
    assert "Un bus le soir." not in exported(client, "entries.jsonl").decode()


def test_what_is_not_signed_is_not_exported_yet(territory, seal, client):
    size = seal()
    territory.say("Pas encore.")
    assert len(exported(client, "entries.jsonl").splitlines()) == size
    assert "Pas encore." not in exported(client, "openings.jsonl").decode()


def test_an_empty_journal_has_empty_files_and_a_page(territory, seal, client):
    assert exported(client, "entries.jsonl") == b""
    assert "<h1" in read(client, "/journal")


def test_the_files_say_how_to_read_them(territory, seal, client):
    assert "RFC 9162" in exported(client, "README.txt").decode()


def test_the_audit_of_a_running_site_finds_it_sound(live_territory, seal, live_server, capsys):
    idea = live_territory.say("Un bus le soir.").idea.record
    live_territory.say("Mon adresse.")
    actions.erase_words(record=idea, clock=live_territory.clock)
    size = seal()
    code = audit.main([f"{live_server.url}/journal/export"])
    assert (code, f"{size} faits" in capsys.readouterr().out) == (0, True)


def test_the_audit_of_a_running_site_names_the_line_that_was_changed(
    live_territory, seal, live_server, capsys, monkeypatch
):
    live_territory.say("Un bus le soir.")
    seal()
    from democratic.web.journal import exports  # noqa: PLC0415 - its own name is what the view calls

    def one_word_changed(size):
        for line in openings(size):
            yield line.replace(b"Un bus le soir.", b"Un bus le midi.")

    openings = exports.opening_lines
    monkeypatch.setattr(exports, "opening_lines", one_word_changed)
    code = audit.main([f"{live_server.url}/journal/export"])
    assert (code, "openings.jsonl" in capsys.readouterr().out) == (1, True)
