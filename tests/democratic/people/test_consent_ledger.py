"""The ledger of consents: for one address and one purpose, with its words, its source, and its proof."""

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from democratic.kernel.refusals import Conflict
from democratic.people.actions import (
    keep_account_address,
    leave_address,
    prove_address,
    resume_address,
    stop_address,
    stop_all,
    welcome_guest,
)
from democratic.people.consents import print_of
from democratic.people.models import (
    AgeBand,
    Consent,
    ConsentSource,
    ContactAddress,
    Purpose,
    StoppedAddress,
)

MIGRATION = importlib.import_module("democratic.people.migrations.0003_consents_are_a_ledger")
WORDS = "Nous vous écrirons la réponse."


def left(territory, person=None, email="lina@example.org", **more):
    return leave_address(
        person=person or welcome_guest(age_band=AgeBand.TEENS),
        email=email,
        purpose=Purpose.NOTICES,
        wording=WORDS,
        language="en",
        clock=territory.clock,
        **more,
    )


def test_a_line_says_for_which_address_in_which_words_and_where_it_was_asked(territory):
    address = left(territory, source=ConsentSource.FOLLOWED)
    (line,) = Consent.objects.all()
    assert (line.address, line.wording, line.language) == (address, WORDS, "en")
    assert (line.source, line.age_band, line.given_at) == ("followed", "15_17", territory.clock.moment)
    assert (line.proved_at, line.withdrawn_at, line.withdrawn_by) == (None, None, "")


def test_the_owners_answer_is_the_proof(territory):
    address = left(territory)
    prove_address(address=address, clock=territory.clock)
    assert Consent.objects.get().proved_at == territory.clock.moment


def test_a_second_yes_for_an_address_that_was_proved_is_proved_too(territory):
    guest = welcome_guest()
    prove_address(address=left(territory, guest), clock=territory.clock)
    left(territory, guest)
    assert Consent.objects.exclude(proved_at=None).count() == 2


def test_an_address_opened_with_an_account_keeps_the_sentence_shown_there_once(territory):
    for _ in range(2):
        keep_account_address(account=territory.citizen, wording=WORDS, clock=territory.clock)
    (line,) = Consent.objects.all()
    assert (line.source, line.wording, line.person) == ("account", WORDS, territory.citizen.person)
    assert line.proved_at


def test_an_account_opened_with_a_stopped_address_is_written_nothing(territory):
    stop_address(address=left(territory, email=territory.citizen.email), clock=territory.clock)
    keep_account_address(account=territory.citizen, wording=WORDS, clock=territory.clock)
    assert ContactAddress.objects.get(person=territory.citizen.person).stopped_at


def test_stop_is_for_the_address_whoever_gave_it_and_for_no_other_address(territory):
    mine, theirs = left(territory), left(territory, email="LINA@example.org")
    other = left(territory, mine.person, email="autre@example.org")
    stop_address(address=mine, clock=territory.clock)
    assert set(ContactAddress.objects.filter(stopped_at=None)) == {other}
    assert set(Consent.objects.filter(withdrawn_at=None).values_list("address", flat=True)) == {other.pk}
    assert {line.withdrawn_by for line in theirs.consents.all()} == {ConsentSource.MAIL}


def test_stop_everywhere_takes_each_address_of_each_identity(territory):
    one, two, stranger = left(territory), left(territory, email="b@x.org"), left(territory, email="c@x.org")
    assert stop_all(person_ids=[one.person_id, two.person_id], clock=territory.clock) == 2
    assert stop_all(person_ids=[one.person_id, two.person_id], clock=territory.clock) == 0
    assert list(ContactAddress.objects.filter(stopped_at=None)) == [stranger]


def test_yes_again_is_a_new_line_and_the_old_one_stays_withdrawn(territory):
    address = left(territory)
    prove_address(address=address, clock=territory.clock)
    stop_address(address=address, clock=territory.clock, source=ConsentSource.LEDGER)
    resume_address(address=address, wording="Oui, encore.", clock=territory.clock)
    lines = Consent.objects.order_by("pk")
    assert [line.wording for line in lines] == [WORDS, "Oui, encore."]
    assert [bool(line.withdrawn_at) for line in lines] == [True, False]
    assert not StoppedAddress.objects.exists()
    with pytest.raises(Conflict, match="reçoit déjà"):
        resume_address(address=address, wording="Oui.", clock=territory.clock)


def test_yes_again_needs_an_address_that_was_proved(territory):
    address = left(territory)
    stop_address(address=address, clock=territory.clock)
    with pytest.raises(Conflict, match="confirmée"):
        resume_address(address=address, wording="Oui.", clock=territory.clock)
    assert StoppedAddress.objects.exists()


def test_purposes_are_a_closed_list_in_the_database_too(territory):
    with pytest.raises(IntegrityError, match="known_purpose"), transaction.atomic():
        Consent.objects.create(
            person=welcome_guest(), purpose="advertising", wording="…", given_at=territory.clock.moment
        )


def test_a_print_tells_the_address_however_it_is_typed_and_cannot_be_read(territory):
    assert print_of(" Lina@Example.org ") == print_of("lina@example.org")
    assert "lina" not in print_of("lina@example.org")
    assert len(print_of("lina@example.org")) == 64


class TestLinesFromBeforeTheLedger:
    """What the migration makes of them: nothing is guessed."""

    @pytest.fixture
    def old(self, territory):
        def consent(person, **more):
            return Consent.objects.create(
                person=person, purpose="notices", wording=WORDS, given_at=territory.clock.moment, **more
            )

        return consent

    def keep(self):
        MIGRATION.keep_prints(apps, None)

    def test_the_one_address_of_a_person_is_the_one(self, territory, old):
        person = welcome_guest(age_band=AgeBand.ADULT)
        address = ContactAddress.objects.create(
            person=person, email="a@x.org", language="en", confirmed_at=territory.clock.moment
        )
        line = old(person)
        self.keep()
        line.refresh_from_db()
        assert (line.address, line.language, line.age_band) == (address, "en", "26_64")
        assert (line.address_print, line.source) == (print_of("a@x.org"), ConsentSource.EARLIER)
        assert line.proved_at == territory.clock.moment

    def test_of_several_none_is_guessed(self, territory, old):
        person = welcome_guest()
        for email in ("a@x.org", "b@x.org"):
            ContactAddress.objects.create(person=person, email=email)
        line = old(person)
        self.keep()
        line.refresh_from_db()
        assert (line.address, line.address_print, line.proved_at) == (None, "", None)

    def test_what_was_stopped_stays_so_by_its_print(self, territory, old):
        for person in (welcome_guest(), welcome_guest()):
            ContactAddress.objects.create(person=person, email="a@x.org", stopped_at=territory.clock.moment)
        withdrawn = old(welcome_guest(), withdrawn_at=territory.clock.moment)
        self.keep()
        withdrawn.refresh_from_db()
        assert withdrawn.withdrawn_by == ConsentSource.EARLIER
        assert left(territory, email="A@x.org").stopped_at is not None
        assert StoppedAddress.objects.count() == 1
