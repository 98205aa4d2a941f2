"""What is kept no longer than it is needed."""

from datetime import timedelta

from django.db.models.functions import Now

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.actions import (
    forget_old_guests,
    forget_unconfirmed_addresses,
    leave_address,
    welcome_guest,
)
from democratic.people.models import ContactAddress, Person
from democratic.thread.actions import support
from democratic.thread.models import Support


def test_a_guest_who_did_nothing_is_forgotten_after_thirteen_months_and_no_count_changes(territory):
    said, silent, recent, supporter = (welcome_guest() for _ in range(4))
    support(record=territory.say(author=said).idea.record, person=supporter)
    old = [said.pk, silent.pk, supporter.pk]
    Person.objects.filter(pk__in=old).update(created_on=Now() - timedelta(days=400))
    forget_old_guests()
    assert set(Person.objects.filter(pk__in=[*old, recent.pk])) == {said, recent, supporter}
    assert Support.objects.count() == 1


def test_accounts_and_those_they_claimed_are_not_forgotten(territory):
    Person.objects.update(created_on=Now() - timedelta(days=400))
    claimed = Person.objects.create(root=territory.citizen.person, created_on="2020-01-01")
    forget_old_guests()
    assert Person.objects.filter(pk__in=[claimed.pk, territory.citizen.person_id]).count() == 2


def test_an_address_that_nobody_confirmed_is_forgotten_after_a_week(db):
    for _ in range(2):
        leave_address(
            person=welcome_guest(), email="a@example.org", purpose="notices", wording="…", language="fr",
            clock=DATABASE_CLOCK,
        )  # fmt: skip
    ContactAddress.objects.filter(pk=ContactAddress.objects.first().pk).update(
        created_at=Now() - timedelta(days=9)
    )
    forget_unconfirmed_addresses()
    assert ContactAddress.objects.count() == 1
