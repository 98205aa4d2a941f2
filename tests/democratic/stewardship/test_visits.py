"""Seeing a person's pages to help her: who may, whose, for how long, and with which trace."""

from datetime import timedelta

import pytest

from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import NotAllowed, Refusal
from democratic.people.actions import claim_person, welcome_guest
from democratic.people.models import Account, AgeBand, Person
from democratic.stewardship.models import SupportVisit
from democratic.stewardship.visits import account_visited, open_visit, running_visit, visits_received
from democratic.thread.actions import end_grant, follow, give_role
from democratic.thread.models import Grant, Role
from factories import build_territory, verified_account

WHY = "Elle ne retrouve pas sa parole."


@pytest.fixture
def helper(territory):
    account = verified_account("dominique@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    return account.person


@pytest.fixture
def here(territory):
    """Gabriel takes part in this authority."""
    follow(record=territory.process.record, person=territory.citizen.person)
    return territory.citizen


def visit(territory, helper, email, reason=WHY):
    return open_visit(
        visitor=helper, email=email, authority=territory.authority, reason=reason, clock=territory.clock
    )


def test_it_is_written_before_anything_is_shown_with_its_reason_and_its_end(territory, helper, here):
    made = visit(territory, helper, here.email.upper())
    kept = SupportVisit.objects.get()
    assert (kept.visitor, kept.visited, kept.reason) == (helper, here.person, WHY)
    assert kept.ends_at - kept.started_at == timedelta(minutes=15)
    assert visits_received([here.person_id], limit=5) == [made]


@pytest.mark.parametrize("role", [None, Role.AGENT, Role.OFFICIAL, Role.MODERATOR])
def test_only_an_administrator_of_this_authority_helps(territory, here, role):
    someone = welcome_guest()
    if role:
        give_role(person=someone, role=role, authority=territory.authority, clock=territory.clock)
    with pytest.raises(NotAllowed):
        visit(territory, someone, here.email)
    assert not SupportVisit.objects.exists()


def test_an_administrator_of_one_process_or_of_a_neighbour_does_not(territory, here):
    elsewhere, partly = build_territory("voisin", "voisin.example"), welcome_guest()
    give_role(
        person=partly, role=Role.ADMINISTRATOR, authority=territory.authority,
        process=territory.process.record, clock=territory.clock,
    )  # fmt: skip
    neighbour = welcome_guest()
    give_role(person=neighbour, role=Role.ADMINISTRATOR, authority=elsewhere.authority, clock=territory.clock)
    for person in (partly, neighbour):
        with pytest.raises(NotAllowed):
            visit(territory, person, here.email)


def test_without_a_reason_nothing_opens(territory, helper, here):
    with pytest.raises(Refusal) as refusal:
        visit(territory, helper, here.email, reason=" \u2800 ")
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("whose", ["unknown", "never came", "suspended", "herself"])
def test_an_address_that_never_came_here_and_one_without_account_look_alike(territory, helper, here, whose):
    never = verified_account("loin@example.org", "Loin")
    Account.objects.filter(pk=here.pk).update(is_active=whose != "suspended")
    email = {
        "unknown": "personne@example.org", "never came": never.email, "suspended": here.email,
        "herself": "dominique@val-orbe.example",
    }[whose]  # fmt: skip
    with pytest.raises(Refusal, match="Aucun compte qui a pris part ici") as refusal:
        visit(territory, helper, email)
    assert refusal.value.field == "email"


def test_an_account_that_holds_a_role_anywhere_is_nobodys_to_open(territory, helper, here):
    elsewhere = build_territory("voisin", "voisin.example")
    grant = give_role(
        person=here.person, role=Role.AGENT, authority=elsewhere.authority, clock=territory.clock
    )
    with pytest.raises(NotAllowed, match="a un rôle"):
        visit(territory, helper, here.email)
    end_grant(grant=grant, clock=territory.clock)
    assert visit(territory, helper, here.email)


def test_under_fifteen_nobody_else_opens_the_account_under_any_identity(territory, helper, here):
    child = welcome_guest(age_band=AgeBand.UNDER_15)
    claim_person(guest=child, by=here.person)
    with pytest.raises(NotAllowed, match="15 ans"):
        visit(territory, helper, here.email)


def test_who_only_spoke_here_as_a_guest_that_she_claimed_can_be_helped(territory, helper):
    late, guest = verified_account("tard@example.org", "Tard"), welcome_guest()
    territory.say(author=guest)
    claim_person(guest=guest, by=late.person)
    assert visit(territory, helper, late.email).visited == late.person


@pytest.mark.parametrize(("minutes", "runs"), [(0, True), (14, True), (15, False), (60, False)])
def test_it_is_over_after_a_quarter_of_an_hour(territory, helper, here, minutes, runs):
    made = visit(territory, helper, here.email)
    later = FixedClock(territory.clock.moment + timedelta(minutes=minutes)).now()
    found = running_visit(str(made.pk), visitor=helper, authority=territory.authority, now=later)
    assert (found == made) is runs


def test_it_is_over_when_the_role_ends_and_never_another_ones(territory, helper, here):
    made, now = visit(territory, helper, here.email), territory.clock.now()
    asked = {"authority": territory.authority, "now": now}
    assert running_visit(str(made.pk), visitor=territory.agent.person, **asked) is None
    assert running_visit("not one", visitor=helper, **asked) is None
    elsewhere = build_territory("voisin", "voisin.example").authority
    assert running_visit(str(made.pk), visitor=helper, authority=elsewhere, now=now) is None
    Grant.objects.filter(person=helper).update(until=now)
    assert running_visit(str(made.pk), visitor=helper, **asked) is None


def test_an_account_closed_or_suspended_meanwhile_shows_nothing(territory, helper, here):
    made = visit(territory, helper, here.email)
    assert account_visited(made) == here
    Account.objects.filter(pk=here.pk).update(is_active=False)
    assert account_visited(made) is None
    assert Person.objects.filter(pk=here.person_id).exists()
