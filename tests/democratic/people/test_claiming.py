"""A key ties a guest to an account; it never hands over someone who has an account of her own."""

import pytest

from democratic.kernel.refusals import Conflict
from democratic.participation.ideas.actions import claim_idea
from democratic.people.actions import claim_person, welcome_guest
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.stewardship.actions import leave
from democratic.stewardship.keys import withdraw_by_secret
from democratic.thread.models import ClaimSecret, Entry, Visibility
from factories import verified_account


@pytest.fixture
def another(db):
    return verified_account("ines@val-orbe.example", "Inès", password=None).person


def refused(territory, receipt, person):
    """The claim is refused, writes nothing, and the key still serves."""
    before = Entry.objects.count()
    with pytest.raises(Conflict, match="déjà rattachée"):
        claim_idea(secret=receipt.claim_secret, person=person, clock=territory.clock)
    assert Entry.objects.count() == before
    assert ClaimSecret.objects.get(record=receipt.idea.record).used_at is None
    assert person_and_claimed(person) == [person.pk]


def test_a_key_that_an_account_shared_does_not_hand_over_that_account(territory, another):
    me = territory.citizen.person
    receipt = territory.say(author=me)
    refused(territory, receipt, another)
    assert Person.objects.get(pk=me.pk).root is None
    assert (
        withdraw_by_secret(secret=receipt.claim_secret, clock=territory.clock).visibility
        == Visibility.WITHDRAWN
    )


def test_a_guest_who_was_claimed_stays_with_whom_claimed_her(territory, another):
    guest = welcome_guest()
    claim_person(guest=guest, by=territory.citizen.person)
    refused(territory, territory.say(author=guest), another)
    assert Person.objects.get(pk=guest.pk).root == territory.citizen.person


def test_someone_whose_account_is_closed_is_not_taken_over(territory, another):
    receipt = territory.say(author=territory.citizen.person)
    leave(account=territory.citizen, without_name=False, clock=territory.clock)
    refused(territory, receipt, another)


def test_claiming_again_what_is_already_ones_own_changes_nothing(territory):
    me, guest = territory.citizen.person, welcome_guest()
    for said in (territory.say(author=guest), territory.say(author=guest), territory.say(author=me)):
        claim_idea(secret=said.claim_secret, person=me, clock=territory.clock)
    assert set(person_and_claimed(me)) == {me.pk, guest.pk}
    assert Person.objects.get(pk=me.pk).root is None
