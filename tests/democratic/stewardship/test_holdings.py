"""One's own data, complete: every table that can hold something of hers gives it, and no one else's."""

import csv
import io
import json
import zipfile

import pytest

from courses import whole_course
from democratic.kernel.data_classes import ADDRESS, MARKS, SPEECH
from democratic.kernel.personal_data import label_of
from democratic.messaging.models import OutgoingMessage
from democratic.participation.inbox.actions import assign, write_back
from democratic.participation.inbox.models import Channel, InboxMessage
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.people.actions import claim_person, leave_address, welcome_guest
from democratic.stewardship.archive import write_archive
from democratic.stewardship.declared import kept_of_people
from democratic.stewardship.holdings import counted, files_of, holdings_of
from democratic.thread.actions import Words, follow, post_comment, support

TIED = [label_of(model) for model, said in kept_of_people().items() if said.of]


@pytest.fixture
def me(territory):
    """Gabriel, who spoke under his account, and before it as a guest."""
    me, guest = territory.citizen.person, welcome_guest(name="Gab")
    idea = territory.say("Un bus à 22 h.", author=guest, byline="Gab").idea.record
    claim_person(guest=guest, by=me)
    theirs = territory.say("Le pont est fermé.").idea.record
    post_comment(
        subject=theirs, author=me, words=Words(text="=HYPERLINK(1)"), alignment=1, clock=territory.clock
    )
    support(record=theirs, person=guest)
    follow(record=idea, person=me)
    address = leave_address(
        person=guest, email="gab@example.org", purpose="notices", wording="Oui.", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    OutgoingMessage.objects.create(
        authority=territory.authority, address=address, purpose="confirm", subject="Bonjour", body="Confirmez"
    )
    return [me.pk, guest.pk]


def archive(ids):
    made = io.BytesIO()
    write_archive(ids, made)
    return zipfile.ZipFile(made)


def test_every_table_that_a_declaration_ties_to_a_person_is_in_the_archive(me):
    held = archive(me)
    told = json.loads(held.read("donnees.json"))
    assert list(told) == TIED
    assert {f"tableaux/{label}.csv" for label in TIED} <= set(held.namelist())
    for label in ("people.Person", "people.Account", "people.ContactAddress", "people.Consent",
                  "thread.Record", "thread.Wording", "thread.Opening", "thread.Comment", "thread.Support",
                  "thread.Follow", "messaging.OutgoingMessage", "participation.Idea"):  # fmt: skip
        assert told[label], label


def test_it_gives_every_column_but_what_opens_something(me):
    told = json.loads(archive(me).read("donnees.json"))
    for model, said in kept_of_people().items():
        columns = {field.attname for field in model._meta.concrete_fields} - set(said.hidden)
        for row in told.get(label_of(model), []):
            assert set(row) == columns
    assert "password" not in told["people.Account"][0]
    assert "secret_hash" not in told["thread.ClaimSecret"][0]


def test_it_is_hers_under_every_identity_and_nobody_elses(territory, me):
    told = json.loads(archive(me).read("donnees.json"))
    assert {row["text"] for row in told["thread.Wording"]} == {"Un bus à 22 h.", "=HYPERLINK(1)"}
    assert {row["id"] for row in told["people.Person"]} == {str(pk) for pk in me}
    other = json.loads(archive([territory.agent.person_id]).read("donnees.json"))
    assert "Un bus à 22 h." not in json.dumps(other, ensure_ascii=False)
    assert other["communities.Service"][0]["name"] == "Service jeunesse"


def test_letters_are_among_the_data_of_who_wrote_and_of_no_agent_who_holds_or_answered_them(territory):
    guest, agent = welcome_guest(), territory.agent.person
    conversation = receive_message(
        authority=territory.authority, channel=Channel.WEB, text="Un banc, canari ?", clock=territory.clock,
        sender=Sender(person=guest, name="Mme Tissot", address="tissot@mail.example"),
    ).conversation  # fmt: skip
    assign(
        authority=territory.authority, conversations=[conversation.pk], service=None, assignee=agent,
        due_on=None, clock=territory.clock,
    )  # fmt: skip
    write_back(
        conversation=conversation, kind=InboxMessage.Kind.ANSWER, text="Mme Tissot, c’est posé.", seen=None,
        by=agent, clock=territory.clock,
    )  # fmt: skip
    hers, held = (json.loads(archive([pk]).read("donnees.json")) for pk in (guest.pk, agent.pk))
    assert [row["subject"] for row in hers["participation.Conversation"]] == ["Un banc, canari ?"]
    assert {row["text"] for row in hers["participation.InboxMessage"]} == {
        "Un banc, canari ?", "Mme Tissot, c’est posé.",
    }  # fmt: skip
    assert "secret_hash" not in hers["participation.Conversation"][0]
    assert (held["participation.Conversation"], held["participation.InboxMessage"]) == ([], [])
    for word in ("canari", "Tissot", "tissot@mail.example"):
        assert word not in json.dumps(held, ensure_ascii=False)


def test_a_spreadsheet_reads_words_never_formulas(me):
    held = archive(me)
    rows = list(csv.DictReader(io.StringIO(held.read("tableaux/thread.Wording.csv").decode("utf-8-sig"))))
    assert {row["text"] for row in rows} == {"Un bus à 22 h.", "'=HYPERLINK(1)"}
    (supported,) = csv.DictReader(io.StringIO(held.read("tableaux/thread.Support.csv").decode("utf-8-sig")))
    assert supported["created_at"].startswith("20")


def test_it_explains_itself_in_words(me):
    said = archive(me).read("LISEZ-MOI.txt").decode()
    assert said.startswith("Vos données\n")
    assert "thread.Wording (2)" in said
    assert str(SPEECH.what) in said


def test_files_that_she_gave_are_in_it(territory):
    whole_course(territory)
    ids = [territory.agent.person_id, territory.elected.person_id]
    given = list(files_of(ids))
    names = archive(ids).namelist()
    assert len([name for name in names if name.startswith("fichiers/")]) == len(given)
    for stored in given:
        assert any(stored.sha256 in name for name in names)


def test_what_is_held_is_counted_by_class_in_the_registers_order(me):
    told = {each.kind.key: each.rows for each in counted(me)}
    assert told[ADDRESS.key] == 1
    assert told[MARKS.key] == 2
    keys = [each.kind.key for each in counted(me)]
    assert keys.index("speech") < keys.index("address") < keys.index("marks")
    assert "rate" not in told


def test_someone_of_whom_nothing_is_held_gets_empty_tables(territory):
    nobody = welcome_guest()
    told = json.loads(archive([nobody.pk]).read("donnees.json"))
    assert [label for label, rows in told.items() if rows] == ["people.Person"]
    assert [each.kind.key for each in counted([nobody.pk])] == ["identity"]


@pytest.mark.parametrize("ideas", [1, 3])
def test_counting_asks_one_question_a_table_whatever_was_said(territory, ideas, django_assert_num_queries):
    guest = welcome_guest()
    for n in range(ideas):
        territory.say(f"Idée {n}.", author=guest)
    with django_assert_num_queries(len(holdings_of([guest.pk]))):
        counted([guest.pk])
