"""« Mes données », erasing, and consents: one's own alone, proved just now, in words that say what happens."""

import io
import json
import time
import zipfile

import pytest
from account_visits import HERE, Visitor
from django.test import Client

from democratic.people.actions import claim_person, leave_address, prove_address, welcome_guest
from democratic.people.models import Account, Consent, ConsentSource, ContactAddress, StoppedAddress
from democratic.thread.models import Record
from factories import PASSWORD, signed_in_at, verified_account

DATA, ERASE, CONSENTS = "/compte/donnees", "/compte/effacer", "/compte/accords"


@pytest.fixture
def signed_in(signed_in, known):
    """Gabriel signed in an hour ago."""
    signed_in_at(signed_in.client, known, time.time() - 3600)
    return signed_in


def proved(visitor):
    """She typed her password again, just now."""
    assert visitor.send("/compte/confirmer", password=PASSWORD).status_code == 302
    return visitor


@pytest.fixture
def address(territory, known):
    guest = welcome_guest(name="Gab")
    claim_person(guest=guest, by=known.person)
    made = leave_address(
        person=guest, email="gab@example.org", purpose="notices", wording="Vous acceptez que l’on vous écrive.",
        language="fr", clock=territory.clock,
    )  # fmt: skip
    prove_address(address=made, clock=territory.clock)
    return made


