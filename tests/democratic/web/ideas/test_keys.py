"""Without an account, the key gives all that is kept of a guest, or erases it."""

import io
import json
import zipfile

import pytest

from conversations import plain
from democratic.people.actions import claim_person, leave_address, welcome_guest
from democratic.people.models import ContactAddress, Person
from democratic.thread.models import ClaimSecret, Record

KEY = "/retrouver/cle"


@pytest.fixture
def guest(territory):
    return welcome_guest(name="Zoé")


@pytest.fixture
def receipt(territory, guest):
    leave_address(
        person=guest, email="zoe@example.org", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    return territory.say("Un bus de nuit.", author=guest, byline="Zoé")


def use(client, receipt, act="", **more):
    return client.post(KEY, {"secret": receipt.claim_secret, "acte": act, **more})


def test_what_the_key_opens_says_that_it_gives_and_erases(client, receipt):
    said = plain(use(client, receipt))
    assert "Vos données, sans compte" in said
    assert "Donner ne l’use pas." in said


def test_all_that_is_kept_of_the_guest_is_given_and_the_key_is_still_good(client, receipt):
    for _ in range(2):
        given = use(client, receipt, "donnees")
        made = zipfile.ZipFile(io.BytesIO(b"".join(given.streaming_content)))
        held = json.loads(made.read("donnees.json"))
        assert [row["email"] for row in held["people.ContactAddress"]] == ["zoe@example.org"]
        assert [row["text"] for row in held["thread.Wording"]] == ["Un bus de nuit."]
    assert given.headers["Cache-Control"] == "no-store"
    assert ClaimSecret.objects.get(record=receipt.idea.record).used_at is None


def test_erasing_is_asked_before_it_is_done(client, receipt, guest):
    asked = use(client, receipt, "effacer")
    assert asked.status_code == 200
    assert asked.headers["Cache-Control"] == "no-store"
    assert "Tout, et mes paroles aussi" in plain(asked)
    unsure = use(client, receipt, "effacer-oui")
    assert unsure.status_code == 400
    assert "Choisissez ce qui doit être effacé." in plain(unsure)
    assert Person.objects.get(pk=guest.pk).name == "Zoé"


@pytest.mark.parametrize(("what", "status"), [("all", 410), ("person", 200)])
def test_the_guest_goes_and_her_words_if_she_says_so(client, receipt, guest, what, status):
    assert use(client, receipt, "effacer-oui", what=what).url == "/retrouver"
    assert not ContactAddress.objects.exists()
    assert Person.objects.get(pk=guest.pk).erased_on
    record = Record.objects.get(pk=receipt.idea.pk)
    assert (record.byline, record.author) == ("", None)
    page = client.get(f"/idees/{record.code}")
    assert page.status_code == status
    assert ("Paroles effacées à la demande de la personne." in plain(page)) is (what == "all")


@pytest.mark.parametrize("act", ["donnees", "effacer", "effacer-oui"])
def test_a_key_opens_nothing_of_an_account(client, territory, receipt, guest, act):
    claim_person(guest=guest, by=territory.citizen.person)
    refused = use(client, receipt, act, what="all")
    assert refused.status_code == 409
    assert "Cette parole est dans un compte." in plain(refused)
    assert Person.objects.get(pk=guest.pk).name == "Zoé"


@pytest.mark.parametrize("act", ["donnees", "effacer", "effacer-oui"])
def test_a_wrong_key_gives_and_erases_nothing(client, receipt, guest, act):
    wrong = client.post(KEY, {"secret": "AAAAA-AAAAA-AAAAA", "acte": act, "what": "all"})
    assert wrong.status_code == 400
    assert Person.objects.get(pk=guest.pk).name == "Zoé"


def test_a_guest_who_was_erased_is_nobody_for_her_cookie(client, territory):
    said = client.post(
        "/concertations/bouger/dire", {"key": "k1", "text": "Une phrase.", "age_band": "26_64"}
    )
    assert said.status_code == 302
    person = Record.objects.get(wording__text="Une phrase.").author
    Person.objects.filter(pk=person.pk).update(erased_on="2026-03-01")
    client.post("/concertations/bouger/dire", {"key": "k2", "text": "Une autre.", "age_band": "26_64"})
    assert Record.objects.get(wording__text="Une autre.").author != person