def told(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_page_says_in_words_what_is_held_and_links_to_what_can_be_done(signed_in, address):
    page = signed_in.get(DATA)
    assert "Une adresse e-mail laissée sans compte" in page
    assert "90 jours" not in page, "what is not held is not listed"
    for link in (CONSENTS, ERASE, "/registre-des-traitements"):
        assert f'href="{link}"' in page


def test_the_archive_is_given_at_once_to_who_proved_just_now_that_it_is_hers(signed_in, address):
    asked = signed_in.send(DATA)
    assert (asked.status_code, asked.url.partition("?")[0]) == (302, "/compte/confirmer")
    given = proved(signed_in).send(DATA)
    assert given.headers["Content-Disposition"] == 'attachment; filename="mes-donnees.zip"'
    assert given.headers["Cache-Control"] == "no-store"
    held = json.loads(told(given).read("donnees.json"))
    assert [row["email"] for row in held["people.ContactAddress"]] == ["gab@example.org"]


def test_who_has_no_password_needs_none(territory, db):
    account = verified_account("sans@example.org", "Sans", password=None)
    visitor = Visitor(Client())
    visitor.client.force_login(account)
    assert "donnees.json" in told(visitor.send(DATA)).namelist()


def test_nobody_else_gets_it_and_no_address_of_the_page_gives_it(territory, known, visitor):
    stranger = visitor()
    assert stranger.send(DATA).status_code == 302
    assert stranger.client.get(DATA).status_code == 302


def test_the_sixth_archive_in_an_hour_waits(signed_in):
    proved(signed_in)
    for _ in range(5):
        assert told(signed_in.send(DATA)).namelist()
    late = signed_in.send(DATA)
    assert late.status_code == 429
    assert "Trop d’essais" in late.content.decode()


def test_erasing_says_first_what_goes_and_what_stays_and_asks_to_be_sure(signed_in, known):
    page = signed_in.get(ERASE)
    for words in ("Tout, c’est quoi", "Ce qui reste", "Paroles effacées à la demande de la personne"):
        assert words in page
    refused = proved(signed_in).send(ERASE)
    assert refused.status_code == 400
    assert "Choisissez ce qui doit être effacé." in refused.content.decode()
    assert Account.objects.filter(pk=known.pk).exists()


def test_all_of_it_goes_with_her_words_whose_page_says_so(territory, signed_in, known):
    idea = territory.say("Un mot à moi.", author=known.person).idea.record
    assert signed_in.send(ERASE, what="all", sure="on").url.startswith("/compte/confirmer")
    assert proved(signed_in).send(ERASE, what="all", sure="on").url == "/"
    assert not Account.objects.filter(pk=known.pk).exists()
    gone = signed_in.get(f"/idees/{idea.code}", status=410)
    assert "Paroles effacées à la demande de la personne." in gone
    assert "Paroles effacées à la demande de la personne." in signed_in.get(f"/fil/{idea.code}", status=410)


@pytest.mark.parametrize(("what", "author", "stays"), [("account", None, False), ("name", "her", True)])
def test_less_than_all_leaves_the_words_without_a_name(territory, signed_in, known, what, author, stays):
    idea = territory.say("Un mot à moi.", author=known.person, byline="Gabriel").idea.record
    proved(signed_in).send(ERASE, what=what, sure="on")
    record = Record.objects.get(pk=idea.pk)
    assert (record.byline, record.text) == ("", "Un mot à moi.")
    assert (record.author_id is not None) is (author == "her")
    assert Account.objects.filter(pk=known.pk).exists() is stays


def test_who_owes_something_is_told_what_first(territory, visitor):
    nathalie = visitor()
    nathalie.client.force_login(territory.agent)
    assert "Service jeunesse" in nathalie.get(ERASE)
    refused = proved(nathalie).send(ERASE, what="all", sure="on")
    assert refused.status_code == 409
    assert Account.objects.filter(pk=territory.agent.pk).exists()


def test_the_ledger_shows_each_consent_with_its_words_its_date_and_its_proof(signed_in, address):
    page = signed_in.get(CONSENTS)
    for words in (
        "gab@example.org",
        "Vous acceptez que l’on vous écrive.",
        "en prenant la parole",
        "prouvé le",
    ):
        assert words in page
    proof = Consent.objects.get(address=address)
    assert (proof.language, proof.age_band, proof.purpose) == ("fr", "unsaid", "notices")
    assert proof.proved_at


def test_no_is_one_tap_and_yes_again_another_in_the_words_shown(signed_in, address):
    signed_in.send(CONSENTS, acte="arreter", adresse=str(address.pk))
    address.refresh_from_db()
    assert address.stopped_at
    assert Consent.objects.get().withdrawn_by == ConsentSource.LEDGER
    page = signed_in.get(CONSENTS)
    assert "Arrêtée le" in page
    assert "depuis la page" in page
    signed_in.send(CONSENTS, acte="reprendre", adresse=str(address.pk))
    address.refresh_from_db()
    assert (address.stopped_at, StoppedAddress.objects.count()) == (None, 0)
    again = Consent.objects.get(withdrawn_at=None)
    assert again.wording in signed_in.get(CONSENTS)
    assert again.source == ConsentSource.LEDGER


def test_an_address_that_was_never_proved_is_not_taken_back_by_a_tap(signed_in, address):
    ContactAddress.objects.update(confirmed_at=None)
    signed_in.send(CONSENTS, acte="arreter", adresse=str(address.pk))
    assert 'value="reprendre"' not in signed_in.get(CONSENTS)
    signed_in.send(CONSENTS, acte="reprendre", adresse=str(address.pk))
    address.refresh_from_db()
    assert address.stopped_at


def test_nowhere_at_all_is_one_tap_too(territory, signed_in, known, address):
    leave_address(
        person=known.person, email="b@example.org", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    signed_in.send(CONSENTS, acte="tout")
    assert not ContactAddress.objects.filter(stopped_at=None).exists()
    assert not Consent.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize("typed", ["", "not one", "00000000-0000-0000-0000-000000000000", "another's"])
@pytest.mark.parametrize("act", ["arreter", "reprendre", "autre"])
def test_an_address_of_someone_else_is_no_address_at_all(territory, signed_in, act, typed):
    theirs = leave_address(
        person=welcome_guest(), email="c@example.org", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    signed_in.send(CONSENTS, acte=act, adresse=str(theirs.pk) if typed == "another's" else typed)
    assert "Cette adresse n’est plus là." in signed_in.get(CONSENTS)
    theirs.refresh_from_db()
    assert theirs.stopped_at is None


def test_without_any_address_the_page_says_how_one_comes(signed_in):
    assert "Nous n’avons aucune adresse où vous écrire" in signed_in.get(CONSENTS)


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_asks_a_fixed_number_of_questions(
    territory, signed_in, address, count, django_assert_num_queries
):
    for n in range(count):
        leave_address(
            person=address.person, email=f"n{n}@example.org", purpose="notices", wording="…", language="fr",
            clock=territory.clock,
        )  # fmt: skip
    signed_in.get(CONSENTS)
    with django_assert_num_queries(6):
        signed_in.get(CONSENTS)


def test_the_ledger_is_paged_by_twenty(territory, signed_in, known):
    for n in range(21):
        leave_address(
            person=known.person, email="a@example.org", purpose="notices", wording=f"Accord n° {n}.",
            language="fr", clock=territory.clock,
        )  # fmt: skip
    first, second = signed_in.get(CONSENTS), signed_in.get(f"{CONSENTS}?page=1")
    assert first.count("Accord n°") == 20
    assert second.count("Accord n°") == 1
    assert "Plus anciens" in first
    assert "Plus récents" in second


def test_an_account_that_is_opened_keeps_the_sentence_that_it_was_shown(territory, visitor):
    newcomer = visitor()
    shown = newcomer.get("/compte/creer")
    newcomer.client.post("/compte/creer", {"email": "neuve@example.org", "is_15": "on"}, **HERE)
    assert "Nous écrirons à cette adresse" in shown
